/**
 * Whose a laptop is: what one person used first, by device id or by keyring, no session of another's may name; and one person
 * begins with so many laptops in a month and no more (FAULTS S8).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { applyRevoked } from '../../server/auth/apply-revoked.ts';
import { revokedName } from '../../server/backup/data-folder.ts';
import { findByKeyring } from '../../server/db/laptops.ts';
import type { Tx } from '../../server/db/tables.ts';
import { up as misplacedDeposits } from '../../server/db/migrations/017-misplaced-deposits.ts';
import { openRevoked } from '../../server/revoked.ts';
import { tryLimits } from '../../server/routes/tries.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import { laptopPaths, type LaptopShown } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, openBrowser, openLaptop, signIn, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  password,
  section,
  startServer,
  type TestServer,
} from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  lee: Laptop;
}

const limit = 4;
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const test = suite<Context>('whose a laptop is');

test.before.each(async (context) => {
  const limits = { ...tryLimits, perPersonMinute: 100_000, perAddressMinute: 100_000, newLaptops: limit };
  context.server = await startServer({ tryLimits: limits });
  context.quinn = await firstQaLead(context.server);
  context.alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
  context.lee = await addPerson(context.quinn, 'Lee', grant('auditor'));
});
test.after.each(({ server }) => server.stop());

const list = async (laptop: Laptop): Promise<LaptopShown[]> =>
  (await laptop.ask<{ laptops: LaptopShown[] }>(laptopPaths.list)).body.laptops;
const pull = (laptop: Laptop, keyring?: string) =>
  laptop.ask(paths.pull, {
    cursor: null,
    ...(keyring === undefined ? {} : { contact: { keyring, app: '0.1.0', unsent: 0 } }),
  });
const kind = async (asked: ReturnType<typeof pull>) => (await asked).problem?.kind;
const deposit = ({ browser }: Laptop, device: string, keyring: string, more = {}) =>
  browser.post(sessionPaths.deposit, { device, keyring, secret: 'ab'.repeat(32), ...more });
const refusals = ({ log }: TestServer): unknown[] =>
  log.flatMap((line) => {
    const { event, why, person } = JSON.parse(line) as Record<string, unknown>;
    return event === 'laptop-refused' ? [[why, person]] : [];
  });

test('a device that is known in any way as one person’s is not another’s, and each try is logged', async ({
  server,
  quinn,
  alex,
  lee,
}) => {
  // As before there was a list of laptops: one that has pushed, one that has deposited.
  await alex.write(section(newId(), 'good'));
  server.damage(`delete from laptop where device = '${alex.device}'`);
  const deposited = newId();
  assert.is((await deposit(alex, deposited, newId())).problem, undefined);
  const listed = openLaptop(alex.browser, alex.session);
  await listed.pull();
  for (const device of [alex.device, deposited, listed.device]) {
    const claimed = openLaptop(lee.browser, lee.session, device);
    claimed.proof = 'b2'.repeat(32);
    assert.is(await kind(pull(claimed, newId())), 'wrong-person');
    claimed.proof = undefined;
    assert.is(await kind(deposit(lee, device, newId())), 'wrong-person');
  }
  const lees = lee.session.person;
  assert.equal(refusals(server), Array(6).fill(['device', lees]));
  const all = await list(quinn);
  assert.is(all.filter(({ person }) => person === lees).length, 0);
  assert.is(await kind(pull(alex)), undefined, 'its own person goes on');
  assert.is((await list(quinn)).find(({ device }) => device === alex.device)?.person, alex.session.person);
});

test('a copy of one’s own that is to be forgotten does not take another’s device with it', async ({
  server,
  quinn,
  alex,
  lee,
}) => {
  await alex.write(section(newId(), 'good'));
  server.damage(`delete from laptop where device = '${alex.device}'`);
  lee.proof = 'b2'.repeat(32);
  await lee.pull();
  await quinn.ask(laptopPaths.revoke, { device: lee.device, form: 'stolen', reason: 'made up', password });
  const { browser, session, proof } = lee;
  await signIn(browser, session.email, password);
  const renamed = openLaptop(browser, session, alex.device);
  renamed.proof = proof;
  assert.is(await kind(pull(renamed)), 'wrong-person');
  assert.is(await kind(pull(alex)), undefined);
  assert.is((await list(alex)).find(({ device }) => device === alex.device)?.revoked, null);
});

/** As if the database were one from before this laptop was set up; and the server starts on it. */
async function forgotten({ damage, plumbline }: TestServer, { device }: Laptop): Promise<void> {
  for (const table of ['held', 'op', 'device', 'laptop', 'recovery'])
    damage(`delete from ${table} where device = '${device}'`);
  await applyRevoked({ ...plumbline.server, revoked: openRevoked(join(plumbline.server.config.dataDir, revokedName)) });
}

