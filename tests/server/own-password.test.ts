/** Changing one's own password: the one in use is shown, the new one is held to the same rules, and nothing else of the account stays open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { applyRevoked } from '../../server/auth/apply-revoked.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import type { Enrolment } from '../../src/protocol/problem.ts';
import { sessionPaths, type Session } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { codeOf } from './authenticator-app.ts';
import { join, newId, openBrowser, signIn, type Browser, type Laptop } from './client.ts';
import { addPerson, firstQaLead, grant, password, startServer, type TestServer } from './example.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
}

const test = suite<Context>('changing one’s own password');
test.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-password-'));
  context.server = await startServer({ dataDir: context.dataDir });
  context.quinn = await firstQaLead(context.server);
  context.alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const email = 'alex@example.org';
const newPassword = 'seven grey herons';
const change = (browser: Browser, fields: object = {}) =>
  browser.post<Session>(sessionPaths.changePassword, { password, newPassword, ...fields });
const whoIs = async (browser: Browser) => (await browser.post<Session>(sessionPaths.session, {})).problem?.kind ?? 'in';

test('the new one signs in and the old one does not; the session that asked goes on under another name, all others end', async ({
  server,
  alex,
}) => {
  const other = openBrowser(server.address);
  await signIn(other, email, password);
  const before = alex.browser.cookie;
  assert.is((await change(alex.browser)).body.person, alex.session.person);
  assert.is.not(alex.browser.cookie, before);
  assert.is(await whoIs(alex.browser), 'in');
  assert.is(await whoIs(other), 'signed-out');
  const copied = openBrowser(server.address);
  copied.cookie = before;
  assert.is(await whoIs(copied), 'signed-out', 'a copy of the cookie as it was');
  assert.is((await signIn(openBrowser(server.address), email, password)).problem?.kind, 'wrong-credentials');
  assert.is((await signIn(openBrowser(server.address), email, newPassword)).body.name, 'Alex');
  assert.ok(server.log.some((line) => line.includes('password-changed') && line.includes(alex.session.person)));
  assert.not.match(server.log.join(''), newPassword);
});

test('its person is told of it, wherever they sign in next', async ({ server, alex }) => {
  await change(alex.browser);
  const { body } = await signIn(openBrowser(server.address), email, newPassword);
  assert.equal(
    body.notices?.map(({ kind }) => kind),
    ['password-changed'],
  );
});

test('the session still belongs to the copy it did: the cookie alone is worth nothing', async ({ alex }) => {
  alex.proof = newId() + newId();
  await alex.pull();
  assert.is(await whoIs(alex.browser), 'signed-out');
  const headers = { 'x-plumbline-unlocked': alex.proof };
  const changed = await alex.browser.post<Session>(sessionPaths.changePassword, { password, newPassword }, headers);
  assert.is(changed.body.person, alex.session.person);
  assert.is(await whoIs(alex.browser), 'signed-out');
  assert.is((await alex.ask(paths.buckets, {})).problem, undefined);
});

test('without the password in use nothing changes', async ({ server, alex }) => {
  assert.is((await change(alex.browser, { password: 'a wrong password' })).problem?.kind, 'wrong-credentials');
  assert.is((await signIn(openBrowser(server.address), email, password)).body.name, 'Alex');
  assert.is((await change(openBrowser(server.address))).problem?.kind, 'signed-out', 'not without a session');
});

test('a short or a guessable one is refused', async ({ alex }) => {
  for (const weak of ['short', 'passwordpassword', 'Alex Alex Alex', 'Testshire2026'])
    assert.is((await change(alex.browser, { newPassword: weak })).problem?.kind, 'weak-password', weak);
  assert.is((await change(alex.browser)).problem, undefined);
});

test('a link that was open does not set it again', async ({ server, quinn, alex }) => {
  const { body } = await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.session.person });
  await change(alex.browser);
  assert.is((await join(openBrowser(server.address), body.link, 'another one to try')).problem?.kind, 'bad-invitation');
});

test('a database from before does not bring the old one back', async ({ server, alex }) => {
  const [old = {}] = server.rows(`select password, changed_ms from account where person = '${alex.session.person}'`);
  server.clock.ms += 1000;
  await change(alex.browser);
  server.damage(
    `update account set password = '${String(old['password'])}', changed_ms = ${String(old['changed_ms'])} where person = '${alex.session.person}'`,
  );
  assert.is((await signIn(openBrowser(server.address), email, password)).body.name, 'Alex', 'put back');
  await applyRevoked(server.plumbline.server);
  assert.is((await signIn(openBrowser(server.address), email, password)).problem?.kind, 'wrong-credentials');
});

test('of two changes at once that show the same password one succeeds', async ({ server, alex }) => {
  const second = openBrowser(server.address);
  await signIn(second, email, password);
  const both = await Promise.all([change(alex.browser), change(second, { newPassword: 'eight grey herons' })]);
  assert.is(both.filter(({ problem }) => problem === undefined).length, 1);
});

/** What is done to somebody while their new password is being hashed, which takes a while. */
const meanwhile: Readonly<Record<string, (context: Context) => Promise<unknown>>> = {
  'may not sign in any more': ({ quinn, alex }) =>
    quinn.browser.post(sessionPaths.access, { person: alex.session.person, allowed: false }),
  'signs out': ({ alex }) => {
    const browser = openBrowser(alex.browser.address);
    browser.cookie = alex.browser.cookie;
    return browser.post(sessionPaths.signOut, {});
  },
  'is reported to have a stolen laptop': ({ quinn, alex }) =>
    quinn.browser.post(laptopPaths.revoke, { device: alex.device, form: 'stolen', reason: 'made up', password }),
};
for (const [what, done] of Object.entries(meanwhile))
  test(`whoever ${what} while it is being changed has no session from it, and the old password`, async (context) => {
    const { server, alex } = context;
    await alex.pull();
    const { passwords } = server.plumbline.server;
    const { hash } = passwords;
    Object.assign(passwords, {
      hash: async (...given: Parameters<typeof hash>) => {
        assert.is(((await done(context)) as { problem?: unknown }).problem, undefined);
        return hash(...given);
      },
    });
    assert.is((await change(alex.browser)).problem?.kind, 'signed-out');
    Object.assign(passwords, { hash });
    assert.equal(server.rows(`select * from session where person = '${alex.session.person}'`), []);
    assert.not.match(server.log.join(''), 'password-changed');
    assert.is((await signIn(openBrowser(server.address), email, newPassword)).problem?.kind, 'wrong-credentials');
  });

