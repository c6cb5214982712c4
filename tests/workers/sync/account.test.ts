/** Account calls against the real server: join, sign in, deposit, recover, sign out, and what a refused one says. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeAt } from '../../../server/auth/totp.ts';
import type { DeviceId, PersonId } from '../../../src/domain/ids.ts';
import { accountOn } from '../../../workers/sync/account.ts';
import { openTransport } from '../../../workers/sync/transport.ts';
import { newId } from '../../server/client.ts';
import { password, startServer, type TestServer } from '../../server/example.ts';
import { fakeTime } from './fake-time.ts';

const test = suite<{ server: TestServer }>('account calls');

test.before.each(async (context) => {
  context.server = await startServer();
});
test.after.each(({ server }) => server.stop());

/** A browser: one cookie, and who signed in with it. */
function browserAt(server: TestServer) {
  const signedIn: string[] = [];
  let cookie = '';
  const transport = openTransport({
    origin: server.address.replace(/\/$/, ''),
    now: () => server.clock.ms,
    newNonce: newId,
    timers: fakeTime().timers,
    onContact: () => undefined,
    send: async (url, init) => {
      const response = await fetch(url, { ...init, headers: { ...init.headers, cookie } });
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return response;
    },
  });
  return { account: accountOn(transport, ({ name }) => signedIn.push(name)), signedIn };
}

const tokenOf = (link: string | null): string => link?.split('#')[1] ?? '';
const quinn = { name: 'Quinn', email: 'quinn@example.org' };

test('whose server it is, before anybody signs in', async ({ server }) => {
  const { account } = browserAt(server);
  assert.equal(await account.authority(), { ok: true, value: { authorityName: 'Testshire', councilSignIn: false } });
});

test('the first QA lead joins with name and email and is signed in', async ({ server }) => {
  const { account, signedIn } = browserAt(server);
  const token = tokenOf(server.plumbline.firstLink);
  const invitation = await account.invitation(token);
  assert.equal(invitation.ok && [invitation.value.authorityName, invitation.value.needsProfile], ['Testshire', true]);
  const joined = await account.join(token, password, quinn);
  assert.equal(joined.ok && [joined.value.name, joined.value.email], ['Quinn', 'quinn@example.org']);
  assert.equal(signedIn, ['Quinn']);
  const session = await account.session();
  assert.equal(session, joined);
});

test('sign out, sign in, and what wrong ones answer', async ({ server }) => {
  const { account, signedIn } = browserAt(server);
  await account.join(tokenOf(server.plumbline.firstLink), password, quinn);
  assert.equal(await account.signOut(), { ok: true, value: null });
  assert.equal(await account.session(), { ok: false, problem: { kind: 'signed-out' } });
  assert.equal(await account.signIn(quinn.email, 'something else'), {
    ok: false,
    problem: { kind: 'wrong-credentials' },
  });
  assert.is((await account.signIn(quinn.email, password)).ok, true);
  assert.equal(signedIn, ['Quinn', 'Quinn']);
  assert.equal(await account.join('x'.repeat(43), password), { ok: false, problem: { kind: 'bad-invitation' } });
});

test('another second factor is begun with a code of the one in use', async ({ server }) => {
  const { account } = browserAt(server);
  await account.join(tokenOf(server.plumbline.firstLink), password, quinn);
  const first = await account.beginFactor(password, undefined);
  assert.ok(first.ok);
  const [{ secret, codes }, step] = [first.value, Math.floor(server.clock.ms / 30_000)];
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  assert.is((await account.confirmFactor(codeAt(key, step))).ok, true);
  assert.equal(await account.beginFactor(password, undefined), { ok: false, problem: { kind: 'second-factor' } });
  assert.is((await account.beginFactor(password, codes[0])).ok, true);
});

test('a deposited secret comes back once, after a sign-in made for it, and to nobody else', async ({ server }) => {
  const { account } = browserAt(server);
  const joined = await account.join(tokenOf(server.plumbline.firstLink), password, quinn);
  assert.ok(joined.ok);
  const [keyring, secret] = [newId(), newId() + newId()];
  const copy = { keyring, device: newId() as DeviceId, person: joined.value.person };
  const another = { ...copy, person: newId() as PersonId };
  assert.equal(await account.deposit(another, secret), { ok: false, problem: { kind: 'wrong-person' } });
  assert.equal(await account.deposit(copy, secret), { ok: true, value: null });
  assert.equal(await account.recover(keyring), { ok: false, problem: { kind: 'stale-sign-in' } });
  await account.signIn(quinn.email, password, { recovers: keyring });
  assert.equal(await account.recover(keyring), { ok: true, value: { secret } });
  assert.equal(await account.recover(keyring), { ok: false, problem: { kind: 'stale-sign-in' } });
  assert.equal(await browserAt(server).account.recover(keyring), { ok: false, problem: { kind: 'signed-out' } });
});

test.run();
