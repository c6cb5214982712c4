/** What a restored server is asked and offered, by hand-made laptops: on whichever database the run is on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { beginEpoch } from '../../server/backup/restore.ts';
import { noteRestored } from '../../server/db/restored.ts';
import { listMissing } from '../../server/backup/list-missing.ts';
import type { DeviceId, GroupId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { sealForServer } from '../../src/store/server-box.ts';
import type { HeldList } from '../../src/protocol/held.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { line, shortTextLimit } from '../../src/protocol/text.ts';
import { paths, type OpResult, type OutcomesReply, type OfferReply } from '../../src/protocol/sync.ts';
import { newId, openLaptop, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  password,
  roles,
  section,
  service,
  startServer,
  team,
} from './example.ts';
import type { TestServer } from './example.ts';
import { assertSound } from './sound.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  place: { readonly service: string; readonly team: string };
}

const test = suite<Context>('a server that is asked what it knows');

test.before.each(async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-regather-'));
  const server = await startServer({ dataDir });
  const quinn = await firstQaLead(server);
  const place = { service: newId(), team: newId() };
  await quinn.write(service(place.service, 'Assessment'), team(place.team, 'Team 1', place.service));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  Object.assign(context, { dataDir, server, quinn, alex, place });
});
test.after.each(async ({ server, dataDir }) => {
  await assertSound(server);
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const seal = sealForServer((count) => crypto.getRandomValues(new Uint8Array(count)));

/** Boxes as a laptop retains them: what was pushed, with what was answered. */
async function boxesOf({ server }: Context, ops: readonly Op[], results: readonly OpResult[]) {
  const parcels = ops.map((op, i) => ({ place: op, text: JSON.stringify({ op, result: results[i] }) }));
  const sealed = await seal(server.plumbline.server.serverKey.publicKey, parcels);
  return ops.map(({ device, seq }, i) => ({ device, seq, box: Buffer.from(sealed[i] ?? []).toString('base64') }));
}

const known = (laptop: Laptop, devices: readonly DeviceId[]) =>
  laptop.ask<{ known: { device: string; seq: number }[] }>(paths.known, { cursor: null, acknowledged: 0, devices });

const outcomeOf = async (laptop: Laptop, ...seqs: number[]): Promise<string[]> =>
  (await laptop.ask<OutcomesReply>(paths.outcomes, { seqs })).body.results.map(({ outcome }) => outcome);

/** A laptop says that the server has acknowledged a seq of it, and lost it. */
const notice = (laptop: Laptop) =>
  laptop.ask(paths.known, { cursor: null, acknowledged: laptop.seq + 1, devices: [laptop.device] });

test('says how far it knows a device to its person alone, and nothing of one that it does not know', async ({
  quinn,
  alex,
}) => {
  const asked = [quinn.device, alex.device, newId() as DeviceId];
  assert.equal((await known(quinn, asked)).body.known, [{ device: quinn.device, seq: quinn.seq }]);
  assert.equal((await known(alex, asked)).body.known, []);
  await alex.write(section(newId(), 'good'));
  assert.equal((await known(alex, asked)).body.known, [{ device: alex.device, seq: 1 }]);
});

test('while somebody brings back what it lost it says so of everybody’s, so that they can tell what is missing', async (context) => {
  const { server, quinn, alex } = context;
  await notice(alex);
  const unknown = newId() as DeviceId;
  const answer = [
    { device: quinn.device, seq: quinn.seq },
    { device: unknown, seq: 0 },
  ];
  assert.equal((await known(alex, [quinn.device, unknown])).body.known, answer);
  server.clock.ms += 31 * 24 * 60 * 60 * 1000;
  await alex.browser.post(sessionPaths.signIn, { email: alex.session.email, password });
  assert.equal((await known(alex, [quinn.device, unknown])).body.known, []);
});

/** A QA lead's laptop, reported lost by another; the roles that it has sealed for Alex, and has not sent. */
async function lostLead({ quinn, alex }: Context) {
  const sam = await addPerson(quinn, 'Sam', grant('qa-lead'));
  quinn.proof = 'a1'.repeat(32);
  await quinn.pull();
  await sam.pull();
  const asked = { device: quinn.device, form: 'lost', reason: 'left on a train' };
  assert.is((await sam.ask(laptopPaths.revoke, asked)).problem, undefined);
  return { sam, raised: roles(alex.session.person, grant('auditor'), grant('qa-lead')) };
}