test('where there is a second factor its code is asked for too: signing in would', async ({ server, alex }) => {
  const begun = await alex.browser.post<Enrolment>(sessionPaths.beginFactor, { password });
  const code = codeOf(begun.body.secret, server.clock.ms);
  assert.is((await alex.browser.post(sessionPaths.confirmFactor, { code })).problem, undefined);
  server.clock.ms += 30_000;
  assert.is((await change(alex.browser)).problem?.kind, 'second-factor');
  assert.is((await change(alex.browser, { code: '000000' })).problem?.kind, 'wrong-code');
  assert.is((await change(alex.browser, { code: codeOf(begun.body.secret, server.clock.ms) })).problem, undefined);
  const signed = await signIn(openBrowser(server.address), email, newPassword);
  assert.is(signed.problem?.kind, 'second-factor');
});

test('somebody with a council account alone has none to change, and is told so', async ({ server, alex }) => {
  assert.is((await alex.browser.post<Session>(sessionPaths.session, {})).body.hasPassword, true);
  server.damage(`update account set password = '' where person = '${alex.session.person}'`);
  assert.is((await alex.browser.post<Session>(sessionPaths.session, {})).body.hasPassword, false);
  assert.is((await change(alex.browser)).problem?.kind, 'wrong-credentials');
});

test.run();
