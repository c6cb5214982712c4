/** What a person with a session and bad intent may send, beside and instead of what the app would: nobody else is harmed by it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { noteRestored } from '../../server/db/restored.ts';
import type { Op } from '../../src/domain/record.ts';
import type { DeviceId, GroupId } from '../../src/domain/ids.ts';
import type { DecideReply, HeldList } from '../../src/protocol/held.ts';
import { paths, pullReplySchema, type OfferReply, type OpResult, type OutcomesReply } from '../../src/protocol/sync.ts';
import { parse } from '../../src/protocol/parse.ts';
import { sealForServer } from '../../src/store/server-box.ts';
import { newId, type Laptop } from './client.ts';
import { addPerson, allocation, caseOf, firstQaLead, grant, section, service, startServer, team } from './example.ts';
import type { TestServer } from './example.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  lee: Laptop;
  place: { readonly service: string; readonly team: string };
  /** Allocated to Alex. */
  audit: string;
}

const test = suite<Context>('a hostile laptop');

test.before.each(async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-hostile-'));
  const server = await startServer({ dataDir });
  const quinn = await firstQaLead(server);
  const place = { service: newId(), team: newId() };
  const audit = newId();
  await quinn.write(service(place.service, 'Assessment'), team(place.team, 'Team 1', place.service));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [place.service] }));
  await quinn.write(caseOf(audit), allocation(audit, { auditor: alex.session.person, ...place }));
  Object.assign(context, { dataDir, server, quinn, alex, lee, place, audit });
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const seal = sealForServer((count) => crypto.getRandomValues(new Uint8Array(count)));

async function boxesOf({ server }: Context, ops: readonly Op[], results: readonly OpResult[] = []) {
  const parcels = ops.map((op, i) => {
    const result = results[i] ?? { seq: op.seq, outcome: 'waiting' };
    return { place: op, text: JSON.stringify({ op, result }) };
  });
  const sealed = await seal(server.plumbline.server.serverKey.publicKey, parcels);
  return ops.map(({ device, seq }, i) => ({ device, seq, box: Buffer.from(sealed[i] ?? []).toString('base64') }));
}

const outcomesOf = async (laptop: Laptop, ...seqs: number[]): Promise<string[]> =>
  (await laptop.ask<OutcomesReply>(paths.outcomes, { seqs })).body.results.map(({ outcome }) => outcome);

/** Says that the server has acknowledged more of the laptop than it knows. */
const notice = (laptop: Laptop, device = laptop.device) =>
  laptop.ask(paths.known, { device, cursor: null, acknowledged: 999_999_999, devices: [device] });

test('a number so large that no laptop could read it back gets into no record', async (context) => {
  const { alex, quinn, audit } = context;
  alex.seq = 9_007_199_254_740_000;
  await notice(alex);
  await alex.ask(paths.offer, { boxes: [], reached: { seq: alex.seq, head: alex.head } });
  await alex.write(section(audit, 'good'));
  await alex.ask(paths.offer, { boxes: await boxesOf(context, alex.seal([section(audit, 'good', '', 'plan')])) });
  const { body } = await quinn.ask(paths.pull, { cursor: null });
  assert.is.not(parse(pullReplySchema, body), null);
});

test('what is added to a held group afterwards is not accepted with it', async ({ alex, lee, quinn, audit }) => {
  const group = newId() as GroupId;
  await quinn.write({ ...allocation(audit, {}), base: null });
  await quinn.pull();
  const [shown] = alex.seal([section(audit, 'good', 'shown to the lead')], { group });
  await alex.push(shown ? [shown] : []);
  const added = alex.seal([section(audit, 'inadequate', 'never shown', 'plan')], { group });
  const pushed = await alex.push(added);
  assert.is(pushed.problem?.kind, 'bad-request');
  const [first, second, third] = alex.seal([section(audit, 'good'), section(newId(), 'good'), section(audit, 'good')], {
    groupSize: 1,
  });
  const twice = [first, { ...second, group: newId() }, third];
  assert.is((await alex.push(twice as Op[])).problem?.kind, 'bad-request');
  assert.is((await lee.ask<HeldList>(paths.heldList, { limit: 200 })).problem, undefined);
});

test('a record is of one kind: a group that would make one of two is held', async ({ quinn }) => {
  const record = newId();
  const kindOf = (name: string) => quinn.records.get(name)?.kind;
  const mixed = await quinn.write(service(record, 'A service'), caseOf(record));
  assert.equal(
    mixed.body.results.map(({ outcome }) => outcome),
    ['held', 'held'],
  );
  await quinn.write(service(record, 'A service'));
  await quinn.write(caseOf(record));
  await quinn.pull();
  assert.is(kindOf(record), 'service');
  assert.equal(Object.keys(quinn.records.get(record)?.units ?? {}), ['profile']);
});

test('nor by an offer', async (context) => {
  const { alex, quinn, audit } = context;
  const group = newId() as GroupId;
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  await quinn.write({ ...allocation(audit, { ...context.place }), base });
  const shown = alex.seal([section(audit, 'good', 'shown to the lead')], { group });
  await alex.push(shown);
  const added = alex.seal([section(audit, 'inadequate', 'never shown', 'plan')], { group });
  await alex.ask<OfferReply>(paths.offer, { boxes: await boxesOf(context, added) });
  const key = { device: alex.device, group };
  const { body } = await context.lee.ask<DecideReply>(paths.decide, { groups: [key], what: 'accepted', why: 'seen' });
  assert.is(body.results[0]?.outcome, 'decided');
  await quinn.pull();
  assert.is(quinn.records.get(audit)?.units['section:risk']?.value['evidence'], 'shown to the lead');
  assert.is(quinn.records.get(audit)?.units['section:plan'], undefined);
});

