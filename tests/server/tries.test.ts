/** The counting of wrong tries: what a crowd of addresses can and cannot do, and that nobody is kept out for ever. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { knownBrowsers } from '../../server/auth/known-browser.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { join, openBrowser, signIn, type Browser } from './client.ts';
import { addPerson, firstQaLead, grant, password, startServer, type TestServer } from './example.ts';
import { until } from './stream.ts';

interface Context {
  dataDir: string;
  server: TestServer;
}

const test = suite<Context>('counting tries');
const minuteMs = 60_000;
const limits = {
  perAccount: 3,
  perAddress: 1000,
  firstWaitMs: 15_000,
  perPersonMinute: 1000,
  perAddressMinute: 100_000,
  newLaptops: 100_000,
  keptBytesDay: 1e12,
};
const start = (dataDir: string, tries = limits) =>
  startServer({ dataDir, tryLimits: tries, env: { BEHIND_PROXY: '1' } });

test.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-tries-'));
  context.server = await start(context.dataDir);
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const quinn = 'quinn@example.org';
/** A try from an address of its own, in a browser of its own unless one is given. */
function tryFrom({ address }: TestServer, ip: string, given: string, email = quinn, cookie?: string) {
  const headers = { 'x-forwarded-for': ip, ...(cookie === undefined ? {} : { cookie }) };
  return openBrowser(address).post(sessionPaths.signIn, { email, password: given }, headers);
}
const kindOf = async (asked: ReturnType<typeof tryFrom>) => (await asked).problem?.kind;

test('a password that is shown to report a laptop stolen is a try like any other', async ({ server }) => {
  const lead = await firstQaLead(server);
  const { browser, device } = lead;
  await lead.pull();
  const report = (given: string) =>
    kindOf(browser.post(laptopPaths.revoke, { device, form: 'stolen', reason: 'made up', password: given }));
  for (let n = 0; n < limits.perAccount; n += 1) assert.is(await report('a wrong password'), 'wrong-credentials');
  assert.is(await report(password), 'too-many-tries');
  server.clock.ms += limits.firstWaitMs;
  assert.is(await report(password), undefined);
});

test('an account waits longer with each wrong try, a quarter of an hour at most, and then takes the right password', async ({
  server,
}) => {
  await firstQaLead(server);
  const waits: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    const ip = `198.51.100.${n}`;
    const tried = await tryFrom(server, ip, 'a wrong password');
    if (tried.problem?.kind === 'too-many-tries') {
      waits.push(tried.problem.retryAfterSeconds);
      server.clock.ms += tried.problem.retryAfterSeconds * 1000;
      assert.is(await kindOf(tryFrom(server, ip, 'a wrong password')), 'wrong-credentials');
    }
  }
  assert.equal(waits, [15, 30, 60, 120, 240, 480, 900, 900, 900]);
  server.clock.ms += 15 * minuteMs;
  assert.is(await kindOf(tryFrom(server, '198.51.100.9', password)), undefined);
  assert.is(await kindOf(tryFrom(server, '198.51.100.9', 'a wrong password')), 'wrong-credentials', 'cleared');
});

test('a refused try is not counted: hammering does not make it longer', async ({ server }) => {
  await firstQaLead(server);
  for (let n = 0; n < 3; n += 1) await tryFrom(server, '192.0.2.1', 'a wrong password');
  for (let n = 0; n < 50; n += 1)
    assert.is(await kindOf(tryFrom(server, '192.0.2.1', 'a wrong password')), 'too-many-tries');
  server.clock.ms += 15_000;
  assert.is(await kindOf(tryFrom(server, '192.0.2.1', password)), undefined);
});

test('of many tries at once, no more get in than may', async ({ server }) => {
  await firstQaLead(server);
  const wrongOf = async (): Promise<number> => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => kindOf(tryFrom(server, `203.0.113.${n}`, 'a wrong password'))),
    );
    return all.filter((kind) => kind === 'wrong-credentials').length;
  };
  let wrong = 0;
  // Two of one account at a time: each round gets at least one in.
  for (let round = 0; round < 3; round += 1) wrong += await wrongOf();
  assert.is(wrong, 3);
  assert.is(await kindOf(tryFrom(server, '192.0.2.1', password)), 'too-many-tries');
});

