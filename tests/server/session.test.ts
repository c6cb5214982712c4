/** Signing in, invitations and recovery. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makePasswords, scryptCost, type Passwords } from '../../server/auth/passwords.ts';
import { openSecret, sealSecret } from '../../server/auth/recovery.ts';
import { sha256 } from '../../server/sync/context.ts';
import {
  depositMark,
  sessionPaths,
  type AuthorityReply,
  type Invitation,
  type Session,
} from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { join, newId, openBrowser, openLaptop, signIn, type Laptop } from './client.ts';
import {
  addPerson,
  firstQaLead,
  grant,
  password,
  profile,
  signInAnew,
  startServer,
  type TestServer,
} from './example.ts';

interface Context {
  server: TestServer;
}
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const session = suite<Context>('session');
session.before.each(async (context) => {
  context.server = await startServer();
});
session.after.each(({ server }) => server.stop());

const whoAmI = (laptop: Laptop) => laptop.browser.post<Session>(sessionPaths.session, {});
const tokenOf = (link: string): string => link.slice(link.indexOf('#') + 1);

session('says whose server it is to somebody who is not signed in', async ({ server }) => {
  const asked = await openBrowser(server.address).post(sessionPaths.authority, {});
  assert.equal(asked.body, { authorityName: 'Testshire', councilSignIn: false });
});

session('says whom the council names for accessibility, where it names somebody', async () => {
  const server = await startServer({ env: { ACCESSIBILITY_CONTACT: '01234 567 890 (made up)' } });
  const asked = await openBrowser(server.address).post<AuthorityReply>(sessionPaths.authority, {});
  assert.is(asked.body.accessibilityContact, '01234 567 890 (made up)');
  await server.stop();
});

session('lets the first QA lead say who they are, once, and no link is offered after that', async ({ server }) => {
  const link = server.plumbline.firstLink ?? '';
  assert.match(link, /^\/join#[A-Za-z0-9_-]{43}$/);
  const browser = openBrowser(server.address);
  const looked = await browser.post<Invitation>(sessionPaths.invitation, { token: tokenOf(link) });
  assert.equal(looked.body, { authorityName: 'Testshire', name: '', email: '', needsProfile: true });
  assert.is((await join(browser, link, password)).problem?.kind, 'bad-request');
  const joined = await join(browser, link, password, { name: 'Quinn', email: 'Quinn@Example.org' });
  assert.is(joined.body.name, 'Quinn');
  assert.is(joined.body.authorityName, 'Testshire');
  assert.equal((await join(browser, link, password)).problem, { kind: 'bad-invitation' });
  await server.plumbline.close();
  const again = await startServer({ dataDir: server.dataDir });
  assert.is(again.plumbline.firstLink, null);
  assert.is(
    (await signIn(openBrowser(again.address), ' quinn@example.ORG ', password)).body.person,
    joined.body.person,
  );
  await again.stop();
  // For after.each, which stops it once more.
  Object.assign(server, { stop: async () => undefined });
});

session(
  'prints a new link at each start until there is a QA lead; the one before no longer works',
  async ({ server }) => {
    const first = server.plumbline.firstLink ?? '';
    const other = await startServer({
      dataDir: server.dataDir,
      env: { ADMIN_EMAIL: 'quinn@example.org', ADMIN_NAME: 'Quinn' },
    });
    assert.is.not(other.plumbline.firstLink, first);
    const browser = openBrowser(other.address);
    assert.equal((await join(browser, first, password)).problem, { kind: 'bad-invitation' });
    const looked = await browser.post<Invitation>(sessionPaths.invitation, {
      token: tokenOf(other.plumbline.firstLink ?? ''),
    });
    assert.equal(looked.body, {
      authorityName: 'Testshire',
      name: 'Quinn',
      email: 'quinn@example.org',
      needsProfile: false,
    });
    assert.is((await join(browser, other.plumbline.firstLink ?? '', password)).body.name, 'Quinn');
    await other.stop();
  },
);

session('says how many laptops somebody has set up, and when the last one', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const laptopsOf = async (laptop: Laptop) => (await whoAmI(laptop)).body.laptops;
  const setUp = (laptop: Laptop, keyring: string) =>
    laptop.browser.post(sessionPaths.deposit, { device: newId(), keyring, secret: 'ab'.repeat(32) });
  assert.equal(await laptopsOf(alex), { count: 0, lastMs: null });
  const [first, second] = [newId(), newId()];
  await setUp(alex, first);
  const firstMs = server.clock.ms;
  assert.equal(await laptopsOf(alex), { count: 1, lastMs: firstMs });
  server.clock.ms += hourMs;
  await setUp(alex, second);
  assert.equal(await laptopsOf(alex), { count: 2, lastMs: firstMs + hourMs });
  assert.equal(await laptopsOf(quinn), { count: 0, lastMs: null }, 'nobody else’s');
  const signed = await signInAnew(quinn, alex.session.person);
  assert.is(signed.session.laptops?.count, 2);
});

session('keeps the session in a cookie no script can read and no other site can send', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const signed = await signIn(openBrowser(server.address), 'quinn@example.org', password);
  const [cookie = ''] = signed.headers.getSetCookie();
  assert.match(
    cookie,
    /^__Host-plumbline=[A-Za-z0-9_-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  const token = cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'));
  assert.not.match(server.dump(), token);
  assert.is((await whoAmI(quinn)).body.email, 'quinn@example.org');
});

session('ends twelve hours after its last use and thirty days after sign-in, whatever the use', async ({ server }) => {
  const quinn = await firstQaLead(server);
  server.clock.ms += 12 * hourMs - 1;
  assert.is((await whoAmI(quinn)).problem, undefined);
  server.clock.ms += 12 * hourMs;
  assert.equal((await whoAmI(quinn)).problem, { kind: 'signed-out' });

  await signIn(quinn.browser, 'quinn@example.org', password);
  const signedInMs = server.clock.ms;
  while (server.clock.ms + 11 * hourMs < signedInMs + 30 * dayMs) {
    server.clock.ms += 11 * hourMs;
    assert.is((await whoAmI(quinn)).problem, undefined);
  }
  server.clock.ms = signedInMs + 30 * dayMs;
  const ended = await whoAmI(quinn);
  assert.is(ended.status, 401);
  assert.equal(ended.problem, { kind: 'signed-out' });
  assert.is(ended.envelope.plumbline, 1, 'marked as ours');
});

session('gives a new token at each sign-in and ends the browser’s earlier one', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const earlier = quinn.browser.cookie;
  await signIn(quinn.browser, 'quinn@example.org', password);
  assert.is.not(quinn.browser.cookie, earlier);
  quinn.browser.cookie = earlier;
  assert.equal((await whoAmI(quinn)).problem, { kind: 'signed-out' });
});

session('cannot be used again after signing out', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const { cookie } = quinn.browser;
  const out = await quinn.browser.post(sessionPaths.signOut, {});
  assert.is(out.problem, undefined);
  assert.match(out.headers.get('set-cookie') ?? '', /Expires=Thu, 01 Jan 1970|Max-Age=0/);
  quinn.browser.cookie = cookie;
  assert.equal((await quinn.ask(paths.pull, { cursor: null })).problem, { kind: 'signed-out' });
});

session('answers alike for a wrong password, an unknown email and a person without a password', async ({ server }) => {
  const quinn = await firstQaLead(server);
  await quinn.write(profile(newId(), 'Alex', 'alex@example.org'));
  for (const email of ['quinn@example.org', 'nobody@example.org', 'alex@example.org']) {
    const refused = await signIn(openBrowser(server.address), email, 'not the password');
    assert.equal(refused.problem, { kind: 'wrong-credentials' });
    assert.is(refused.headers.get('set-cookie'), null);
  }
});

session('starts no session on what was taken away while the password was being checked', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const { session: alex } = await addPerson(quinn, 'Alex', grant('auditor'));
  const { passwords } = server.plumbline.server;
  const { verify } = passwords;
  const signInWhile = async (meanwhile: () => Promise<unknown>) => {
    const checked: Passwords['verify'] = async (...given) => {
      const isRight = await verify(...given);
      Object.assign(passwords, { verify });
      await meanwhile();
      return isRight;
    };
    Object.assign(passwords, { verify: checked });
    const browser = openBrowser(server.address);
    const reply = await signIn(browser, 'alex@example.org', password);
    assert.is(browser.cookie, undefined);
    return reply.problem?.kind;
  };
  const allow = (allowed: boolean) => quinn.browser.post(sessionPaths.access, { person: alex.person, allowed });
  assert.is(await signInWhile(() => allow(false)), 'wrong-credentials', 'stopped meanwhile');
  await allow(true);
  const { body } = await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.person });
  const renew = () => join(openBrowser(server.address), body.link, 'another good password');
  assert.is(await signInWhile(renew), 'wrong-credentials', 'a new password meanwhile');
});

session('invites for seven days and one use, and the newest invitation alone works', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const person = newId();
  await quinn.write(profile(person, 'Alex', 'alex@example.org'));
  const invite = async () => (await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person })).body.link;
  const [first, second] = [await invite(), await invite()];
  assert.equal((await join(openBrowser(server.address), first, password)).problem, { kind: 'bad-invitation' });
  assert.equal((await join(openBrowser(server.address), second, 'too short')).problem, {
    kind: 'weak-password',
    minimum: 12,
    why: 'short',
  });
  assert.is((await join(openBrowser(server.address), second, 'alex testshire 1')).problem?.kind, 'weak-password');
  const both = await Promise.all([1, 2].map(() => join(openBrowser(server.address), second, password)));
  assert.is(both.filter(({ problem }) => problem === undefined).length, 1);
  const late = await invite();
  server.clock.ms += 7 * dayMs;
  assert.equal((await join(openBrowser(server.address), late, password)).problem, { kind: 'bad-invitation' });
  assert.not.match(server.dump(), tokenOf(late));
});

session('sets a new password by a new invitation, and ends the sessions of the old one', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const again = await signInAnew(quinn, alex.session.person);
  assert.equal((await whoAmI(alex)).problem, { kind: 'signed-out' });
  assert.is((await whoAmI(again)).body.person, alex.session.person);
});

session('invites for a QA lead alone, and only people there are', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  for (const [laptop, person] of [
    [alex, alex.session.person],
    [alex, newId()],
    [quinn, newId()],
  ] as const) {
    assert.equal((await laptop.browser.post(sessionPaths.invite, { person })).problem, { kind: 'not-found' });
  }
});

session('says whether it holds a recovery secret, to whom it belongs alone, and by its mark', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const [keyring, secret] = [newId(), randomBytes(32).toString('hex')];
  const isKept = async (laptop: Laptop, of: string) => {
    const asked = { keyring, mark: depositMark(sha256, of) };
    return (await laptop.browser.post<{ isKept: boolean }>(sessionPaths.deposited, asked)).body.isKept;
  };
  assert.is(await isKept(alex, secret), false);
  await alex.browser.post(sessionPaths.deposit, { device: alex.device, keyring, secret });
  assert.is(await isKept(alex, secret), true);
  assert.is(await isKept(alex, randomBytes(32).toString('hex')), false);
  assert.is(await isKept(quinn, secret), false, 'another person');
  const renewed = randomBytes(32).toString('hex');
  await alex.browser.post(sessionPaths.deposit, { device: alex.device, keyring, secret: renewed });
  assert.equal([await isKept(alex, secret), await isKept(alex, renewed)], [false, true], 'the one before is gone');
  assert.not.ok(server.log.some((line) => line.includes(secret)));
});

session('keeps no more than 200 recovery secrets of one person, and still replaces one it has', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const keyrings = Array.from({ length: 201 }, newId);
  const deposit = async (laptop: Laptop, keyring: string | undefined) => {
    const secret = randomBytes(32).toString('hex');
    return (await laptop.browser.post(sessionPaths.deposit, { device: laptop.device, keyring, secret })).problem?.kind;
  };
  for (const keyring of keyrings.slice(0, 200)) assert.is(await deposit(alex, keyring), undefined);
  assert.is(await deposit(alex, keyrings[200]), 'too-many-laptops');
  assert.is(await deposit(alex, keyrings[7]), undefined);
  assert.is(await deposit(quinn, keyrings[200]), undefined);
});

session('does not start without the recovery key of the secrets it holds, and says what to put back', async () => {
  const dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-server-'));
  try {
    const first = await startServer({ dataDir });
    const quinn = await firstQaLead(first);
    const secret = randomBytes(32).toString('hex');
    await quinn.browser.post(sessionPaths.deposit, { device: quinn.device, keyring: newId(), secret });
    await first.stop();
    rmSync(joinPath(dataDir, 'recovery.key'));
    const again = await startServer({ dataDir }).then(
      async (started) => (await started.stop(), 'started'),
      (error: unknown) => String(error),
    );
    assert.match(again, /recovery\.key is missing/);
    assert.not(existsSync(joinPath(dataDir, 'recovery.key')));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

session('keeps the recovery key outside the database, for its own account alone', async ({ server }) => {
  const path = joinPath(server.dataDir, 'recovery.key');
  assert.ok(existsSync(path));
  assert.is(statSync(path).mode & 0o777, 0o600);
  const key = readFileSync(path);
  const place = { authority: newId(), person: newId(), keyring: newId() } as never;
  const sealed = sealSecret(key, randomBytes(12), place, 'the secret');
  assert.is(openSecret(key, place, sealed), 'the secret');
  assert.throws(() => openSecret(key, { ...(place as object), person: newId() } as never, sealed));
  assert.throws(() => openSecret(randomBytes(32), place, sealed));
});

session(
  'answers another authority, another person and another protocol with a problem, never with data',
  async ({ server }) => {
    const quinn = await firstQaLead(server);
    const alex = await addPerson(quinn, 'Alex', grant('auditor'));
    assert.equal((await quinn.ask(paths.pull, { cursor: null, authority: newId() })).problem, {
      kind: 'wrong-authority',
    });
    assert.equal((await quinn.ask(paths.pull, { cursor: null, person: alex.session.person })).problem, {
      kind: 'wrong-person',
    });
    assert.equal((await quinn.ask(paths.pull, { protocol: 2, unheardOf: 1 })).problem, {
      kind: 'protocol',
      serverVersion: 1,
    });
    const stranger = openLaptop(openBrowser(server.address), quinn.session);
    assert.equal((await stranger.ask(paths.pull, { cursor: null })).problem, { kind: 'signed-out' });
  },
);

session('slows guessing down by account, however many addresses it comes from', async ({ server }) => {
  await server.plumbline.close();
  const tryLimits = {
    perAccount: 3,
    perAddress: 1000,
    firstWaitMs: 15_000,
    perPersonMinute: 1000,
    perAddressMinute: 100_000,
    newLaptops: 100_000,
    keptBytesDay: 1e12,
  };
  const strict = await startServer({ dataDir: server.dataDir, tryLimits });
  Object.assign(server, { stop: () => strict.stop() });
  const guess = (email: string) => signIn(openBrowser(strict.address), email, 'a wrong password');
  for (let i = 0; i < 3; i += 1) assert.is((await guess('quinn@example.org')).problem?.kind, 'wrong-credentials');
  const slowed = await guess('QUINN@example.org');
  assert.is(slowed.problem?.kind, 'too-many-tries');
  assert.is(slowed.status, 429);
  assert.ok(Number(slowed.headers.get('retry-after')) > 0);
  assert.is((await guess('other@example.org')).problem?.kind, 'wrong-credentials');
});

session('slows guessing down by address, however many accounts it tries', async ({ server }) => {
  await server.plumbline.close();
  const strict = await startServer({
    dataDir: server.dataDir,
    tryLimits: {
      perAccount: 9,
      perAddress: 3,
      firstWaitMs: 15_000,
      perPersonMinute: 1000,
      perAddressMinute: 100_000,
      newLaptops: 100_000,
      keptBytesDay: 1e12,
    },
  });
  Object.assign(server, { stop: () => strict.stop() });
  const guess = (token: string) => join(openBrowser(strict.address), `/join#${token.padEnd(43, 'x')}`, password);
  for (const each of ['a', 'b', 'c']) assert.is((await guess(each)).problem?.kind, 'bad-invitation');
  assert.is((await guess('d')).problem?.kind, 'too-many-tries');
});

session('keeps one person from taking the server for themselves', async ({ server }) => {
  await server.plumbline.close();
  const tryLimits = {
    perAccount: 9,
    perAddress: 9,
    firstWaitMs: 15_000,
    perPersonMinute: 8,
    perAddressMinute: 100_000,
    newLaptops: 100_000,
    keptBytesDay: 1e12,
  };
  const strict = await startServer({ dataDir: server.dataDir, tryLimits });
  Object.assign(server, { stop: () => strict.stop() });
  const quinn = await firstQaLead(strict);
  const replies = [];
  for (let i = 0; i < 8; i += 1) replies.push((await whoAmI(quinn)).problem?.kind);
  assert.equal(replies, [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    'too-many-tries',
  ]);
  await signIn(quinn.browser, 'quinn@example.org', password);
  assert.is((await whoAmI(quinn)).problem?.kind, 'too-many-tries', 'nor by another session');
});

const passwords = suite('passwords');

/** The answer that was not "come back". */
function told<T>(answer: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!answer.ok) throw new Error('busy');
  return answer.value;
}

