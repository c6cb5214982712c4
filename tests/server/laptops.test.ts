/**
 * Laptops: what the server keeps of each, who sees and revokes them, and what becomes of one that is revoked: it hands over what
 * it has not sent unless it is stolen, gets nothing any more, and stays revoked also after a restore (FAULTS S8).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { applyRevoked } from '../../server/auth/apply-revoked.ts';
import { revokedName } from '../../server/backup/data-folder.ts';
import { openRevoked } from '../../server/revoked.ts';
import type { LaptopShown } from '../../src/protocol/laptops.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths, type Session } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, openBrowser, openLaptop, signIn, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  event,
  firstQaLead,
  grant,
  password,
  roles,
  section,
  startServer,
  team,
  service,
} from './example.ts';
import type { TestServer } from './example.ts';
import { assertSound, verify } from './sound.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  lee: Laptop;
  /** An audit of Alex's. */
  audit: string;
  keyring: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const proofs = { alex: 'a1'.repeat(32), other: 'b2'.repeat(32) };
const test = suite<Context>('laptops');

test.before.each(async (context) => {
  const dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-laptops-'));
  const server = await startServer({ dataDir });
  const quinn = await firstQaLead(server);
  const [serviceId, teamId] = [newId(), newId()];
  await quinn.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [serviceId] }));
  const audit = newId();
  const given = allocation(audit, { service: serviceId, team: teamId, auditor: alex.session.person });
  await quinn.write(caseOf(audit), given);
  alex.proof = proofs.alex;
  const keyring = newId();
  await alex.ask(paths.pull, { cursor: null, contact: { keyring, app: '0.1.0', unsent: 14 } });
  await lee.pull();
  Object.assign(context, { dataDir, server, quinn, alex, lee, audit, keyring });
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const list = async (laptop: Laptop): Promise<LaptopShown[]> =>
  (await laptop.ask<{ laptops: LaptopShown[] }>(laptopPaths.list)).body.laptops;
const shown = async (by: Laptop, { device }: Laptop): Promise<LaptopShown | undefined> =>
  (await list(by)).find((each) => each.device === device);
const revoke = (
  by: Laptop,
  { device }: { readonly device: string },
  form: 'lost' | 'stolen',
  reason = 'left on a train',
) => by.ask(laptopPaths.revoke, { device, form, reason, ...(form === 'stolen' ? { password } : {}) });
const outcomes = (reply: Awaited<ReturnType<Laptop['push']>>) => reply.body.results.map(({ outcome }) => outcome);

/** The same copy as `laptop`, in a session of its own. */
async function signInOn(laptop: Laptop, email: string): Promise<void> {
  const { problem } = await signIn(laptop.browser, email, password);
  assert.is(problem, undefined);
}

test('keeps whose each is, what its browser said, when it was heard of and how much it had not sent', async ({
  quinn,
  alex,
  server,
}) => {
  const firstMs = server.clock.ms;
  const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0';
  const other = openLaptop(alex.browser, alex.session);
  await alex.browser.post(sessionPaths.signIn, { email: 'alex@example.org', password });
  await alex.browser.post(
    paths.pull,
    { protocol: 1, authority: alex.session.authority, person: alex.session.person, device: other.device, cursor: null },
    { 'user-agent': browser },
  );
  assert.is((await shown(quinn, other))?.browser, 'Edge on Windows');
  assert.is((await shown(quinn, other))?.unsent, null, 'it has not said');
  const mine = await shown(quinn, alex);
  assert.equal(mine?.unsent, { count: 14, atMs: firstMs });
  assert.is(mine?.app, '0.1.0');
  assert.is(mine?.person, alex.session.person);
  server.clock.ms += 3 * dayMs;
  await signInOn(quinn, 'quinn@example.org');
  const later = await shown(quinn, alex);
  assert.is(later?.lastMs, firstMs);
  assert.equal([later?.firstMs, later?.revoked, later?.gone], [firstMs, null, null]);
});