/** Holds the next so many comparisons of a password back until they are let go. */
function holdBack({ plumbline }: TestServer, count: number): { readonly held: (() => void)[]; letGo(): void } {
  const { passwords } = plumbline.server;
  const { verify } = passwords;
  const held: (() => void)[] = [];
  Object.assign(passwords, {
    verify: async (...asked: Parameters<typeof verify>) => {
      if (held.length < count) await new Promise<void>((resolve) => held.push(resolve));
      return verify(...asked);
    },
  });
  const letGo = (): void => {
    Object.assign(passwords, { verify });
    for (const each of held) each();
  };
  return { held, letGo };
}

test('one that succeeds forgets the wrong ones before it, and not those that are still being compared', async ({
  server,
}) => {
  await firstQaLead(server);
  assert.is(await kindOf(tryFrom(server, '192.0.2.1', 'a wrong password')), 'wrong-credentials');
  const { held, letGo } = holdBack(server, 4);
  try {
    const right = kindOf(tryFrom(server, '192.0.2.1', password));
    await until('the right one is being compared', () => held.length === 1);
    const wrong = kindOf(tryFrom(server, '192.0.2.2', 'a wrong password'));
    await until('so is a wrong one', () => held.length === 2);
    held[0]?.();
    assert.is(await right, undefined);
    // The one in flight is counted: two more may begin, and not three.
    const more = [3, 4].map((n) => kindOf(tryFrom(server, `192.0.2.${n}`, 'a wrong password')));
    await until('two more have begun', () => held.length === 4);
    assert.is(await kindOf(tryFrom(server, '192.0.2.5', password)), 'too-many-tries');
    letGo();
    assert.is(await wrong, 'wrong-credentials');
    await Promise.all(more);
  } finally {
    letGo();
  }
});

test('right passwords of one account, however many at once, keep nobody else out, and cost their own account nothing', async (context) => {
  const lead = await firstQaLead(context.server);
  const alex = await addPerson(lead, 'Alex', grant('auditor'));
  await context.server.plumbline.close();
  const server = (context.server = await startServer({
    dataDir: context.dataDir,
    tryLimits: { ...limits, perAccount: 200 },
    passwordCost: { N: 2 ** 14, r: 8, p: 1 },
    env: { BEHIND_PROXY: '1' },
  }));
  const browser = openBrowser(server.address);
  browser.cookie = alex.browser.cookie;
  const change = () => browser.post(sessionPaths.changePassword, { password, newPassword: 'too short' });
  const flood = Array.from({ length: 60 }, change);
  await flood[0];
  assert.is(await kindOf(tryFrom(server, '192.0.2.7', password)), undefined, 'somebody else');
  const answers = await Promise.all(flood);
  for (const { problem } of answers) {
    if (problem?.kind === 'too-many-tries') assert.ok(problem.retryAfterSeconds <= 5, 'in a moment');
    else assert.is(problem?.kind, 'weak-password');
  }
  assert.ok(answers.some(({ problem }) => problem?.kind === 'too-many-tries'));
  assert.equal(server.rows('select count from wrong_try where count > 0'), [], 'nothing is left of it');
});

test('a server that is busy counts nothing: signing in, in a session, and joining', async (context) => {
  const lead = await firstQaLead(context.server);
  const alex = await addPerson(lead, 'Alex', grant('auditor'));
  const { link } = (await lead.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.session.person }))
    .body;
  await context.server.plumbline.close();
  const server = (context.server = await start(context.dataDir, { ...limits, perAddress: 3 }));
  const session = openBrowser(server.address);
  session.cookie = alex.browser.cookie;
  const newPassword = 'seven grey herons';
  const ways: Readonly<Record<string, (given: string) => ReturnType<typeof tryFrom>>> = {
    'signing in': (given) => tryFrom(server, '192.0.2.1', given),
    'in a session': (given) => session.post(sessionPaths.changePassword, { password: given, newPassword }),
    joining: () => join(openBrowser(server.address), link, 'another good password'),
  };
  const { passwords } = server.plumbline.server;
  const { verify, hash } = passwords;
  for (const [what, ask] of Object.entries(ways)) {
    const busy = () => Promise.resolve({ ok: false, problem: { kind: 'too-many-tries', retryAfterSeconds: 15 } });
    Object.assign(passwords, { verify: busy, hash: busy });
    for (let n = 0; n < 5; n += 1) assert.equal((await ask(password)).problem?.kind, 'too-many-tries', what);
    Object.assign(passwords, { verify, hash });
    assert.equal(server.rows('select count from wrong_try where count > 0'), [], what);
  }
  assert.is(await kindOf(ways['joining']?.('') ?? Promise.reject(new Error('no such way'))), undefined);
});

