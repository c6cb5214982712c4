/**
 * How much is judged for what waits (protocol: Waiting), counted: by judgements, never by time. So that nobody's pile of refusals
 * makes everybody's pushes slow, and nothing that waits is forgotten. On whichever database the run is on.
 */
import type { KyselyPlugin } from 'kysely';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Tx } from '../../server/db/tables.ts';
import type { Asking } from '../../server/sync/context.ts';
import { acceptAndRetry, retryWaiting } from '../../server/sync/retry-waiting.ts';
import { doDaily } from '../../server/daily.ts';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { paths, type OutcomesReply } from '../../src/protocol/sync.ts';
import { newId, type Edit, type Laptop } from './client.ts';
import { addPerson, allocation, caseOf, firstQaLead, grant, section, service, startServer, team } from './example.ts';
import type { TestServer } from './example.ts';
import { assertSound } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  /** An auditor who has said that the server was put back, whether it was or not. */
  mal: Laptop;
  bo: Laptop;
  place: { readonly service: string; readonly team: string };
}

const test = suite<Context>('how much is judged for what waits');

test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const place = { service: newId(), team: newId() };
  await quinn.write(service(place.service, 'Assessment'), team(place.team, 'Team 1', place.service));
  const mal = await addPerson(quinn, 'Mal', grant('auditor'));
  const bo = await addPerson(quinn, 'Bo', grant('auditor'));
  await mal.ask(paths.known, { cursor: null, acknowledged: 1_000_000, devices: [mal.device] });
  Object.assign(context, { server, quinn, mal, bo, place });
});
test.after.each(async ({ server }) => {
  await assertSound(server);
  await server.stop();
});

/** Each group that is judged again is judged under a savepoint: counts those that are set. */
function counting(): { readonly plugin: KyselyPlugin; count: number } {
  const counter = {
    count: 0,
    plugin: {
      transformQuery({ node }: Parameters<KyselyPlugin['transformQuery']>[0]) {
        if (node.kind === 'RawNode' && node.sqlFragments.join('').startsWith('savepoint')) counter.count += 1;
        return node;
      },
      transformResult: ({ result }: Parameters<KyselyPlugin['transformResult']>[0]) => Promise.resolve(result),
    },
  };
  return counter;
}

const askingOf = ({ server }: Context, laptop: Laptop): Asking => ({
  authority: server.plumbline.server.authority,
  person: laptop.session.person as PersonId,
  nowMs: server.clock.ms,
});

/** Runs `body` in a writing transaction, and answers how often a group was judged in it. */
async function judgedIn({ server }: Context, body: (tx: Tx) => Promise<unknown>): Promise<number> {
  const counter = counting();
  await server.plumbline.server.database.write((tx) => body(tx.withPlugin(counter.plugin) as Tx));
  return counter.count;
}

const pushed = (context: Context, laptop: Laptop, ops: Op[]): Promise<number> =>
  judgedIn(context, async (tx) => {
    const taken = await acceptAndRetry(tx, askingOf(context, laptop), { device: laptop.device, ops });
    if (!taken.ok) throw new Error(taken.problem.kind);
  });

const waiting = ({ server }: Context): number => Number(server.rows('select count(*) as n from waiting')[0]?.['n']);

const toOneself = ({ mal, place }: Context, audit: string): Edit =>
  allocation(audit, { auditor: mal.session.person, ...place });

/** Groups of which each gives the ground of the one that was pushed before it; with one audit that all of them touch, or none. */
async function pileUp(context: Context, groups: number, shared?: string): Promise<string> {
  const audits = Array.from({ length: groups + 1 }, newId);
  for (let i = groups - 1; i >= 0; i -= 1) {
    const [here, next] = [audits[i] ?? '', audits[i + 1] ?? ''];
    const edits = [section(here, 'good'), toOneself(context, next)];
    await context.mal.write(...edits, ...(shared === undefined ? [] : [section(shared, 'good', '', `s${i}`)]));
  }
  return audits[0] ?? '';
}