passwords('are kept as scrypt hashes with their parameters and a salt of their own', async () => {
  const made = makePasswords({ N: 2 ** 10, r: 8, p: 1 }, randomBytes);
  const one = told(await made.hash('alex', 'the same password'));
  const two = told(await made.hash('alex', 'the same password'));
  assert.is.not(one, two);
  assert.equal(Object.keys(JSON.parse(one)), ['kind', 'N', 'r', 'p', 'salt', 'hash']);
  assert.ok(told(await made.verify('alex', 'the same password', one)));
  assert.not(told(await made.verify('alex', 'another password', one)));
  assert.not(told(await made.verify('alex', 'the same password', undefined)));
  const stronger = makePasswords({ N: 2 ** 11, r: 8, p: 1 }, randomBytes);
  assert.ok(told(await stronger.verify('alex', 'the same password', two)), 'by the parameters it was stored with');
});

passwords('are the same however the keyboard composed them', async () => {
  const made = makePasswords({ N: 2 ** 10, r: 8, p: 1 }, randomBytes);
  const stored = told(await made.hash('alex', 'caf\u00e9 au lait'));
  assert.ok(told(await made.verify('alex', 'caf\u0065\u0301 au lait', stored)));
});

passwords('cost 128 MB each, and no more than two are computed at once', async () => {
  assert.equal(scryptCost, { N: 131_072, r: 8, p: 1 });
  const made = makePasswords(scryptCost, randomBytes);
  const before = process.memoryUsage().rss;
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 5);
  await Promise.all(Array.from({ length: 5 }, (_, n) => made.verify(`person-${n}`, 'guess', undefined)));
  clearInterval(timer);
  assert.ok(most < 3 * 128 * 1024 * 1024, `${most} bytes`);
});