for (const [how, before] of [
  ['since', async () => undefined],
  [
    'before there was such a list, or as a crash came before its line',
    async ({ plumbline: { server } }: TestServer) => {
      const path = join(server.config.dataDir, revokedName);
      writeFileSync(path, '');
      await applyRevoked({ ...server, revoked: openRevoked(path) });
    },
  ],
] as const)
  test(`a laptop that a restore lost is still its person’s, set up ${how}: a colleague who knows its id keeps nobody out`, async (context) => {
    const { server, quinn, alex, lee } = context;
    const audit = newId();
    await quinn.write(caseOf(audit), allocation(audit, { auditor: alex.session.person }));
    await alex.write(section(audit, 'good'));
    server.clock.ms += hourMs;
    await before(server);
    server.clock.ms += hourMs;
    await forgotten(server, alex);

    const claimed = openLaptop(lee.browser, lee.session, alex.device);
    assert.is(await kind(pull(claimed)), 'wrong-person');
    assert.is((await claimed.write(section(audit, 'inadequate'))).problem?.kind, 'wrong-person');
    const told = { what: 'discarded', why: 'made up', atMs: 1, content: [] };
    await lee.ask(paths.held, { told: [{ device: alex.device, group: newId(), ...told }], ask: [] });
    assert.is(await kind(pull(alex, newId())), undefined, 'its own person goes on');
    const [shown] = (await list(quinn)).filter(({ device }) => device === alex.device);
    const heardMs = server.clock.ms - 2 * hourMs;
    assert.equal([shown?.person, shown?.firstMs], [alex.session.person, heardMs]);
  });

test('a keyring is its first person’s: another who names it, in a contact or a deposit, is refused and changes nothing', async ({
  server,
  quinn,
  alex,
  lee,
}) => {
  const [synced, deposited] = [newId(), newId()];
  assert.is(await kind(pull(alex, synced)), undefined);
  assert.is((await deposit(alex, alex.device, deposited)).problem, undefined);
  await lee.pull();
  for (const keyring of [synced, deposited]) {
    assert.is(await kind(pull(lee, keyring)), 'wrong-person');
    const ops = lee.seal([section(newId(), 'good')]);
    const pushed = await lee.push(ops, { contact: { keyring, app: '0.1.0', unsent: 0 } });
    assert.is(pushed.problem?.kind, 'wrong-person');
    assert.is(await kind(deposit(lee, lee.device, keyring)), 'wrong-person');
  }
  assert.equal(refusals(server), Array(6).fill(['keyring', lee.session.person]));
  assert.is(server.rows(`select * from op where device = '${lee.device}'`).length, 0);
  assert.is(server.rows(`select * from recovery where person = '${lee.session.person}'`).length, 0);
  // So a laptop of Lee's that is to be forgotten speaks for no copy of Alex's.
  await quinn.ask(laptopPaths.revoke, { device: lee.device, form: 'stolen', reason: 'made up', password });
  const { body } = await openBrowser(server.address).post<{ revoked: unknown }>(laptopPaths.standing, {
    ...{ device: newId(), keyring: synced, acknowledged: 0 },
  });
  assert.is(body.revoked, null);
});