test('what has not been sent is told with a push too, and kept only when that is taken', async ({
  quinn,
  alex,
  audit,
  keyring,
}) => {
  const contact = { keyring, app: '0.1.0', unsent: 0 };
  const ops = alex.seal([section(audit, 'good')]);
  const broken = ops.map((op) => ({ ...op, leaf: 'f'.repeat(64) }));
  assert.is((await alex.push(broken, { contact })).problem?.kind, 'bad-request');
  assert.is((await shown(quinn, alex))?.unsent?.count, 14);
  assert.equal(outcomes(await alex.push(ops, { contact })), ['accepted']);
  assert.is((await shown(quinn, alex))?.unsent?.count, 0);
});

test('a person sees and names their own; a QA lead sees all; absent and somebody else’s are answered alike', async ({
  quinn,
  alex,
  lee,
}) => {
  assert.equal(
    (await list(alex)).map(({ device }) => device),
    [alex.device],
  );
  assert.equal(
    (await list(lee)).map(({ device }) => device),
    [lee.device],
  );
  assert.is((await list(quinn)).length, 3);
  const ivy = await addPerson(quinn, 'Ivy', grant('administrator'));
  await ivy.pull();
  assert.is((await list(ivy)).length, 4);
  for (const form of ['lost', 'stolen'] as const)
    assert.is((await revoke(ivy, quinn, form)).problem?.kind, 'not-found', 'a QA lead’s, by an administrator');
  const ned = await addPerson(quinn, 'Ned', grant('auditor'));
  await ned.pull();
  assert.is((await revoke(ivy, ned, 'lost')).problem, undefined);
  assert.is((await alex.ask(laptopPaths.name, { device: alex.device, name: ' The one at home ' })).problem, undefined);
  assert.is((await shown(quinn, alex))?.name, 'The one at home');
  const answers = [
    await lee.ask(laptopPaths.name, { device: alex.device, name: 'Mine' }),
    await lee.ask(laptopPaths.name, { device: newId(), name: 'Mine' }),
    await quinn.ask(laptopPaths.name, { device: alex.device, name: 'Mine' }),
    await revoke(lee, alex, 'lost'),
    await revoke(lee, { device: newId() }, 'lost'),
    await revoke(lee, alex, 'stolen'),
    await revoke(alex, quinn, 'stolen'),
    await revoke(quinn, { device: newId() }, 'lost'),
  ];
  for (const { status, problem, body } of answers)
    assert.equal([status, problem, body], [404, { kind: 'not-found' }, undefined]);
  assert.is((await shown(quinn, alex))?.revoked, null);
  assert.is((await revoke(alex, alex, 'lost')).problem, undefined, 'one’s own');
});

test('stolen is said only with a reason', async ({ quinn, alex }) => {
  assert.is((await revoke(quinn, alex, 'stolen', '  ')).problem?.kind, 'bad-request');
  assert.is((await shown(quinn, alex))?.revoked, null);
});

test('stolen gives up what was not sent, so an open session alone does not say it: a password is shown again', async ({
  quinn,
  alex,
}) => {
  const asked = { device: alex.device, form: 'stolen', reason: 'left on a train' } as const;
  for (const more of [{}, { password: '' }, { password: 'a wrong password' }])
    assert.is((await quinn.ask(laptopPaths.revoke, { ...asked, ...more })).problem?.kind, 'wrong-credentials');
  assert.is((await shown(quinn, alex))?.revoked, null);
  assert.is(
    (await quinn.ask(laptopPaths.revoke, { ...asked, form: 'lost' })).problem,
    undefined,
    'lost gives up nothing',
  );
  assert.is((await quinn.ask(laptopPaths.revoke, { ...asked, password })).problem, undefined);
  assert.is((await shown(quinn, alex))?.revoked?.form, 'stolen');
});

test('somebody with a council account alone has no password to show, and says it without', async ({
  quinn,
  alex,
  server,
}) => {
  server.damage(`update account set password = '' where person = '${quinn.session.person}'`);
  const asked = { device: alex.device, form: 'stolen', reason: 'left on a train' };
  assert.is((await quinn.ask(laptopPaths.revoke, asked)).problem, undefined);
});