const rolesIn = ({ server, alex }: Context): string[] => {
  const [row] = server.rows(`select units from record where id = '${alex.session.person}'`);
  const units = JSON.parse(String(row?.['units'])) as { roles: { value: { grants: { role: string }[] } } };
  return units.roles.value.grants.map(({ role }) => role);
};

test('a lost laptop raises nobody by an offer either: what has no receipt is judged as an auditor’s', async (context) => {
  const { quinn } = context;
  const { raised } = await lostLead(context);
  const ops = quinn.seal([raised]);
  await notice(quinn);
  const boxes = await boxesOf(context, ops, [{ seq: quinn.seq, outcome: 'waiting' }]);
  assert.is((await quinn.ask<OfferReply>(paths.offer, { boxes })).body.taken, 1);
  assert.equal(rolesIn(context), ['auditor']);
});

test('nor by what waits: it is judged as what its laptop may bring when it is let in', async (context) => {
  const { quinn, alex } = context;
  const { sam, raised } = await lostLead(context);
  await notice(quinn);
  const person = alex.session.person;
  const missing = [{ op: `${newId()}:9`, record: person, kind: 'person', unit: 'roles', author: sam.session.person }];
  await quinn.ask(paths.missing, { missing });
  const pushed = await quinn.push(quinn.seal([raised]));
  assert.equal(
    pushed.body.results.map(({ outcome }) => outcome),
    ['waiting'],
  );
  await sam.write(service(newId(), 'Anything that is accepted'));
  assert.equal(rolesIn(context), ['auditor']);
});

/** Alex's grade of an audit that is not here yet: it waits for it. */
async function waitingGrade({ alex }: Context): Promise<string> {
  const audit = newId();
  await notice(alex);
  await alex.write(section(audit, 'inadequate', 'by whoever had the laptop'));
  assert.equal(await outcomeOf(alex, alex.seq), ['waiting']);
  return audit;
}

/** What has become of Alex's newest change, once the audit that it stands on is here, and another day's asking. */
async function onceItFits({ server, quinn, alex, place }: Context, audit: string): Promise<unknown[]> {
  await quinn.write(caseOf(audit), allocation(audit, { auditor: alex.session.person, ...place }));
  server.clock.ms += 2 * 60 * 60 * 1000;
  await quinn.write(service(newId(), 'Anything that is accepted'));
  const [units] = server.rows(`select units from record where id = '${audit}'`);
  assert.not.match(String(units?.['units']), 'section:risk');
  assert.equal(server.rows('select * from waiting'), []);
  return server.rows('select code from held').map(({ code }) => code);
}

test('what waits of somebody who may not sign in any more is not let in: it is held for a person', async (context) => {
  const { quinn, alex } = context;
  const audit = await waitingGrade(context);
  await quinn.browser.post(sessionPaths.access, { person: alex.session.person, allowed: false });
  assert.equal(await onceItFits(context, audit), ['not-allowed']);
});

test('nor what waits of a laptop that was stolen since, also under an id that this copy had before', async (context) => {
  const { quinn, alex } = context;
  alex.proof = 'b2'.repeat(32);
  const audit = await waitingGrade(context);
  const goesOnAs = openLaptop(alex.browser, alex.session);
  goesOnAs.proof = alex.proof;
  await goesOnAs.ask(paths.known, { cursor: null, acknowledged: 0, devices: [goesOnAs.device] });
  await quinn.ask(laptopPaths.revoke, {
    device: goesOnAs.device,
    form: 'stolen',
    reason: 'taken from a car',
    password,
  });
  assert.equal(await onceItFits(context, audit), ['not-allowed']);
});

test('roles that an offer brings, judged by rights of now, are noted outside the database as those of a push are', async (context) => {
  const { server, quinn, alex } = context;
  server.clock.ms += 1000;
  const ops = quinn.seal([roles(alex.session.person, grant('moderator'))]);
  await notice(quinn);
  const boxes = await boxesOf(context, ops, [{ seq: quinn.seq, outcome: 'waiting' }]);
  await quinn.ask<OfferReply>(paths.offer, { boxes });
  assert.equal(rolesIn(context), ['moderator']);
  const noted = server.plumbline.server.revoked.list();
  assert.ok(
    noted.some((each) => each.kind === 'roles' && each.person === alex.session.person && each.atMs === server.clock.ms),
  );
});