test('a pile in which each lets in the one before it is judged once each, and not all of it for each', async (context) => {
  const { mal } = context;
  const groups = 20;
  const first = await pileUp(context, groups);
  assert.is(waiting(context), 2 * groups);
  let judged = await pushed(context, mal, mal.seal([toOneself(context, first)]));
  while (waiting(context) > 0) judged += await judgedIn(context, (tx) => retryWaiting(tx, askingOf(context, mal)));
  assert.ok(judged <= 2 * groups, `${judged} judgements`);
});

test('what never fits costs nobody else’s push a judgement', async (context) => {
  const { server, quinn, mal } = context;
  for (let i = 0; i < 30; i += 1) await mal.write(section(newId(), 'good'));
  assert.is(waiting(context), 30);
  for (let i = 0; i < 3; i += 1) {
    assert.is(await pushed(context, quinn, quinn.seal([caseOf(newId())])), 0);
  }
  server.clock.ms += 2 * 60 * 60 * 1000;
  assert.is(await pushed(context, quinn, quinn.seal([caseOf(newId())])), 30, 'asked again after a while');
  assert.is(await pushed(context, quinn, quinn.seal([caseOf(newId())])), 0);
});

for (const [by, rest] of [
  [
    'the laptops that ask after it',
    async (context: Context) => {
      for (let i = 0; i < 40 && waiting(context) > 0; i += 1)
        await context.bo.ask<OutcomesReply>(paths.outcomes, { seqs: [1] });
    },
  ],
  ['the day’s work', ({ server }: Context) => doDaily(server.plumbline.server)],
] as const)
  test(`one push judges so many again and no more; ${by} take up the rest, and nothing is forgotten`, async (context) => {
    const { server, quinn, mal, place } = context;
    const shared = newId();
    await quinn.write(caseOf(shared), allocation(shared, { auditor: mal.session.person, ...place }));
    const groups = 25;
    const first = await pileUp(context, groups, shared);
    const judged = await pushed(context, mal, mal.seal([toOneself(context, first)]));
    assert.ok(judged <= 200, `${judged} judgements`);
    assert.ok(waiting(context) > 0);
    await rest(context);
    assert.is(waiting(context), 0);
    assert.equal(server.rows('select * from held'), []);
    const units = String(server.rows(`select units from record where id = '${shared}'`)[0]?.['units']);
    assert.is(Object.keys(JSON.parse(units) as object).filter((unit) => unit.startsWith('section:')).length, groups);
  });

test('one person’s pile keeps nobody else waiting: what was judged longest ago comes first', async (context) => {
  const { server, quinn, mal, bo, place } = context;
  const [shared, audit] = [newId(), newId()];
  await quinn.write(caseOf(shared), allocation(shared, { auditor: mal.session.person, ...place }));
  await bo.ask(paths.known, { cursor: null, acknowledged: 1_000_000, devices: [bo.device] });
  const first = await pileUp(context, 30, shared);
  await bo.write(section(audit, 'good'));
  await pushed(context, mal, mal.seal([toOneself(context, first)]));
  await quinn.write(caseOf(audit), allocation(audit, { auditor: bo.session.person, ...place }));
  assert.equal(server.rows(`select accepted from op where device = '${bo.device}'`), [{ accepted: 1 }]);
  assert.ok(waiting(context) > 0);
});

test('what has waited 30 days is held also where nobody pushes, by the day’s work', async (context) => {
  const { server, mal } = context;
  await mal.write(section(newId(), 'good'));
  server.clock.ms += 30 * 24 * 60 * 60 * 1000 - 1000;
  await doDaily(server.plumbline.server);
  assert.is(server.rows('select * from held').length, 0);
  server.clock.ms += 2 * 60 * 60 * 1000;
  await doDaily(server.plumbline.server);
  assert.equal([waiting(context), server.rows('select * from held').length], [0, 1]);
});

test.run();