test('a busy answer does not begin a wait anew, either', async ({ server }) => {
  await firstQaLead(server);
  for (let n = 0; n < 3; n += 1) await tryFrom(server, '192.0.2.1', 'a wrong password');
  server.clock.ms += 15_000;
  const { passwords } = server.plumbline.server;
  const { verify } = passwords;
  const busy = () => Promise.resolve({ ok: false, problem: { kind: 'too-many-tries', retryAfterSeconds: 15 } });
  Object.assign(passwords, { verify: busy });
  assert.is(await kindOf(tryFrom(server, '192.0.2.1', password)), 'too-many-tries');
  Object.assign(passwords, { verify });
  assert.is(await kindOf(tryFrom(server, '192.0.2.1', password)), undefined);
});

test('a new password that is to be better takes back its own try, and no wrong one before it', async ({ server }) => {
  const { browser } = await firstQaLead(server);
  const change = (given: string, newPassword: string) =>
    kindOf(browser.post(sessionPaths.changePassword, { password: given, newPassword }));
  for (let n = 0; n < 2; n += 1) assert.is(await change('a wrong password', 'seven grey herons'), 'wrong-credentials');
  for (let n = 0; n < 3; n += 1) assert.is(await change(password, 'too short'), 'weak-password');
  assert.is(await change('a wrong password', 'seven grey herons'), 'wrong-credentials');
  assert.is(await change(password, 'seven grey herons'), 'too-many-tries');
});

test('in a session as well: guesses at the password that changes it count, a new one that is to be better does not', async ({
  server,
}) => {
  const { browser } = await firstQaLead(server);
  const change = (given: string, newPassword: string) =>
    kindOf(browser.post(sessionPaths.changePassword, { password: given, newPassword }));
  for (let n = 0; n < 5; n += 1) assert.is(await change(password, 'too short'), 'weak-password');
  for (let n = 0; n < 3; n += 1) assert.is(await change('a wrong password', 'seven grey herons'), 'wrong-credentials');
  assert.is(await change(password, 'seven grey herons'), 'too-many-tries');
  server.clock.ms += 15 * minuteMs;
  assert.is(await change(password, 'seven grey herons'), undefined);
});

test('a restart forgets nothing', async (context) => {
  await firstQaLead(context.server);
  for (let n = 0; n < 3; n += 1) await tryFrom(context.server, '192.0.2.1', 'a wrong password');
  await context.server.plumbline.close();
  context.server = await start(context.dataDir);
  assert.is(await kindOf(tryFrom(context.server, '192.0.2.2', password)), 'too-many-tries');
  assert.not.match(context.server.dump(), '192.0.2.1');
  context.server.clock.ms += 25 * 60 * minuteMs;
  assert.is(await kindOf(tryFrom(context.server, '192.0.2.2', password)), undefined);
});