test('a laptop that was told of more than it knows is answered epoch, to a pull and to a push', async ({ quinn }) => {
  await quinn.pull();
  const pulled = await quinn.ask(paths.pull, { cursor: null, acknowledged: quinn.seq + 1 });
  assert.is(pulled.problem?.kind, 'epoch');
  assert.is((await quinn.ask(paths.pull, { cursor: null, acknowledged: quinn.seq })).problem, undefined);
  const cursor = { ...quinn.cursor, head: '0'.repeat(64) };
  const pushed = await quinn.push(quinn.seal([service(newId(), 'late')]), { cursor });
  assert.is(pushed.problem?.kind, 'epoch');
});

test('what was accepted comes back with its receipt, whatever rights are now; without one it is judged by them', async (context) => {
  const { server, quinn, alex, place } = context;
  const audit = newId();
  await quinn.write(caseOf(audit), allocation(audit, { auditor: quinn.session.person, ...place }));
  const key = server.plumbline.server.serverKey;
  const ops = alex.seal([section(audit, 'good', 'was mine then')]);
  const stamp = ops[0]?.claimed ?? { ms: 0, count: 0 };
  const results = ops.map((op) => ({
    seq: op.seq,
    outcome: 'accepted' as const,
    version: 1,
    stamp,
    receipt: key.receipt(op, stamp),
  }));
  const forged = alex.seal([section(audit, 'inadequate', 'never was', 'plan')]);
  const claims = forged.map((op) => ({ ...results[0], seq: op.seq }) as OpResult);
  const boxes = [...(await boxesOf(context, ops, results)), ...(await boxesOf(context, forged, claims))];
  const { body } = await alex.ask<OfferReply>(paths.offer, { boxes });
  assert.equal(body, { taken: 2, known: 0, unreadable: 0 });
  assert.equal(await outcomeOf(alex, 1, 2), ['accepted', 'held']);
  const again = await alex.ask<OfferReply>(paths.offer, { boxes });
  assert.equal(again.body, { taken: 0, known: 2, unreadable: 0 });
  await quinn.pull();
  assert.is(quinn.records.get(audit as never)?.units['section:risk']?.value['evidence'], 'was mine then');
  assert.is(quinn.records.get(audit as never)?.units['section:plan'], undefined);
});

test('a box of somebody else, or one that does not open, is counted and blocks nothing', async (context) => {
  const { quinn, alex } = context;
  const theirs = await boxesOf(context, quinn.seal([service(newId(), 'not Alex’s')]), []);
  const damaged = { device: alex.device, seq: 1, box: 'AAAA' };
  const { body } = await alex.ask<OfferReply>(paths.offer, { boxes: [...theirs, damaged] });
  assert.equal(body, { taken: 0, known: 0, unreadable: 2 });
});

for (const [from, hand] of [
  [
    'a key of a value that is pushed',
    ({ alex }: Context, odd: string) =>
      alex.write({ ...caseOf(newId()), value: { ...caseOf(newId()).value, header: { [odd]: 'x' } } }),
  ],
  [
    'a laptop that says why it was held',
    async (context: Context, odd: string) => {
      const { alex } = context;
      const ops = alex.seal([section(newId(), 'good')]);
      const boxes = await boxesOf(context, ops, [{ seq: 1, outcome: 'held', code: 'invalid', why: `${odd}\ud83d` }]);
      return alex.ask(paths.offer, { boxes });
    },
  ],
] as const)
  test(`why something is held is a line that a backup file may hold, also by ${from}`, async (context) => {
    const { server, quinn, alex } = context;
    const odd = `reason\nof two\u0000 lines 😀 ${'😀'.repeat(3000)}`;
    const { problem } = await hand(context, odd);
    assert.is(problem, undefined);
    const { body } = await quinn.ask<HeldList>(paths.heldList, { limit: 10 });
    const { results } = (await alex.ask<OutcomesReply>(paths.outcomes, { seqs: [1] })).body;
    const stored = server.rows('select why from held').map(({ why }) => why);
    const told = body.groups.flatMap(({ ops }) => ops.map(({ why }) => why));
    const answered = results.map((result) => (result.outcome === 'held' ? result.why : null));
    assert.equal([told, answered], [stored, stored]);
    assert.is(stored.length, 1);
    assert.ok(v.is(line(shortTextLimit), stored[0]), 'a line');
    assert.match(String(stored[0]), 'reason of two lines 😀');
  });

