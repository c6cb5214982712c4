/**
 * What one signed-in person can do by saying that the server was put back: nothing to anybody else, until something shows it.
 * And what a refusal waits for once it was: only what could change it. On whichever database the run is on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { beginEpoch } from '../../server/backup/restore.ts';
import { listMissing } from '../../server/backup/list-missing.ts';
import { devicesWithGaps } from '../../server/db/missing.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import { nothingMissing, type MissingList } from '../../src/protocol/missing.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths, type KnownReply, type OfferReply, type OutcomesReply } from '../../src/protocol/sync.ts';
import { sealForServer } from '../../src/store/server-box.ts';
import { newId, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  password,
  section,
  service,
  startServer,
  team,
  type TestServer,
} from './example.ts';
import { assertSound, verify } from './sound.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
  /** Two auditors, who may be taken off audits, and one who means harm. */
  alex: Laptop;
  bo: Laptop;
  mal: Laptop;
  place: { readonly service: string; readonly team: string };
  /** Allocated to Bo; Alex may not write it. */
  audit: string;
}

const test = suite<Context>('the word of one person about a restore');

test.before.each(async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-word-'));
  const server = await startServer({ dataDir });
  const quinn = await firstQaLead(server);
  const place = { service: newId(), team: newId() };
  await quinn.write(service(place.service, 'Assessment'), team(place.team, 'Team 1', place.service));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const bo = await addPerson(quinn, 'Bo', grant('auditor'));
  const mal = await addPerson(quinn, 'Mal', grant('auditor'));
  const audit = newId();
  await quinn.write(caseOf(audit), allocation(audit, { auditor: bo.session.person, ...place }));
  Object.assign(context, { dataDir, server, quinn, alex, bo, mal, place, audit });
});
test.after.each(async ({ server, dataDir }) => {
  await assertSound(server);
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const days = (count: number): number => count * 24 * 60 * 60 * 1000;

/** "You have acknowledged more than you know": whether it is so or not. */
const claim = (laptop: Laptop, devices: readonly DeviceId[] = [laptop.device]) =>
  laptop.ask<KnownReply>(paths.known, { cursor: null, acknowledged: 1_000_000, devices });

const tell = (laptop: Laptop, of: Laptop, ...told: readonly { readonly seq: number; readonly record: string }[]) => {
  const missing = told.map(({ seq, record }) => ({
    op: `${of.device}:${seq}`,
    record,
    kind: 'audit',
    unit: 'allocation',
    author: of.session.person,
  }));
  return laptop.ask(paths.missing, { missing });
};

const lost = (of: Laptop, ahead: number): number => of.seq + ahead;

/** What becomes of a change to an audit that its author may not write. */
async function outcomeFor({ audit }: Pick<Context, 'audit'>, laptop: Laptop, unit: string): Promise<string> {
  const { body } = await laptop.write(section(audit, 'good', '', unit));
  return body.results[0]?.outcome ?? '';
}

const nowOf = async (laptop: Laptop, seq: number): Promise<string | undefined> =>
  (await laptop.ask<OutcomesReply>(paths.outcomes, { seqs: [seq] })).body.results[0]?.outcome;

const listed = async (laptop: Laptop): Promise<MissingList> =>
  (await laptop.ask<MissingList>(paths.missingList, { limit: 500 })).body;

const logged = ({ server }: Context, event: string): object[] =>
  server.log.map((line) => JSON.parse(line) as { event: string }).filter((each) => each.event === event);

const seal = sealForServer((count) => crypto.getRandomValues(new Uint8Array(count)));

/** A change as a laptop retains it, with the receipt of this server: as if it had been accepted before a loss. */
async function lostBox({ server }: Context, laptop: Laptop, audit: string, ms: number, unit = 'plan') {
  const key = server.plumbline.server.serverKey;
  const [op] = laptop.seal([{ ...section(audit, 'good', 'was accepted', unit), claimed: { ms, count: 1 } }]);
  if (op === undefined) throw new Error('Nothing was sealed');
  const stamp = op.claimed;
  const result = { seq: op.seq, outcome: 'accepted', version: 1, stamp, receipt: key.receipt(op, stamp) };
  const [box] = await seal(key.publicKey, [{ place: op, text: JSON.stringify({ op, result }) }]);
  return { device: op.device, seq: op.seq, box: Buffer.from(box ?? []).toString('base64') };
}

async function newEpoch(context: Context): Promise<void> {
  const { server, dataDir } = context;
  const { config } = server.plumbline.server;
  await server.plumbline.close();
  await beginEpoch(config, { newId, nowMs: server.clock.ms });
  context.server = await startServer({ dataDir, env: { PORT: new URL(server.address).port } });
  context.server.clock.ms = server.clock.ms;
  // A connection that was kept open is found out by the first request over it.
  for (let i = 0; i < 5; i += 1) await fetch(server.address).catch(() => undefined);
}

test('a number or a head made up, and places made up, leave everybody else’s refusals where a lead sees them', async (context) => {
  const { quinn, alex, mal, audit } = context;
  await mal.pull();
  assert.is((await claim(mal)).problem, undefined);
  await mal.ask(paths.known, {
    cursor: { ...mal.cursor, head: '0'.repeat(64) },
    acknowledged: 0,
    devices: [mal.device],
  });
  await tell(mal, quinn, ...[1, 2, 3].map((ahead) => ({ seq: lost(quinn, ahead), record: audit })));
  assert.is(await outcomeFor(context, alex, 'plan'), 'held');
  assert.equal((await claimNothing(alex, [quinn.device])).body.known, [], 'no more is said of others');
  assert.equal(await listed(quinn), nothingMissing, 'nobody is told that the server was put back');
  assert.is(await outcomeFor(context, mal, 'plan'), 'waiting', 'what they say of their own work counts for it');
  assert.equal(
    [logged(context, 'restore-claimed'), logged(context, 'restore-noticed')].map((lines) => lines.length),
    [1, 0],
  );
  const [line] = logged(context, 'restore-claimed') as { person: string; device: string }[];
  assert.equal([line?.person, line?.device], [mal.session.person, mal.device]);
});

const claimNothing = (laptop: Laptop, devices: readonly DeviceId[]) =>
  laptop.ask<KnownReply>(paths.known, { cursor: null, acknowledged: 0, devices });

test('two people whose laptops tell of the same op show it, and it counts for everybody', async (context) => {
  const { server, dataDir, quinn, alex, bo, mal, audit } = context;
  const place = { seq: lost(quinn, 5), record: audit };
  await claim(mal);
  await tell(mal, quinn, place);
  await tell(mal, quinn, place);
  const { databaseUrl } = server.plumbline.server.config;
  assert.match(await listMissing({ dataDir, databaseUrl }), 'Nothing is missing that a laptop has seen');
  assert.match(await listMissing({ dataDir, databaseUrl }), '1 change that one person alone has told of');
  await claim(bo);
  assert.is(await outcomeFor(context, alex, 'plan'), 'held');
  await tell(bo, quinn, place);
  assert.is(await outcomeFor(context, alex, 'risk'), 'waiting');
  assert.is((await listed(quinn)).changes, 1);
  assert.match(await listMissing({ dataDir, databaseUrl }), '1 change that laptops have seen');
  const [line, ...more] = logged(context, 'restore-noticed') as { person: string; by: string }[];
  assert.equal([line?.person, line?.by, more.length], [bo.session.person, 'told-twice', 0]);
});

test('nobody unsays what another has told of a place, or of their own laptop', async (context) => {
  const { quinn, alex, bo, mal, audit } = context;
  const place = { seq: lost(quinn, 5), record: audit };
  await claim(alex);
  await tell(alex, quinn, place);
  assert.is(await outcomeFor(context, alex, 'plan'), 'waiting');
  await claim(mal);
  await mal.ask(paths.known, { device: alex.device, cursor: null, acknowledged: 1_000_000, devices: [] });
  await tell(mal, quinn, { ...place, record: newId() });
  assert.is(await outcomeFor(context, alex, 'risk'), 'waiting');
  assert.is(await nowOf(alex, 1), 'waiting');
  assert.equal((await claimNothing(alex, [quinn.device])).body.known, [{ device: quinn.device, seq: quinn.seq }]);
  assert.equal(logged(context, 'restore-noticed'), []);
  await claim(bo);
  await tell(bo, quinn, place);
  assert.is((await listed(quinn)).changes, 1, 'one place, whatever is said of it');
  const [line] = logged(context, 'restore-noticed') as { person: string; by: string }[];
  assert.equal([line?.person, line?.by], [bo.session.person, 'told-twice']);
});

test('what was told long before a loss was shown does not become everybody’s with it', async (context) => {
  const { server, dataDir, quinn, mal, audit } = context;
  await claim(mal);
  await tell(mal, quinn, { seq: lost(quinn, 5), record: audit });
  server.clock.ms += days(31);
  await newEpoch(context);
  await signInAgain(context);
  assert.is((await listed(quinn)).changes, 0);
  const { databaseUrl } = server.plumbline.server.config;
  assert.match(await listMissing({ dataDir, databaseUrl }), '1 change that one person alone has told of');
  await claim(mal);
  await tell(mal, quinn, { seq: lost(quinn, 5), record: audit });
  assert.is((await listed(quinn)).changes, 1, 'told of this loss, it is of this one');
});

test('a gap in a device’s chain is excused by its own person or by two, not by one stranger', async (context) => {
  const { server, quinn, alex, bo, mal, audit } = context;
  const { authority, database } = server.plumbline.server;
  const found = async (): Promise<string[]> => (await verify(server)).findings.map(({ about }) => about);
  server.damage(`update device set seq = seq + 1 where device = '${quinn.device}'`);
  await claim(mal);
  await tell(mal, quinn, { seq: lost(quinn, 5), record: audit });
  await mal.ask(paths.known, { device: quinn.device, cursor: null, acknowledged: 1_000_000, devices: [] });
  assert.equal(await found(), [`device ${quinn.device}`]);
  await claim(quinn);
  assert.equal(await found(), []);
  await alex.write(section(audit, 'good'));
  await claim(bo);
  for (const laptop of [bo, mal]) {
    const excused = await database.read((tx) => devicesWithGaps(tx, authority.id));
    assert.equal([...excused], [quinn.device]);
    await tell(laptop, alex, { seq: lost(alex, 5), record: audit });
  }
  const excused = await database.read((tx) => devicesWithGaps(tx, authority.id));
  assert.equal([...excused].sort(), [quinn.device, alex.device].sort());
});

test('two people who tell of one place as of two records have shown nothing', async (context) => {
  const { quinn, alex, bo, mal, audit } = context;
  await claim(mal);
  await tell(mal, quinn, { seq: lost(quinn, 5), record: audit });
  await claim(bo);
  await tell(bo, quinn, { seq: lost(quinn, 5), record: newId() });
  assert.is(await outcomeFor(context, alex, 'plan'), 'held');
  assert.equal(logged(context, 'restore-noticed'), []);
});

test('nor has whoever tells of what is here', async (context) => {
  const { server, quinn, bo, mal, audit } = context;
  for (const laptop of [mal, bo]) {
    await claim(laptop);
    await tell(laptop, quinn, { seq: quinn.seq, record: audit });
  }
  assert.equal(server.rows('select * from missing'), []);
  assert.equal(logged(context, 'restore-noticed'), []);
});

test('a change that comes with this server’s receipt and is not here shows a loss, once', async (context) => {
  const { server, quinn, alex, bo, mal, audit } = context;
  await claim(mal);
  await tell(mal, quinn, { seq: lost(quinn, 5), record: audit });
  await claim(bo);
  const kept = await lostBox(context, bo, audit, server.clock.ms - 1000);
  const late = await lostBox(context, bo, audit, server.clock.ms - 500, 'late');
  assert.is((await bo.ask<OfferReply>(paths.offer, { boxes: [kept] })).body.taken, 1);
  const [line] = logged(context, 'restore-noticed') as { person: string; device: string; by: string }[];
  assert.equal([line?.person, line?.device, line?.by], [bo.session.person, bo.device, 'receipt']);
  assert.is(await outcomeFor(context, alex, 'plan'), 'waiting', 'one other person’s word counts now, for a while');
  server.clock.ms += days(3) + 1;
  await signInAgain(context);
  await quinn.write(service(newId(), 'Another'));
  assert.is(await nowOf(alex, alex.seq), 'held', 'and not for longer');
  // What was kept back of that loss is no new one, however late it comes.
  server.clock.ms += days(31);
  await signInAgain(context);
  await claim(bo);
  assert.is((await bo.ask<OfferReply>(paths.offer, { boxes: [late] })).body.taken, 1);
  assert.is(logged(context, 'restore-noticed').length, 1);
});

test('a device moves on over a gap only while a laptop of its person is heard about a restore', async (context) => {
  const { server, alex } = context;
  const reached = { seq: 900, head: 'a'.repeat(64) };
  assert.is((await alex.ask(paths.offer, { boxes: [], reached })).problem?.kind, 'epoch');
  alex.seq = 40;
  const far = await lostBox(context, alex, newId(), server.clock.ms);
  assert.is((await alex.ask(paths.offer, { boxes: [far] })).problem?.kind, 'epoch');
  assert.equal([server.rows('select * from missing'), (await claimNothing(alex, [alex.device])).body.known], [[], []]);
  await claim(alex);
  assert.is((await alex.ask(paths.offer, { device: newId(), boxes: [], reached })).problem?.kind, 'epoch');
  assert.is((await alex.ask(paths.offer, { boxes: [], reached })).problem, undefined);
  assert.equal((await claimNothing(alex, [alex.device])).body.known, [{ device: alex.device, seq: 900 }]);
  // Nobody has shown a loss: they alone see that their laptop left something out.
  assert.is(server.rows('select * from missing').length, 900);
  assert.equal(await listed(context.quinn), nothingMissing);
});

test('what somebody says of a restore lasts 30 days, however often they say it', async (context) => {
  const { server, mal } = context;
  await claim(mal);
  server.clock.ms += days(20);
  await signInAgain(context);
  await claim(mal);
  server.clock.ms += days(10) + 1;
  await signInAgain(context);
  const unknown = newId() as DeviceId;
  assert.equal((await claimNothing(mal, [unknown])).body.known, []);
  await mal.write(section(newId(), 'good'));
  assert.is(await nowOf(mal, mal.seq), 'held');
  await claim(mal);
  assert.equal((await claimNothing(mal, [unknown])).body.known, [{ device: unknown, seq: 0 }]);
  assert.is(logged(context, 'restore-claimed').length, 2);
});

test('after a restore with a laptop that never returns, a refusal waits only for what could change it', async (context) => {
  const { quinn, alex, bo, audit } = context;
  const another = newId();
  await newEpoch(context);
  for (const laptop of [quinn, bo]) {
    await tell(laptop, quinn, { seq: lost(quinn, 5), record: another });
  }
  const missing = [
    { op: `${bo.device}:9`, record: audit, kind: 'audit', unit: 'section:plan', author: bo.session.person },
    { op: `${bo.device}:10`, record: bo.session.person, kind: 'person', unit: 'roles', author: quinn.session.person },
    { op: `${bo.device}:11`, record: alex.session.person, kind: 'person', unit: 'profile', author: bo.session.person },
  ];
  await quinn.ask(paths.missing, { missing });
  assert.is(await outcomeFor(context, alex, 'plan'), 'held');
  await tell(quinn, quinn, { seq: lost(quinn, 6), record: audit });
  assert.is(await outcomeFor(context, alex, 'risk'), 'waiting', 'they may have been allocated it');
});

test('a place of which nobody knows the record is waited for three days', async (context) => {
  const { quinn, alex, bo } = context;
  await newEpoch(context);
  await claim(bo);
  await bo.ask(paths.offer, { boxes: [], reached: { seq: 4, head: 'a'.repeat(64) } });
  assert.is(await outcomeFor(context, alex, 'plan'), 'waiting');
  const { clock } = context.server;
  clock.ms += days(3) - 60_000;
  await signInAgain(context);
  await quinn.write(service(newId(), 'Another'));
  assert.is(await nowOf(alex, 1), 'waiting');
  clock.ms += 120_000;
  await quinn.write(service(newId(), 'A third'));
  assert.is(await nowOf(alex, 1), 'held');
  assert.is(await outcomeFor(context, alex, 'risk'), 'held');
});

async function signInAgain({ quinn, alex, bo, mal }: Context): Promise<void> {
  for (const laptop of [quinn, alex, bo, mal])
    await laptop.browser.post(sessionPaths.signIn, { email: laptop.session.email, password });
}

test.run();