test('a stranger who keeps guessing does not keep somebody out of a browser they have signed in with', async ({
  server,
}) => {
  await firstQaLead(server);
  const signed = await tryFrom(server, '192.0.2.7', password);
  const mark = signed.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-plumbline-known='));
  assert.match(mark ?? '', /; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  const known = (mark ?? '').split(';')[0];
  for (let n = 0; n < 5; n += 1) await tryFrom(server, '192.0.2.8', 'a wrong password');
  assert.is(await kindOf(tryFrom(server, '192.0.2.7', password)), 'too-many-tries');
  assert.is(await kindOf(tryFrom(server, '192.0.2.7', password, quinn, known)), undefined);
  // And the mark is no way round: it has its own few tries.
  for (let n = 0; n < 3; n += 1)
    assert.is(await kindOf(tryFrom(server, '192.0.2.7', 'a wrong password', quinn, known)), 'wrong-credentials');
  assert.is(await kindOf(tryFrom(server, '192.0.2.7', password, quinn, known)), 'too-many-tries');
});

test('a link from the QA lead opens an account that strangers have been trying', async ({ server }) => {
  const lead = await firstQaLead(server);
  const alex = await addPerson(lead, 'Alex', grant('auditor'));
  for (let n = 0; n < 6; n += 1) await tryFrom(server, '192.0.2.8', 'a wrong password', 'alex@example.org');
  assert.is(await kindOf(tryFrom(server, '192.0.2.7', password, 'alex@example.org')), 'too-many-tries');
  const invited = await lead.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.session.person });
  const browser: Browser = openBrowser(server.address);
  assert.is((await join(browser, invited.body.link, 'another good password')).problem, undefined);
  assert.is(
    (await signIn(openBrowser(server.address), 'alex@example.org', 'another good password')).problem,
    undefined,
  );
});

test('an address waits after many wrong tries at any accounts, and the addresses of one IPv6 network count as one', async (context) => {
  await context.server.plumbline.close();
  const server = (context.server = await start(context.dataDir, { ...limits, perAddress: 3 }));
  const ips = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:2:3:4:5:6', '2001:DB8:1:2::3'];
  const kinds = [];
  for (const [n, ip] of ips.entries())
    kinds.push(await kindOf(tryFrom(server, ip, 'wrong', `nobody-${n}@example.org`)));
  assert.equal(kinds, ['wrong-credentials', 'wrong-credentials', 'wrong-credentials', 'too-many-tries']);
  assert.is(await kindOf(tryFrom(server, '2001:db8:1:3::1', 'wrong', 'other@example.org')), 'wrong-credentials');
});

test('people who sign in rightly never make their office wait', async (context) => {
  await firstQaLead(context.server);
  await context.server.plumbline.close();
  const server = (context.server = await start(context.dataDir, { ...limits, perAddress: 3 }));
  for (let n = 0; n < 10; n += 1) assert.is(await kindOf(tryFrom(server, '192.0.2.1', password)), undefined);
});

test('a right password that wants a code is no wrong try of the address', async (context) => {
  const lead = await firstQaLead(context.server);
  await addPerson(lead, 'Alex', grant('auditor'));
  await context.server.plumbline.close();
  const tries = { ...limits, perAccount: 1000, perAddress: 3 };
  const env = { BEHIND_PROXY: '1', SECOND_FACTOR_FOR: 'auditor' };
  const server = (context.server = await startServer({ dataDir: context.dataDir, tryLimits: tries, env }));
  for (let n = 0; n < 5; n += 1)
    assert.is(await kindOf(tryFrom(server, '192.0.2.1', password, 'alex@example.org')), 'enrol');
  // And nothing that was counted before is taken back with them.
  for (let n = 0; n < 3; n += 1)
    assert.is(await kindOf(tryFrom(server, '192.0.2.1', 'wrong', `nobody-${n}@example.org`)), 'wrong-credentials');
  assert.is(await kindOf(tryFrom(server, '192.0.2.1', 'wrong', 'other@example.org')), 'too-many-tries');
});

test('marks of a browser are for one email each, five at most, and cannot be made up', () => {
  const marks = knownBrowsers(randomBytes(32), randomBytes);
  let cookie = '';
  for (const n of [1, 2, 3, 4, 5, 6]) cookie = marks.mark(cookie, `person-${n}@example.org`);
  assert.is(marks.nameOf(cookie, 'person-1@example.org'), undefined);
  for (const n of [2, 3, 4, 5, 6]) assert.ok(marks.nameOf(cookie, ` PERSON-${n}@example.org`));
  const [first = '', second = ''] = cookie.split('.');
  assert.is(marks.nameOf(first.slice(0, 22) + second.slice(22), 'person-6@example.org'), undefined);
  assert.is(knownBrowsers(randomBytes(32), randomBytes).nameOf(cookie, 'person-6@example.org'), undefined);
  assert.is(marks.nameOf('..x', 'person-6@example.org'), undefined);
});

test.run();
