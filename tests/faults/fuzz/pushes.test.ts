/**
 * Honest pushes, most of them mutated, against the real server: after each one it has answered with a listed status, taken what
 * the oracle takes and nothing else, and never failed. At the end it holds what the oracle holds, and its chain verifies
 * (FAULTS S17, S19, S20). Two thousand in `npm test`, a hundred thousand in `npm run faults -- fuzz`, a fifth of it on PostgreSQL; FUZZ_PUSHES says another
 * number. A run is had again with PLUMBLINE_SEED.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from '../../../src/protocol/parse.ts';
import { envelopeSchema, paths, pushReplySchema, type PushReply } from '../../../src/protocol/sync.ts';
import { chance, type Chance } from '../../e2e/support/random.ts';
import { newId } from '../../server/client.ts';
import { assertSound } from '../../server/sound.ts';
import { testPostgres } from '../../server/test-database.ts';
import { inLongRun } from '../long-run.ts';
import { anAction } from './build.ts';
import { changesOfBytes } from './bytes.ts';
import { mutations, resealed, type Batch } from './mutate.ts';
import { newOracle, type Verdict } from './oracle.ts';
import type { Sent } from './rules-of-requests.ts';
import { openWorld, recordsOf, standAtEnd, type World } from './world.ts';

const test = suite<{ world: World; random: Chance }>('fuzzed pushes');
/** Fewer on PostgreSQL, where each takes several times as long: what differs there is how values are stored and compared. */
const share = testPostgres === undefined ? 1 : 0.2;
const pushes = Number(process.env['FUZZ_PUSHES'] ?? share * inLongRun(100_000, 2_000));

/** Every status that a push may be answered with. */
const statuses: readonly number[] = [200, 400, 401, 403, 409, 413, 415];

/** A batch of one to four groups of one person, and what was done to it. */
function aPush(world: World, random: Chance): { readonly sent: Sent; readonly kind: string } {
  const laptop = random.pick(world.laptops);
  standAtEnd(laptop, world.known);
  const groups = Array.from({ length: random.pick([1, 1, 1, 2, 4]) }, () => anAction(world, laptop, random));
  const ops = groups.flatMap((edits) => laptop.seal(edits, { group: world.newId() as never }));
  const { authority, person } = laptop.session;
  const batch: Batch = { ops, request: { protocol: 1, nonce: newId(), authority, person, device: laptop.device } };
  const sort = random.between(1, 20);
  const mutation = sort > 4 && sort <= 17 ? random.pick(mutations) : null;
  const rounds = mutation === null ? 0 : random.pick([1, 1, 2]);
  for (let round = 0; round < rounds; round += 1) mutation?.change(batch, world, random);
  if (mutation?.sealed) batch.ops = resealed(batch.ops);
  const honest: Sent = {
    body: Buffer.from(
      JSON.stringify({ ...batch.request, ops: 'ops' in batch.request ? batch.request['ops'] : batch.ops }),
    ),
    headers: { 'content-type': 'application/json', 'x-plumbline': '1' },
    as: person as string,
  };
  if (sort <= 17) return { sent: honest, kind: mutation?.kind ?? 'honest' };
  const kind = random.pick(Object.keys(changesOfBytes));
  return { sent: changesOfBytes[kind]?.(honest, random, world.people) ?? honest, kind };
}

async function send(world: World, { body, headers, as }: Sent): Promise<{ status: number; text: string }> {
  const { browser } = world.laptops.find(({ session }) => (session.person as string) === as) ?? {};
  const cookie = browser?.cookie === undefined ? {} : { cookie: browser.cookie };
  const url = new URL(paths.push, world.server.address);
  const reply = await fetch(url, { method: 'POST', headers: { ...headers, ...cookie }, body: new Uint8Array(body) });
  return { status: reply.status, text: await reply.text() };
}

/** What is wrong with an answer; null when nothing is. */
function wrongWith(verdict: Verdict, status: number, text: string): string | null {
  if (!statuses.includes(status)) return `status ${status}`;
  const envelope = parse(envelopeSchema, JSON.parse(text));
  if (envelope === null) return 'no envelope';
  const { problem } = envelope;
  if (problem !== undefined) return verdict.kind === 'refused' ? null : `refused as ${problem.kind}`;
  const reply: PushReply | null = parse(pushReplySchema, envelope.body);
  if (reply === null || status !== 200) return 'no reply to a push';
  if (verdict.kind === 'refused') return `taken, though: ${verdict.why}`;
  const outcomes = reply.results.map(({ outcome }) => outcome);
  if (outcomes.join() !== verdict.outcomes.join()) return `${outcomes.join()} instead of ${verdict.outcomes.join()}`;
  return reply.acceptedTo === verdict.seq && reply.head === verdict.head ? null : 'another end of the chain';
}

test.before(async (context) => {
  context.random = chance('fuzzed pushes');
  context.world = await openWorld(context.random);
});
test.after(({ world }) => world.server.stop());

test('are taken as the oracle takes them, and leave what it holds', async ({ world, random }) => {
  const { server, known } = world;
  const oracle = newOracle(known);
  const opsBefore = Number(server.rows('select count(*) as n from op')[0]?.['n']);
  const sums = new Map<string, [accepted: number, held: number, refused: number]>();
  const startedMs = performance.now();
  for (let number = 1; number <= pushes; number += 1) {
    server.clock.ms += random.between(0, 200);
    const { sent, kind } = aPush(world, random);
    const verdict = oracle.judge(sent, server.clock.ms);
    const { status, text } = await send(world, sent);
    const wrong = wrongWith(verdict, status, text);
    assert.is(
      wrong,
      null,
      `push ${number}, ${kind}: ${wrong}\n${sent.body.toString('utf8').slice(0, 4_000)}\n${text.slice(0, 1_000)}`,
    );
    const sum = sums.get(kind) ?? [0, 0, 0];
    sums.set(kind, sum);
    if (verdict.kind === 'refused') sum[2] += 1;
    else sum[verdict.outcomes.includes('held') ? 1 : 0] += 1;
  }
  const perSecond = Math.round(pushes / ((performance.now() - startedMs) / 1000));
  const all = [...sums.values()].reduce(([a, h, r], [x, y, z]) => [a + x, h + y, r + z], [0, 0, 0]);
  console.log(`${pushes} pushes, ${perSecond} a second; accepted whole, held in part, refused: ${all.join(', ')}`);
  for (const [kind, sum] of [...sums].sort()) console.log(`  ${kind}: ${sum.join(', ')}`);

  assert.not(server.log.some((line) => line.includes('"failed"')));
  assert.is(Object.keys(Object.prototype).length, 0);
  const taken = [...known.devices.values()].reduce((sum, { taken: ops }) => sum + ops.size, 0);
  assert.is(Number(server.rows('select count(*) as n from op')[0]?.['n']), opsBefore + taken);
  const held = await recordsOf(server);
  const plain = (records: typeof held) =>
    [...records]
      .sort()
      .map(([id, { kind, units }]) => [id, kind, [...units].sort().map(([unit, versions]) => [unit, versions])]);
  assert.equal(plain(held), plain(known.records));
  await assertSound(server);
  // Something of each sort happened, or the oracle has shown nothing.
  assert.ok(
    all.every((count) => (count ?? 0) > pushes / 50),
    all.join(', '),
  );
});

test.run();