test('of two groups with one id in one offer the first counts, as in a push', async (context) => {
  const { server, quinn, alex } = context;
  await notice(alex);
  const group = newId() as GroupId;
  const ops = [section(newId(), 'good'), section(newId(), 'good'), section(newId(), 'good')].flatMap((edit, i) =>
    alex.seal([edit], i === 1 ? {} : { group }),
  );
  const held = ops.map(({ seq }): OpResult => ({ seq, outcome: 'held', code: 'not-allowed', why: '' }));
  const { body } = await alex.ask<OfferReply>(paths.offer, { boxes: await boxesOf(context, ops, held) });
  assert.equal(body, { taken: 2, known: 0, unreadable: 1 });
  const { groups } = (await quinn.ask<HeldList>(paths.heldList, { limit: 10 })).body;
  assert.equal(
    groups.map((each) => [each.group, each.ops.length]),
    [
      [group, 1],
      [ops[1]?.group, 1],
    ],
  );
  assert.equal(server.rows("select seq from op where device = '" + alex.device + "' order by seq").length, 2);
});

test('a gap that nobody has kept is listed, and the device goes on behind it', async (context) => {
  const { server, dataDir, alex } = context;
  await notice(alex);
  alex.seal([section(newId(), 'good'), section(newId(), 'good')]);
  await alex.ask(paths.offer, { boxes: [], reached: { seq: alex.seq, head: alex.head } });
  assert.equal((await known(alex, [alex.device])).body.known, [{ device: alex.device, seq: 2 }]);
  assert.is((await alex.push(alex.seal([section(newId(), 'good')]))).problem, undefined);
  const { databaseUrl } = server.plumbline.server.config;
  assert.match(await listMissing({ dataDir, databaseUrl }), '2 changes that one person alone has told of');
  await server.plumbline.server.database.write((tx) => noteRestored(tx, alex.session.authority, server.clock.ms));
  assert.match(await listMissing({ dataDir, databaseUrl }), `laptop ${alex.device.slice(0, 8)} of Alex: 2 changes`);
});

test('missing ground waits only after a restore was noticed, and comes in once it is there', async (context) => {
  const { server, quinn, alex, place } = context;
  const audit = newId();
  await alex.write(section(newId(), 'good'));
  assert.equal(await outcomeOf(alex, 1), ['held']);
  await notice(alex);
  await alex.write(section(audit, 'good', 'waits'));
  assert.equal(await outcomeOf(alex, 1, 2), ['held', 'waiting']);
  // What is wrong by itself is held at once, also now.
  await alex.write({ ...section(audit, 'good'), value: { grade: 7 } });
  assert.equal(await outcomeOf(alex, 3), ['held']);
  await quinn.write(caseOf(audit), allocation(audit, { auditor: alex.session.person, ...place }));
  assert.equal(await outcomeOf(alex, 2), ['accepted']);
  assert.equal(server.rows('select * from waiting'), []);
});

test('a new epoch contradicts every cursor, and a missing op is told by whoever saw it', async (context) => {
  const { server, dataDir, quinn, alex } = context;
  await quinn.pull();
  const { config } = server.plumbline.server;
  await server.plumbline.close();
  await beginEpoch(config, { newId, nowMs: server.clock.ms });
  context.server = await startServer({ dataDir, env: { PORT: new URL(server.address).port } });
  // A connection that was kept open is found out by the first request over it.
  for (let i = 0; i < 5; i += 1) await fetch(server.address).catch(() => undefined);
  assert.is((await quinn.ask(paths.pull, { cursor: quinn.cursor })).problem?.kind, 'epoch');
  const missing = [
    { op: `${alex.device}:4`, record: newId(), kind: 'audit', unit: 'case', author: alex.session.person },
  ];
  assert.is((await quinn.ask(paths.missing, { missing })).problem, undefined);
  assert.match(await listMissing({ dataDir, databaseUrl: config.databaseUrl }), 'of Alex: 1 change, of audit');
});

test.run();