test('the same box twice, and two ops in one place, are taken once', async (context) => {
  const { alex, audit } = context;
  const ops = alex.seal([section(audit, 'good')]);
  const { seq, head } = alex;
  Object.assign(alex, { seq: seq - 1, head: ops[0]?.prev });
  const fork = alex.seal([section(audit, 'inadequate')]);
  Object.assign(alex, { seq, head });
  const boxes = [...(await boxesOf(context, [...ops, ...ops])), ...(await boxesOf(context, fork))];
  const { body, problem } = await alex.ask<OfferReply>(paths.offer, { boxes });
  assert.is(problem, undefined);
  assert.equal(body, { taken: 1, known: 1, unreadable: 1 });
});

test('a box may hold no deeper value and no other key than a push', async (context) => {
  const { alex, audit } = context;
  const deep = { ...section(audit, 'good') };
  const nested: unknown = JSON.parse('['.repeat(20) + ']'.repeat(20));
  const ops = alex.seal([{ ...deep, value: { ...deep.value, more: nested } }]);
  const { body } = await alex.ask<OfferReply>(paths.offer, { boxes: await boxesOf(context, ops) });
  assert.equal(body, { taken: 0, known: 0, unreadable: 1 });
});

test('gaps are listed up to an end, and of one person up to a nearer one, shown or not: nobody fills the list alone', async (context) => {
  const { server, quinn, alex, lee } = context;
  const listed = (): number => Number(server.rows('select count(*) as n from missing')[0]?.['n']);
  const tellGaps = async (laptop: Laptop, devices: number): Promise<void> => {
    for (let i = 0; i < devices; i += 1) {
      const device = newId() as DeviceId;
      await notice(laptop, device);
      const fields = { device, boxes: [], reached: { seq: 1_000_000, head: laptop.head } };
      assert.is((await laptop.ask(paths.offer, fields)).problem, undefined);
    }
  };
  await tellGaps(alex, 3);
  assert.is(listed(), 10_000);
  const { authority } = alex.session;
  await server.plumbline.server.database.write((tx) => noteRestored(tx, authority, server.clock.ms));
  await tellGaps(alex, 3);
  assert.is(listed(), 10_000);
  // Another's loss has room, by an offer as by what they tell.
  await tellGaps(lee, 1);
  assert.is(listed(), 20_000);
  const told = { record: newId(), kind: 'audit', unit: 'case', author: quinn.session.person };
  await quinn.ask(paths.missing, { missing: [{ op: `${newId()}:1`, ...told }] });
  assert.is(listed(), 20_001);
  for (const name of ['Bo', 'Cy', 'Di']) await tellGaps(await addPerson(quinn, name, grant('auditor')), 1);
  assert.is(listed(), 50_000);
});

test('so much of one person may wait, and what is more is held', async (context) => {
  const { alex } = context;
  await notice(alex);
  for (let i = 0; i < 3; i += 1) {
    const ops = Array.from({ length: 200 }, () => alex.seal([section(newId(), 'good')])).flat();
    assert.is((await alex.push(ops)).problem, undefined);
  }
  const outcomes = await outcomesOf(alex, ...Array.from({ length: 600 }, (_, i) => i + 1));
  assert.equal([outcomes[0], outcomes[499], outcomes[500], outcomes[599]], ['waiting', 'waiting', 'held', 'held']);
});

test('no time is taken that a screen could not show', async (context) => {
  const { alex, lee, audit } = context;
  const late = { ms: 9_000_000_000_000_000, count: 0 };
  const pushed = await alex.push(alex.seal([{ ...section(audit, 'good'), claimed: late }]));
  assert.is(pushed.problem?.kind, 'bad-request');
  const content = [section(audit, 'good', 'never sent')];
  const told = [{ device: alex.device, group: newId(), what: 'discarded', why: 'x', atMs: late.ms, content }];
  assert.is((await alex.ask(paths.held, { told, ask: [] })).problem?.kind, 'bad-request');
  assert.equal((await lee.ask<HeldList>(paths.heldList, { limit: 200 })).body.groups, []);
});

test('a held allocation of one person opens nobody else’s work on that audit to another lead', async (context) => {
  const { quinn, alex, lee, place } = context;
  const other = { service: newId(), team: newId() };
  await quinn.write(service(other.service, 'Early Help'), team(other.team, 'Team 2', other.service));
  const olga = await addPerson(quinn, 'Olga', grant('team-lead', { services: [other.service] }));
  const anna = await addPerson(quinn, 'Anna', grant('team-lead', { services: [place.service] }));
  const begun = newId();
  const mine = { auditor: anna.session.person, ...place };
  await anna.write(caseOf(begun, 'A7'), allocation(begun, mine), section(begun, 'good', 'what Anna saw'));
  // Somebody who knows the audit's id says that it is of another service.
  await alex.write(allocation(begun, { auditor: newId(), ...other }));
  const groupsFor = async (lead: Laptop) =>
    (await lead.ask<HeldList>(paths.heldList, { limit: 200 })).body.groups.map(({ person }) => person);
  assert.equal(await groupsFor(lee), [anna.session.person]);
  assert.equal(await groupsFor(olga), [alex.session.person]);
});

test.run();