test('a secret deposited under another’s name keeps nobody from what they have used', async ({
  server,
  quinn,
  alex,
  lee,
}) => {
  const keyring = newId();
  await alex.write(section(newId(), 'good'));
  assert.is(await kind(pull(alex, keyring)), undefined);
  // As before there was a list of laptops: what older code took while Lee was signed in.
  const pushed = openLaptop(alex.browser, alex.session);
  await pushed.write(section(newId(), 'good'));
  server.damage(`delete from laptop where device = '${pushed.device}'`);
  assert.is((await deposit(lee, lee.device, newId())).problem, undefined);
  const misplace = (device: string, of: string) =>
    server.damage(`insert into recovery select authority, person, '${of}', '${device}', sealed, deposited_ms from recovery
      where person = '${lee.session.person}' and device = '${lee.device}'`);
  misplace(alex.device, keyring);
  misplace(pushed.device, newId());
  assert.is(await kind(pull(pushed)), undefined, 'who has pushed with it has it');
  const renamed = openLaptop(alex.browser, alex.session);
  assert.is(await kind(pull(renamed, keyring)), undefined, 'who has a laptop of it has it');
  assert.is(await kind(deposit(alex, alex.device, keyring)), undefined);
  assert.is(await kind(pull(lee, keyring)), 'wrong-person');

  // Migration 017 takes such deposits away, and puts right what was listed by them.
  const listed = openLaptop(alex.browser, alex.session);
  await listed.write(section(newId(), 'good'));
  misplace(listed.device, newId());
  server.damage(`update laptop set person = '${lee.session.person}' where device = '${listed.device}'`);
  await server.plumbline.server.database.write((tx) => misplacedDeposits(tx as never));
  const left = server.rows(`select person, device from recovery order by device`);
  const kept = [alex, lee].map(({ session: { person }, device }) => ({ person, device }));
  assert.equal(
    left.map(({ person, device }) => ({ person, device })),
    kept.sort((a, b) => (a.device < b.device ? -1 : 1)),
  );
  assert.is((await list(quinn)).find(({ device }) => device === listed.device)?.person, alex.session.person);
});

test('two people on one computer, each with their own copy, are two laptops', async ({ server, alex, lee }) => {
  const shared = openBrowser(server.address);
  const copies = [alex, lee].map(({ session }) => ({ keyring: newId(), laptop: openLaptop(shared, session) }));
  for (let turn = 0; turn < 2; turn += 1) {
    for (const { keyring, laptop } of copies) {
      await signIn(shared, laptop.session.email, password);
      assert.is((await deposit(laptop, laptop.device, keyring)).problem, undefined);
      assert.is(await kind(pull(laptop, keyring)), undefined);
    }
  }
  assert.equal(refusals(server), []);
});

test('a secret is deposited for the person it is of, also when somebody else has signed in meanwhile', async ({
  server,
  alex,
  lee,
}) => {
  const keyring = newId();
  const asked = { person: alex.session.person };
  assert.is(await kind(deposit(lee, newId(), keyring, asked)), 'wrong-person');
  assert.is(server.rows('select * from recovery').length, 0);
  assert.is(await kind(deposit(alex, newId(), keyring, asked)), undefined);
});

test('a person begins with so many laptops in a month: one more is refused and logged, those that are known go on', async ({
  server,
  alex,
  lee,
}) => {
  const another = () => openLaptop(alex.browser, alex.session);
  const known = Array.from({ length: limit }, another);
  for (const laptop of known) assert.is(await kind(pull(laptop)), undefined);
  assert.is(await kind(pull(another())), 'too-many-laptops');
  assert.is(await kind(deposit(alex, newId(), newId())), 'too-many-laptops');
  const tooMany = ['too-many', alex.session.person];
  assert.equal(refusals(server), [tooMany, tooMany]);
  assert.is((await list(alex)).length, limit);
  for (const laptop of known) assert.is(await kind(pull(laptop)), undefined);
  assert.is(await kind(deposit(alex, known[0]?.device ?? '', newId())), undefined, 'one that is known, again');
  assert.is(await kind(pull(lee)), undefined, 'somebody else');

  server.clock.ms += 30 * dayMs;
  await signIn(alex.browser, alex.session.email, password);
  assert.is(await kind(pull(another())), undefined, 'a month later');
});

