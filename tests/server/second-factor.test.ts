/** The second factor: set up by choice or because the council asks, asked for at every sign-in, each code once, taken away by a QA lead. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { applyRevoked } from '../../server/auth/apply-revoked.ts';
import type { Enrolment } from '../../src/protocol/problem.ts';
import { sessionPaths, type Account, type Session } from '../../src/protocol/session.ts';
import { codeOf } from './authenticator-app.ts';
import { join, openBrowser, openLaptop, type Browser, type Laptop, type Reply } from './client.ts';
import { addPerson, firstQaLead, grant, password, startServer, type TestServer } from './example.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
}

const test = suite<Context>('the second factor');
test.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-factor-'));
  context.server = await startServer({ dataDir: context.dataDir });
  context.quinn = await firstQaLead(context.server);
  context.alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const appCode = (secret: string, { clock }: TestServer, by = 0): string => codeOf(secret, clock.ms, by);

const tryIn = (
  browser: Browser,
  code?: string,
  email = 'alex@example.org',
  given = password,
): Promise<Reply<Session>> =>
  browser.post(sessionPaths.signIn, { email, password: given, ...(code === undefined ? {} : { code }) });
const kindOf = async (asked: Promise<Reply<unknown>>) => (await asked).problem?.kind;
const kindsOf = ({ body }: Reply<Session>) => body.notices?.map(({ kind }) => kind);
const factorOf = async (laptop: Laptop) => (await laptop.browser.post<Session>(sessionPaths.session, {})).body.factor;

async function setUp(laptop: Laptop, server: TestServer): Promise<Enrolment> {
  const begun = await laptop.browser.post<Enrolment>(sessionPaths.beginFactor, { password });
  const code = appCode(begun.body.secret, server);
  assert.is(await kindOf(laptop.browser.post(sessionPaths.confirmFactor, { code })), undefined);
  server.clock.ms += 30_000;
  return begun.body;
}

test('is off at first, and in use only once a code of it has been shown', async ({ server, alex }) => {
  assert.equal(await factorOf(alex), { enrolled: false, required: false, codesLeft: 0 });
  assert.is(
    await kindOf(alex.browser.post(sessionPaths.beginFactor, { password: 'not the one' })),
    'wrong-credentials',
  );
  const begun = await alex.browser.post<Enrolment>(sessionPaths.beginFactor, { password });
  assert.is(begun.body.codes.length, 10);
  assert.is(new URL(begun.body.uri).searchParams.get('secret'), begun.body.secret);
  assert.is(await kindOf(tryIn(openBrowser(server.address))), undefined, 'not yet in use');
  assert.is(await kindOf(alex.browser.post(sessionPaths.confirmFactor, { code: '000000' })), 'wrong-code');
  const code = appCode(begun.body.secret, server);
  assert.is(
    await kindOf(alex.browser.post(sessionPaths.confirmFactor, { code: `${code.slice(0, 3)} ${code.slice(3)}` })),
    undefined,
  );
  assert.equal(await factorOf(alex), { enrolled: true, required: false, codesLeft: 10 });
  assert.is(await kindOf(tryIn(openBrowser(server.address))), 'second-factor');
  const kept = server.dump();
  assert.not.match(kept, begun.body.secret);
  for (const each of begun.body.codes) assert.not.match(kept, each.replace('-', ''));
});

test('is asked for after the right password alone, and a code counts once', async ({ server, alex }) => {
  const { secret } = await setUp(alex, server);
  const browser = openBrowser(server.address);
  assert.is(await kindOf(tryIn(browser, undefined, 'alex@example.org', 'not the one')), 'wrong-credentials');
  assert.is(
    await kindOf(tryIn(browser, appCode(secret, server), 'alex@example.org', 'not the one')),
    'wrong-credentials',
  );
  assert.is(await kindOf(tryIn(browser)), 'second-factor');
  assert.is(browser.cookie, undefined, 'no session before the code');
  assert.is(await kindOf(tryIn(browser, '000000')), 'wrong-code');
  const code = appCode(secret, server);
  const both = await Promise.all([tryIn(openBrowser(server.address), code), tryIn(openBrowser(server.address), code)]);
  assert.equal(both.map(({ problem }) => problem?.kind ?? 'in').sort(), ['in', 'wrong-code'], 'of two at once');
  assert.is(await kindOf(tryIn(browser, code)), 'wrong-code', 'replayed');
  assert.is(await kindOf(tryIn(browser, appCode(secret, server, 1))), undefined);
  assert.is(await kindOf(tryIn(browser, appCode(secret, server))), 'wrong-code', 'an older one');
});

test('guessing codes waits as guessing passwords does', async (context) => {
  await setUp(context.alex, context.server);
  await context.server.plumbline.close();
  const tryLimits = {
    perAccount: 3,
    perAddress: 1000,
    firstWaitMs: 15_000,
    perPersonMinute: 1000,
    perAddressMinute: 100_000,
    newLaptops: 100_000,
    keptBytesDay: 1e12,
  };
  const server = (context.server = await startServer({ dataDir: context.dataDir, tryLimits }));
  const kinds = [];
  for (let n = 0; n < 4; n += 1) kinds.push(await kindOf(tryIn(openBrowser(server.address), `00000${n}`)));
  assert.equal(kinds, ['wrong-code', 'wrong-code', 'wrong-code', 'too-many-tries']);
});

test('a recovery code signs in once, written as a person writes', async ({ server, alex, quinn }) => {
  const { codes } = await setUp(alex, server);
  const [first = '', second = ''] = codes;
  const typed = ` ${first.toLowerCase().replace('-', ' ')} `.trim();
  const signed = await tryIn(openBrowser(server.address), typed);
  assert.is(signed.body.factor?.codesLeft, 9);
  assert.is(await kindOf(tryIn(openBrowser(server.address), first)), 'wrong-code');
  // Nobody else's.
  const own = await setUp(quinn, server);
  assert.is(await kindOf(tryIn(openBrowser(server.address), second, 'quinn@example.org')), 'wrong-code');
  assert.is(await kindOf(tryIn(openBrowser(server.address), own.codes[0], 'quinn@example.org')), undefined);
});

test('another app takes the place of the one before, with other recovery codes', async ({ server, alex }) => {
  const before = await setUp(alex, server);
  const begin = (code?: string) =>
    alex.browser.post<Enrolment>(sessionPaths.beginFactor, { password, ...(code === undefined ? {} : { code }) });
  assert.is(await kindOf(begin()), 'second-factor', 'the password alone does not do');
  assert.is(await kindOf(begin('000000')), 'wrong-code');
  assert.is(await kindOf(begin(before.codes[0])), undefined, 'nor is a lost app in the way');
  const begun = await begin(appCode(before.secret, server));
  server.clock.ms += 30_000;
  assert.is(
    await kindOf(tryIn(openBrowser(server.address), appCode(before.secret, server))),
    undefined,
    'until it is proved',
  );
  server.clock.ms += 30_000;
  await alex.browser.post(sessionPaths.confirmFactor, { code: appCode(begun.body.secret, server) });
  server.clock.ms += 30_000;
  assert.is(await kindOf(tryIn(openBrowser(server.address), appCode(before.secret, server))), 'wrong-code');
  assert.is(await kindOf(tryIn(openBrowser(server.address), before.codes[3])), 'wrong-code');
  assert.is(await kindOf(tryIn(openBrowser(server.address), appCode(begun.body.secret, server))), undefined);
});

test('its person turns it off with password and code, and is told', async ({ server, alex }) => {
  const { secret } = await setUp(alex, server);
  const remove = (given: string, code: string) =>
    kindOf(alex.browser.post(sessionPaths.removeFactor, { password: given, code }));
  assert.is(await remove('not the one', appCode(secret, server)), 'wrong-credentials');
  assert.is(await remove(password, '000000'), 'wrong-code');
  assert.is(await remove(password, appCode(secret, server)), undefined);
  const signed = await tryIn(openBrowser(server.address));
  assert.equal(
    signed.body.notices?.map(({ kind }) => kind),
    ['factor-removed'],
  );
});

test('a QA lead takes somebody’s away: signed out, told, logged; nobody else can, nor their own', async ({
  server,
  alex,
  quinn,
}) => {
  await setUp(alex, server);
  await setUp(quinn, server);
  const { person } = alex.session;
  const reset = (by: Laptop, whom: string) => kindOf(by.browser.post(sessionPaths.resetFactor, { person: whom }));
  assert.is(await reset(alex, person), 'not-found');
  assert.is(await reset(quinn, quinn.session.person), 'not-found');
  assert.is(await kindOf(alex.browser.post(sessionPaths.accounts, {})), 'not-found');
  const accounts = async () =>
    (await quinn.browser.post<{ accounts: Account[] }>(sessionPaths.accounts, {})).body.accounts.find(
      (one) => one.person === person,
    );
  assert.equal(await accounts(), { person, hasPassword: true, blocked: false, secondFactor: true });
  assert.is(await reset(quinn, person), undefined);
  assert.is(await kindOf(alex.browser.post(sessionPaths.session, {})), 'signed-out');
  assert.equal(await accounts(), { person, hasPassword: true, blocked: false, secondFactor: false });
  const signed = await tryIn(openBrowser(server.address));
  assert.equal(
    signed.body.notices?.map(({ kind }) => kind),
    ['factor-reset'],
  );
  assert.ok(server.log.some((line) => line.includes('factor-reset') && line.includes(quinn.session.person)));
  assert.is(await reset(quinn, person), 'not-found', 'nothing to take away');
});

test('a database from before does not bring back one that was taken away, nor take one that was set up since', async (context) => {
  const { server, alex, quinn } = context;
  const { person } = alex.session;
  const lost = await setUp(alex, server);
  const old = server.rows(`select * from second_factor where person = '${person}'`)[0] ?? {};
  const before = server.rows(`select * from session where person = '${person}'`)[0] ?? {};
  assert.is(await kindOf(quinn.browser.post(sessionPaths.resetFactor, { person })), undefined);
  const put = (table: string, row: Record<string, unknown>): void => {
    const values = Object.values(row).map((value) => (value === null ? 'null' : `'${String(value)}'`));
    server.damage(`insert into ${table} (${Object.keys(row).join(', ')}) values (${values.join(', ')})`);
  };
  put('second_factor', old);
  put('session', before);
  await applyRevoked(server.plumbline.server);
  assert.is(await kindOf(tryIn(openBrowser(server.address))), undefined, 'in with the password, as after the reset');
  assert.is(await kindOf(alex.browser.post(sessionPaths.session, {})), 'signed-out');

  await tryIn(alex.browser);
  const fresh = await setUp(alex, server);
  assert.is.not(fresh.secret, lost.secret);
  await applyRevoked(server.plumbline.server);
  assert.is(await kindOf(tryIn(openBrowser(server.address))), 'second-factor');
  assert.is(await kindOf(tryIn(openBrowser(server.address), appCode(fresh.secret, server))), undefined);
});

test('one that is set up in the very half minute of the reset stays', async ({ server, alex, quinn }) => {
  const { person } = alex.session;
  await setUp(alex, server);
  server.clock.ms = Math.ceil(server.clock.ms / 30_000) * 30_000 + 1000;
  assert.is(await kindOf(quinn.browser.post(sessionPaths.resetFactor, { person })), undefined);
  server.clock.ms += 1;
  await tryIn(alex.browser);
  const begun = await alex.browser.post<Enrolment>(sessionPaths.beginFactor, { password });
  // Of the step before: a code may be that old.
  const code = appCode(begun.body.secret, server, -1);
  assert.is(await kindOf(alex.browser.post(sessionPaths.confirmFactor, { code })), undefined);
  await applyRevoked(server.plumbline.server);
  assert.is(await kindOf(tryIn(openBrowser(server.address))), 'second-factor');
  assert.is(await kindOf(alex.browser.post(sessionPaths.session, {})), undefined, 'nor does the new session end');
});

test('sessions from before a reset do not come back without the factor', async ({ server, alex, quinn }) => {
  const { person } = alex.session;
  await setUp(alex, server);
  const [before = {}] = server.rows(`select * from session where person = '${person}'`);
  assert.is(await kindOf(quinn.browser.post(sessionPaths.resetFactor, { person })), undefined);
  const values = Object.values(before).map((value) => (value === null ? 'null' : `'${String(value)}'`));
  server.damage(`insert into session (${Object.keys(before).join(', ')}) values (${values.join(', ')})`);
  assert.is(await kindOf(alex.browser.post(sessionPaths.session, {})), undefined);
  await applyRevoked(server.plumbline.server);
  assert.is(await kindOf(alex.browser.post(sessionPaths.session, {})), 'signed-out');
});

test('one that is set or replaced is told to whoever has a laptop already, or had another', async (context) => {
  const { server, alex, quinn } = context;
  const lead = await setUp(quinn, server);
  assert.equal(
    kindsOf(await tryIn(openBrowser(server.address), appCode(lead.secret, server), 'quinn@example.org')),
    ['factor-set'],
    'from a laptop',
  );
  const { secret } = await setUp(alex, server);
  assert.equal(
    kindsOf(await tryIn(openBrowser(server.address), appCode(secret, server))),
    [],
    'before the first laptop',
  );
  server.clock.ms += 30_000;
  const given = { password, code: appCode(secret, server) };
  const begun = await alex.browser.post<Enrolment>(sessionPaths.beginFactor, given);
  const code = appCode(begun.body.secret, server);
  assert.is(await kindOf(alex.browser.post(sessionPaths.confirmFactor, { code })), undefined);
  server.clock.ms += 30_000;
  const signed = await tryIn(openBrowser(server.address), appCode(begun.body.secret, server));
  assert.equal(kindsOf(signed), ['factor-set'], 'replaced');
});

test('where the council asks it of a role, it is set up on the way in, and a new password does not go round it', async (context) => {
  const { quinn, alex } = context;
  await alex.pull();
  const invited = await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.session.person });
  await context.server.plumbline.close();
  const env = { SECOND_FACTOR_FOR: 'qa-lead, auditor' };
  const server = (context.server = await startServer({ dataDir: context.dataDir, env }));
  const browser = openBrowser(server.address);
  assert.is(await kindOf(join(browser, invited.body.link, 'another good secret')), 'second-factor');
  assert.is(browser.cookie, undefined);
  const first = await tryIn(browser, undefined, 'alex@example.org', 'another good secret');
  assert.ok(first.problem?.kind === 'enrol');
  const asked = await tryIn(browser, undefined, 'alex@example.org', 'another good secret');
  const { problem } = asked;
  if (problem?.kind !== 'enrol') throw new Error('not asked to set one up');
  const { secret } = problem.enrolment;
  server.clock.ms += 1000;
  assert.is(await kindOf(tryIn(browser, '000000', 'alex@example.org', 'another good secret')), 'wrong-code');
  const signed = await tryIn(browser, appCode(secret, server), 'alex@example.org', 'another good secret');
  assert.equal(signed.body.factor, { enrolled: true, required: true, codesLeft: 10 });
  assert.equal(kindsOf(signed), ['password', 'factor-set']);
  assert.is(server.log.filter((line) => line.includes('"factor-set"')).length, 1);
  server.clock.ms += 30_000;
  const again = openLaptop(browser, signed.body);
  const off = { password: 'another good secret', code: appCode(secret, server) };
  assert.is(await kindOf(again.browser.post(sessionPaths.removeFactor, off)), 'wrong-code', 'it cannot be turned off');
});

test.run();