test('one that is lost is told so without a session, hands over what it has, and then gets nothing', async ({
  quinn,
  alex,
  audit,
  server,
}) => {
  const other = openLaptop(openBrowser(server.address), alex.session);
  await signInOn(other, 'alex@example.org');
  other.proof = proofs.other;
  await other.pull();
  const ops = alex.seal([section(audit, 'good', 'the work that was not sent')]);
  assert.is((await revoke(quinn, alex, 'lost')).problem, undefined);
  const { ms } = server.clock;

  assert.equal((await alex.ask(paths.pull, { cursor: null })).problem, { kind: 'revoked', form: 'lost', atMs: ms });
  assert.is((await alex.ask(sessionPaths.session)).problem?.kind, 'signed-out', 'its session has ended');
  assert.equal(outcomes(await alex.push(ops)), ['accepted']);
  assert.is((await alex.ask(paths.leave, { cursor: null, acknowledged: alex.seq })).problem, undefined);
  assert.is((await shown(quinn, alex))?.gaveMs, ms);
  for (const [path, fields] of [
    [paths.open, { record: audit }],
    [paths.buckets, {}],
    [paths.records, { records: [audit] }],
    [paths.heldList, { limit: 5 }],
  ] as const)
    assert.is((await alex.ask(path, fields)).problem?.kind, 'revoked', path);
  await assertSound(server);

  await quinn.pull();
  assert.is(quinn.records.get(audit)?.units['section:risk']?.value['evidence'], 'the work that was not sent');
  await other.pull();
});

test('without what shows that it is that copy, nothing is taken and nothing is told', async ({
  quinn,
  alex,
  audit,
}) => {
  await revoke(quinn, alex, 'lost');
  const ops = alex.seal([section(audit, 'good')]);
  for (const proof of [undefined, proofs.other]) {
    alex.proof = proof;
    for (const reply of [await alex.push(ops), await alex.ask(paths.pull, { cursor: null })])
      assert.equal([reply.status, reply.problem], [401, { kind: 'signed-out' }]);
  }
});

test('a stolen one gives nothing up to the server, nor gets anything, in a new session neither', async ({
  quinn,
  alex,
  audit,
  server,
}) => {
  const ops = alex.seal([section(audit, 'good')]);
  await revoke(quinn, alex, 'stolen');
  const told = { kind: 'revoked', form: 'stolen', atMs: server.clock.ms };
  assert.equal((await alex.push(ops)).problem, told);
  assert.equal((await alex.ask(paths.pull, { cursor: null })).problem, told);
  await signInOn(alex, 'alex@example.org');
  assert.equal((await alex.push(ops)).problem, told);
  assert.equal((await alex.ask(paths.offer, { boxes: [] })).problem, told);
  assert.is(server.rows(`select * from op where device = '${alex.device}'`).length, 0);
});

test('it cannot come back as another device: not with its old session, and not with the same copy in a new one', async ({
  quinn,
  alex,
  server,
}) => {
  const { cookie } = alex.browser;
  await revoke(quinn, alex, 'lost');
  const renamed = openLaptop(alex.browser, alex.session);
  renamed.proof = proofs.alex;
  alex.browser.cookie = cookie;
  assert.is((await renamed.ask(paths.pull, { cursor: null })).problem?.kind, 'revoked');
  renamed.proof = undefined;
  assert.is((await renamed.ask(paths.pull, { cursor: null })).problem?.kind, 'signed-out');
  await signInOn(alex, 'alex@example.org');
  renamed.proof = proofs.alex;
  assert.is((await renamed.ask(paths.pull, { cursor: null })).problem?.kind, 'revoked');
  assert.is((await shown(quinn, renamed))?.revoked?.form, 'lost');
  const fresh = openLaptop(openBrowser(server.address), alex.session);
  await signInOn(fresh, 'alex@example.org');
  fresh.proof = proofs.other;
  await fresh.pull();
});

test('a copy that had a second id before anything was said of the first is to be forgotten under that too', async ({
  quinn,
  alex,
  server,
}) => {
  const second = openLaptop(alex.browser, alex.session);
  second.proof = proofs.alex;
  await second.pull();
  const { cookie } = alex.browser;
  await revoke(quinn, alex, 'stolen');
  const told = { kind: 'revoked', form: 'stolen', atMs: server.clock.ms };
  second.browser.cookie = cookie;
  assert.equal((await second.ask(paths.pull, { cursor: null })).problem, told, 'with the session it had');
  await signInOn(second, 'alex@example.org');
  assert.equal((await second.ask(paths.pull, { cursor: null })).problem, told, 'in a new one');
  assert.is((await shown(quinn, second))?.revoked?.form, 'stolen');
});