test('another device id of a copy that is theirs is no laptop more, and a copy has so many of them', async ({
  server,
  alex,
}) => {
  const another = () => openLaptop(alex.browser, alex.session);
  const keyrings = Array.from({ length: limit }, newId);
  for (const keyring of keyrings) assert.is(await kind(pull(another(), keyring)), undefined);
  assert.is(await kind(pull(another(), newId())), 'too-many-laptops');
  for (let n = 1; n < limit; n += 1) assert.is(await kind(pull(another(), keyrings[0])), undefined);
  assert.is(await kind(pull(another(), keyrings[0])), 'too-many-laptops');

  server.clock.ms += 30 * dayMs;
  await signIn(alex.browser, alex.session.email, password);
  assert.is(await kind(pull(another(), keyrings[0])), undefined);
  for (let n = 0; n < limit; n += 1)
    assert.is(await kind(pull(another(), newId())), undefined, 'the other id was none of the next month either');
  assert.is(await kind(pull(another(), newId())), 'too-many-laptops');
});

test('a secret that is deposited again makes its copy no newer', async ({ server, alex }) => {
  const copies = Array.from({ length: limit }, () => [newId(), newId()] as const);
  for (const [device, keyring] of copies) assert.is(await kind(deposit(alex, device, keyring)), undefined);
  server.clock.ms += 30 * dayMs;
  await signIn(alex.browser, alex.session.email, password);
  for (const [device, keyring] of copies) assert.is(await kind(deposit(alex, device, keyring)), undefined);
  assert.is(await kind(deposit(alex, newId(), newId())), undefined);
});

test('who is not signed in writes nothing into the log of somebody’s refusals', async ({ server, alex, lee }) => {
  await alex.pull();
  const forged = openLaptop(openBrowser(server.address), lee.session, alex.device);
  forged.proof = 'b2'.repeat(32);
  assert.is(await kind(pull(forged)), 'signed-out');
  assert.equal(refusals(server), []);
});

test('many at once are no more', async ({ alex }) => {
  await Promise.all(Array.from({ length: 5 * limit }, () => pull(openLaptop(alex.browser, alex.session))));
  assert.is((await list(alex)).length, limit);
});

test('copies that were set up and have not synced yet count where another is set up', async ({ alex }) => {
  for (let n = 0; n < limit; n += 1) assert.is(await kind(deposit(alex, newId(), newId())), undefined);
  assert.is(await kind(deposit(alex, newId(), newId())), 'too-many-laptops');
});

test('a copy that is to be forgotten is so under any id, and makes no more rows than others', async ({
  server,
  quinn,
  alex,
}) => {
  alex.proof = 'a1'.repeat(32);
  await alex.pull();
  await quinn.ask(laptopPaths.revoke, { device: alex.device, form: 'lost', reason: '' });
  for (let n = 0; n < 3 * limit; n += 1) {
    const renamed = openLaptop(alex.browser, alex.session);
    renamed.proof = alex.proof;
    const answer = await kind(pull(renamed));
    assert.is(answer, n < limit - 1 ? 'revoked' : 'signed-out');
  }
  assert.is(server.rows('select * from revocation').length, limit);
});