passwords(
  'of one account are two at a time, running and waiting: the next is told to come back, and another account is not',
  async () => {
    const made = makePasswords({ N: 2 ** 10, r: 8, p: 1 }, randomBytes);
    const ask = (account: string, count: number) =>
      Array.from({ length: count }, (_, n) =>
        n % 2 === 0 ? made.verify(account, 'a guess', undefined) : made.hash(account, 'a new one'),
      );
    const [alex, sam] = [ask('alex', 50), ask('sam', 3)];
    const isDone = async (asked: typeof alex) => (await Promise.all(asked)).map(({ ok }) => ok);
    assert.equal((await isDone(alex)).filter(Boolean).length, 2);
    assert.equal(await isDone(sam), [true, true, false]);
    assert.equal(await isDone(ask('alex', 2)), [true, true], 'and then again');
  },
);

passwords('of many accounts wait in one row, which has an end', async () => {
  const made = makePasswords({ N: 2 ** 10, r: 8, p: 1 }, randomBytes);
  const asked = Array.from({ length: 43 }, (_, n) => made.verify(`person-${n}`, 'a guess', undefined));
  const answers = await Promise.all(asked);
  assert.is(answers.filter(({ ok }) => ok).length, 42, 'two are computed, and forty wait');
  assert.equal(answers.at(-1), { ok: false, problem: { kind: 'too-many-tries', retryAfterSeconds: 15 } });
});

session.run();
passwords.run();