test('a session that no laptop has synced with yet ends too: it may be the thief’s', async ({ quinn, alex }) => {
  await signInOn(alex, 'alex@example.org');
  await revoke(quinn, alex, 'stolen');
  assert.is((await alex.ask(sessionPaths.session)).problem?.kind, 'signed-out');
});

test('of somebody who may not sign in, a lost laptop gives nothing until they may again', async ({
  quinn,
  alex,
  audit,
}) => {
  const ops = alex.seal([section(audit, 'good')]);
  await revoke(quinn, alex, 'lost');
  const access = (allowed: boolean) =>
    quinn.browser.post(sessionPaths.access, { person: alex.session.person, allowed });
  await access(false);
  assert.is((await alex.push(ops)).problem?.kind, 'signed-out');
  await access(true);
  assert.equal(outcomes(await alex.push(ops)), ['accepted']);
});

test('a lost laptop hands over grading: whatever else it brings is held, also from a QA lead', async ({
  quinn,
  alex,
}) => {
  const sam = await addPerson(quinn, 'Sam', grant('qa-lead'));
  quinn.proof = proofs.other;
  await signInOn(quinn, 'quinn@example.org');
  await quinn.pull();
  assert.is((await revoke(sam, quinn, 'lost')).problem, undefined);
  const raised = roles(alex.session.person, grant('auditor'), grant('qa-lead'));
  assert.equal(outcomes(await quinn.push(quinn.seal([raised]))), ['held']);
});

test('said to be gone, it can still be reported stolen', async ({ quinn, alex, keyring }) => {
  await revoke(quinn, alex, 'lost');
  await alex.ask(laptopPaths.gone, { keyring, givenUp: 0 });
  assert.ok((await shown(quinn, alex))?.gone);
  await revoke(quinn, alex, 'stolen');
  assert.is((await shown(quinn, alex))?.revoked?.form, 'stolen');
});

for (const [what, refused, says] of [
  ['it is reported stolen', 'revoked', (quinn: Laptop, alex: Laptop) => revoke(quinn, alex, 'stolen')],
  [
    'its person may not sign in any more',
    'signed-out',
    (quinn: Laptop, alex: Laptop) =>
      quinn.browser.post(sessionPaths.access, { person: alex.session.person, allowed: false }),
  ],
] as const)
  test(`of a push under way when ${what}, all is taken or nothing`, async ({ quinn, alex, audit, server }) => {
    const { database } = server.plumbline.server;
    const { write } = database;
    const ops = alex.seal([section(audit, 'good')]);
    let isFirst = true;
    // The push has been let in at the door; before its transaction begins, another says so.
    const late: typeof write = async (work) => {
      if (isFirst) {
        isFirst = false;
        await says(quinn, alex);
      }
      return write(work);
    };
    Object.assign(database, { write: late });
    assert.is((await alex.push(ops)).problem?.kind, refused);
    assert.is(server.rows(`select * from op where device = '${alex.device}'`).length, 0);
  });

test('nor does a lead decide any more who may not sign in by the time it would be taken', async ({
  quinn,
  alex,
  lee,
  audit,
  server,
}) => {
  const { database } = server.plumbline.server;
  const { write } = database;
  const ops = alex.seal([event(audit, 'voided', alex.session.person)]);
  assert.equal(outcomes(await alex.push(ops)), ['held']);
  let isFirst = true;
  const late: typeof write = async (work) => {
    if (isFirst) {
      isFirst = false;
      await quinn.browser.post(sessionPaths.access, { person: lee.session.person, allowed: false });
    }
    return write(work);
  };
  Object.assign(database, { write: late });
  const groups = [{ device: alex.device, group: ops[0]?.group }];
  const { problem } = await lee.ask(paths.decide, { groups, what: 'returned', why: 'not by you' });
  assert.is(problem?.kind, 'signed-out');
  assert.equal(server.rows('select * from decision'), []);
});

test('a push that was taken before is there; said again after, what became of it is answered', async ({
  quinn,
  alex,
  audit,
}) => {
  const ops = alex.seal([section(audit, 'good')]);
  const [first] = await Promise.all([alex.push(ops), revoke(quinn, alex, 'lost')]);
  assert.is(first.problem, undefined);
  assert.equal(outcomes(await alex.push(ops)), ['accepted']);
});