test('renamed, a laptop makes no room for another: its keyring stays what it was first', async ({
  server,
  quinn,
  alex,
}) => {
  const another = () => openLaptop(alex.browser, alex.session);
  const [first, other] = [newId(), newId()];
  const answers: unknown[] = [];
  for (let n = 0; n < 3 * limit; n += 1) {
    const laptop = another();
    const answer = await kind(pull(laptop, first));
    answers.push(answer);
    if (answer === undefined) assert.is(await kind(pull(laptop, other)), undefined);
  }
  assert.is(answers.filter((answer) => answer === undefined).length, limit);
  assert.is((await list(alex)).length, limit);
  const rows = server.rows('select distinct keyring from laptop where keyring is not null');
  assert.equal(rows, [{ keyring: first }]);
  // So a locked app that asks by it hears that it is to be forgotten.
  const [{ device }] = (await list(alex)) as [LaptopShown];
  await quinn.ask(laptopPaths.revoke, { device, form: 'stolen', reason: 'made up', password });
  const asked = { device: newId(), acknowledged: 0 };
  for (const [keyring, form] of [
    [first, 'stolen'],
    [other, undefined],
  ] as const) {
    const browser = openBrowser(server.address);
    const { body } = await browser.post<{ revoked: { form: string } | null }>(laptopPaths.standing, {
      ...asked,
      keyring,
    });
    assert.is(body.revoked?.form, form);
  }
});

test('nor does one that says later which copy it is: a copy has so many ids, however they came to it', async ({
  server,
  alex,
}) => {
  const keyring = newId();
  for (let n = 0; n < 4 * limit; n += 1) {
    const laptop = openLaptop(alex.browser, alex.session);
    if ((await kind(pull(laptop))) === undefined) await pull(laptop, keyring);
  }
  const named = server.rows(`select device from laptop where keyring = '${keyring}'`).length;
  // The first of them is the copy; the others count as copies of their own as long as they have said nothing.
  assert.equal([named, (await list(alex)).length], [limit, 2 * limit - 1]);
});

test('nor does a copy that is to be forgotten and has a keyring', async ({ server, quinn, alex }) => {
  alex.proof = 'a1'.repeat(32);
  await pull(alex, newId());
  await quinn.ask(laptopPaths.revoke, { device: alex.device, form: 'lost', reason: '' });
  for (let n = 0; n < 3 * limit; n += 1) {
    const renamed = openLaptop(alex.browser, alex.session);
    renamed.proof = alex.proof;
    await pull(renamed, n % 2 === 0 ? undefined : newId());
  }
  assert.is(server.rows('select * from revocation').length, limit);
});

/** Laptops that are in the list by hand, heard of after anybody else's. */
function crowd({ server, alex }: Context, count: number, keyrings: readonly string[]): void {
  const { authority, person } = alex.session;
  const columns = 'authority, device, person, keyring, browser, name, first_ms, last_ms';
  const later = server.clock.ms + dayMs;
  for (let from = 0; from < count; from += 500) {
    const rows = Array.from({ length: 500 }, (_, i) => {
      const keyring = keyrings[(from + i) % keyrings.length] ?? '';
      return `('${authority}', '${newId()}', '${person}', '${keyring}', '', '', ${later}, ${later})`;
    });
    server.damage(`insert into laptop (${columns}) values ${rows.join(', ')}`);
  }
}

test('however many laptops one person has, the others’ are in the list, and each copy of theirs', async (context) => {
  const { quinn, alex, lee } = context;
  await pull(alex, newId());
  await pull(lee, newId());
  crowd(context, 6_000, [newId(), newId()]);
  const all = await list(quinn);
  assert.is(all.length, 5_000);
  for (const laptop of [alex, lee]) assert.ok(all.some(({ device }) => device === laptop.device));
  const times = all.map(({ lastMs }) => lastMs);
  assert.equal(
    times,
    [...times].sort((a, b) => b - a),
  );
});

test('a keyring of many ids is looked up at once', async (context) => {
  const { server, alex } = context;
  const keyring = newId();
  await pull(alex, keyring);
  crowd(context, 500, [keyring]);
  let count = 0;
  const counted: KyselyPlugin = {
    transformQuery: ({ node }) => ((count += 1), node),
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const { database, authority } = server.plumbline.server;
  const ask = (device: string) =>
    database.read((tx) => findByKeyring(tx.withPlugin(counted) as Tx, authority.id, keyring, device as DeviceId));
  assert.is(await ask(newId()), undefined);
  assert.is((await ask(alex.device))?.device, alex.device);
  assert.is(count, 2);
});

test.run();