test('lost becomes stolen, never the other way; the stronger word stands', async ({ quinn, alex }) => {
  await revoke(quinn, alex, 'lost', 'not in the cupboard');
  await revoke(quinn, alex, 'stolen', 'seen on the camera');
  await revoke(quinn, alex, 'lost', 'found again');
  const { revoked } = (await shown(quinn, alex)) ?? {};
  assert.equal([revoked?.form, revoked?.reason, revoked?.by], ['stolen', 'seen on the camera', quinn.session.person]);
});

test('a locked app asks by its keyring, and says by it that the copy is no more', async ({
  quinn,
  alex,
  keyring,
  server,
}) => {
  const anybody = openBrowser(server.address);
  const ask = async (fields: object) =>
    (
      await anybody.post<{ revoked: unknown }>(laptopPaths.standing, {
        device: alex.device,
        keyring,
        acknowledged: 0,
        cursor: null,
        kept: [],
        ...fields,
      })
    ).body;
  assert.equal(await ask({}), { revoked: null });
  await revoke(quinn, alex, 'stolen');
  const told = (hasAll: boolean) => ({ revoked: { form: 'stolen', atMs: server.clock.ms, hasAll } });
  assert.equal(await ask({}), told(true));
  assert.equal(await ask({ acknowledged: 1 }), told(false));
  assert.equal(await ask({ keyring: newId() }), { revoked: null }, 'who does not know the keyring learns nothing');
  server.clock.ms += dayMs;
  await signInOn(quinn, 'quinn@example.org');
  await anybody.post(laptopPaths.gone, { device: alex.device, keyring: newId(), givenUp: 1 });
  assert.is((await shown(quinn, alex))?.gone, null);
  await anybody.post(laptopPaths.gone, { device: alex.device, keyring, givenUp: 14 });
  await anybody.post(laptopPaths.gone, { device: alex.device, keyring, givenUp: 0 });
  assert.equal((await shown(quinn, alex))?.gone, { atMs: server.clock.ms, givenUp: 14 });
  await anybody.post(laptopPaths.gone, { device: quinn.device, keyring, givenUp: 0 });
  assert.is((await shown(quinn, quinn))?.gone, null);
});

test('a locked app is told that the server has everything only where nothing it knows or retains says otherwise', async ({
  quinn,
  alex,
  lee,
  audit,
  keyring,
  server,
}) => {
  await alex.write(section(audit, 'good'));
  await lee.write(section(audit, 'good'));
  await alex.pull();
  const { cursor } = alex;
  await revoke(quinn, alex, 'lost');
  const hasAll = async (fields: object) => {
    const asked = { device: alex.device, keyring, acknowledged: 1, cursor, kept: [], ...fields };
    const { body } = await openBrowser(server.address).post<{ revoked: { hasAll: boolean } }>(
      laptopPaths.standing,
      asked,
    );
    return body.revoked.hasAll;
  };
  assert.is(await hasAll({}), true);
  assert.is(await hasAll({ kept: [{ device: alex.device, seq: 1 }] }), true);
  assert.is(await hasAll({ acknowledged: 0, kept: [{ device: alex.device, seq: 2 }] }), false, 'it lost one');
  assert.is(await hasAll({ acknowledged: 0, kept: [{ device: newId(), seq: 1 }] }), false, 'of an earlier device');
  assert.is(await hasAll({ kept: [{ device: lee.device, seq: 1 }] }), false, 'nothing is told of others');
  assert.is(await hasAll({ cursor: { ...cursor, epoch: newId() } }), false, 'a server that was put back');
  assert.is(await hasAll({ cursor: { ...cursor, head: '0'.repeat(64) } }), false, 'a file that was copied back');
  assert.is(await hasAll({ cursor: undefined }), false, 'one that does not say');
  assert.is(await hasAll({ kept: undefined }), false, 'one that does not say');
});

test('its person is told at the next sign-in, not by what they did themselves', async ({ quinn, alex, server }) => {
  const kinds = async () => {
    const browser = openBrowser(server.address);
    return (await signIn(browser, 'alex@example.org', password)).body.notices?.map(({ kind }) => kind);
  };
  const other = openLaptop(openBrowser(server.address), alex.session);
  await signInOn(other, 'alex@example.org');
  other.proof = proofs.other;
  await other.pull();
  await revoke(other, other, 'lost');
  assert.equal(await kinds(), []);
  await revoke(quinn, alex, 'stolen');
  assert.equal(await kinds(), ['laptop-stolen']);
});

test('a database from before is told again which laptops are to forget their copy, from the list outside it', async ({
  quinn,
  alex,
  audit,
  server,
  dataDir,
}) => {
  await alex.write(section(audit, 'good', 'before the backup'));
  await revoke(quinn, alex, 'lost', 'handed back');
  const list = openRevoked(joinPath(dataDir, revokedName));
  assert.is(list.list().filter(({ kind }) => kind === 'device').length, 1);
  // As if it were one from before the laptop's first contact.
  for (const table of ['revocation', 'laptop']) server.damage(`delete from ${table} where device = '${alex.device}'`);
  server.damage(`delete from chain where what = 'revoked'`);
  await applyRevoked({ ...server.plumbline.server, revoked: list });

  const again = await shown(quinn, alex);
  assert.equal(
    [again?.person, again?.revoked?.form, again?.revoked?.reason],
    [alex.session.person, 'lost', 'handed back'],
  );
  assert.is((await alex.ask(paths.pull, { cursor: null })).problem?.kind, 'revoked');
  assert.equal(outcomes(await alex.write(section(audit, 'inadequate', 'after it'))), ['accepted']);
  const { problem } = await alex.ask(paths.leave, { cursor: null, acknowledged: alex.seq + 5 });
  assert.is(problem?.kind, 'epoch', 'it had been acknowledged more than is here');
  assert.is((await alex.ask(paths.leave, { cursor: null, acknowledged: alex.seq })).problem, undefined);
});

test('the list outside gets what only the database has: a crash came between them', async ({
  quinn,
  alex,
  server,
  dataDir,
}) => {
  const { revoked } = server.plumbline.server;
  const { add } = revoked;
  Object.assign(revoked, { add: () => undefined });
  await revoke(quinn, alex, 'stolen');
  Object.assign(revoked, { add });
  await applyRevoked(server.plumbline.server);
  await applyRevoked(server.plumbline.server);
  const devices = openRevoked(joinPath(dataDir, revokedName))
    .list()
    .flatMap((each) => (each.kind === 'device' ? [each] : []));
  assert.equal(
    devices.map(({ device, form }) => [device, form]),
    [[alex.device, 'stolen']],
  );
});

test('is in the chain: a changed reason, a revocation taken out or put in are named', async ({
  quinn,
  alex,
  server,
}) => {
  await revoke(quinn, alex, 'lost');
  const found = async () => (await verify(server)).findings.map(({ kind, about }) => `${kind} ${about}`);
  assert.equal(await found(), []);
  const about = `revocation ${alex.device}/lost`;
  const mine = `device = '${alex.device}'`;
  server.damage(`update revocation set reason = 'never happened' where ${mine}`);
  assert.equal(await found(), [`edited ${about}`]);
  server.damage(`update revocation set reason = 'left on a train', form = 'stolen' where ${mine}`);
  assert.equal(await found(), [`deleted ${about}`, `inserted revocation ${alex.device}/stolen`]);
  server.damage(`delete from revocation where ${mine}`);
  assert.equal(await found(), [`deleted ${about}`]);
});

test('whose session it is counts: another person’s laptop cannot be passed off as one’s own', async ({
  quinn,
  alex,
  lee,
}) => {
  const asLee = openLaptop(lee.browser, lee.session, alex.device);
  const asked = await asLee.ask(paths.pull, { cursor: null, contact: { keyring: newId(), app: '0.1.0', unsent: 0 } });
  assert.is(asked.problem?.kind, 'wrong-person');
  const mine = await shown(quinn, alex);
  assert.equal([mine?.person, mine?.unsent?.count], [alex.session.person, 14]);
  await revoke(quinn, alex, 'stolen');
  const session: Session = lee.session;
  assert.is((await openLaptop(lee.browser, session).ask(paths.pull, { cursor: null })).problem, undefined);
});

test.run();
