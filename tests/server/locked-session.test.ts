/** What a session's cookie is worth to somebody who has it and not the key, nor a sign-in made for what they want (FAULTS S16). */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sessionPaths, type Session } from '../../src/protocol/session.ts';
import { paths, unlockedHeader } from '../../src/protocol/sync.ts';
import { join, newId, openBrowser, openLaptop, signIn, type Laptop } from './client.ts';
import { addPerson, firstQaLead, grant, password, profile, roles, startServer, type TestServer } from './example.ts';
import { listen } from './stream.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
}

const minuteMs = 60_000;
const test = suite<Context>('what a session gives');
test.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-locked-'));
  context.server = await startServer({ dataDir: context.dataDir });
  context.quinn = await firstQaLead(context.server);
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A request of a laptop, with or without what only its unlocked copy can say. */
function ask(laptop: Laptop, path: string, fields: object, proof?: string) {
  const { authority, person } = laptop.session;
  const request = { protocol: 1, authority, person, device: laptop.device };
  return laptop.browser.post(path, { ...request, ...fields }, proof === undefined ? {} : { [unlockedHeader]: proof });
}
const proofs = { own: 'a1'.repeat(32), other: 'b2'.repeat(32) };
const whoAmI = (laptop: Laptop, proof?: string) => ask(laptop, sessionPaths.session, {}, proof);
const pull = (laptop: Laptop, proof?: string) => ask(laptop, paths.pull, { cursor: null }, proof);

test('once an unlocked copy has used a session, its cookie alone reads nothing and changes nothing', async ({
  server,
  quinn,
}) => {
  assert.is((await pull(quinn)).problem, undefined, 'before the first unlocking');
  assert.is((await pull(quinn, proofs.own)).problem, undefined);
  const refused = [
    await pull(quinn),
    await pull(quinn, proofs.other),
    await whoAmI(quinn),
    await ask(quinn, sessionPaths.invite, { person: quinn.session.person }),
    await ask(quinn, sessionPaths.deposit, { keyring: newId(), secret: 'ab'.repeat(32) }),
    await ask(quinn, paths.push, { ops: quinn.seal([profile(newId(), 'Alex', 'alex@example.org')]) }),
  ];
  for (const { status, problem } of refused) {
    assert.is(status, 401);
    assert.equal(problem, { kind: 'signed-out' });
  }
  assert.is(server.log.filter((line) => line.includes('locked-session-refused')).length, refused.length);
  assert.is((await pull(quinn, proofs.own)).problem, undefined, 'the copy itself goes on');
  assert.not.match(server.dump(), proofs.own);
});

test('what is refused because it comes without the proof is no use of the session: a copied cookie does not keep it alive', async ({
  server,
  quinn,
}) => {
  await pull(quinn, proofs.own);
  const [session] = server.rows('select * from session where unlocked_hash is not null');
  for (let hour = 1; hour < 12; hour += 1) {
    server.clock.ms += 60 * minuteMs;
    assert.equal((await whoAmI(quinn)).problem, { kind: 'signed-out' });
    assert.equal((await pull(quinn, proofs.other)).problem, { kind: 'signed-out' });
    assert.is((await listen(quinn)).status, 401);
    assert.is((await listen({ ...quinn, proof: proofs.own })).status, 200);
  }
  assert.equal(server.rows('select * from session where unlocked_hash is not null'), [session]);
  assert.is((await pull(quinn, proofs.own)).problem, undefined, 'eleven hours later');
  server.clock.ms += 11 * 60 * minuteMs;
  assert.is((await whoAmI(quinn, proofs.own)).problem, undefined, 'what it was used for counts');
  server.clock.ms += 11 * 60 * minuteMs;
  assert.is((await pull(quinn, proofs.own)).problem, undefined, 'that too');
  server.clock.ms += 12 * 60 * minuteMs;
  assert.equal((await pull(quinn, proofs.own)).problem, { kind: 'signed-out' });
});

test('a locked app can sign out', async ({ quinn }) => {
  await pull(quinn, proofs.own);
  const { cookie } = quinn.browser;
  assert.is((await quinn.browser.post(sessionPaths.signOut, {})).problem, undefined);
  quinn.browser.cookie = cookie;
  assert.equal((await pull(quinn, proofs.own)).problem, { kind: 'signed-out' });
});

test('a tab of somebody else does not take a session for its own copy', async ({ server, quinn }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  // Both in one browser: Alex signed in last.
  quinn.browser.cookie = alex.browser.cookie;
  assert.equal((await pull(quinn, proofs.other)).problem, { kind: 'wrong-person' });
  assert.is((await pull(alex, proofs.own)).problem, undefined);
  assert.equal((await pull(quinn, proofs.other)).problem, { kind: 'wrong-person' });
  assert.is(server.rows('select * from session where unlocked_hash is not null').length, 1);
});

test('a new sign-in belongs to the copy that uses it first', async ({ quinn }) => {
  await pull(quinn, proofs.own);
  await signIn(quinn.browser, 'quinn@example.org', password);
  assert.is((await pull(quinn, proofs.other)).problem, undefined);
  assert.equal((await pull(quinn, proofs.own)).problem, { kind: 'signed-out' });
});

test('a recovery secret is given once, to a sign-in made for its keyring in the last five minutes', async ({
  server,
  quinn,
}) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const [keyring, secret] = [newId(), randomBytes(32).toString('hex')];
  await ask(alex, sessionPaths.deposit, { keyring, secret });
  const recover = async (laptop: Laptop, which = keyring) => {
    const { body, problem } = await laptop.browser.post<{ secret: string }>(sessionPaths.recover, { keyring: which });
    return problem?.kind ?? body.secret;
  };
  const signInFor = (which: string) => signIn(alex.browser, 'alex@example.org', password, { recovers: which });

  assert.is(await recover(alex), 'stale-sign-in', 'a session that is merely fresh');
  await signInFor(keyring);
  assert.is(await recover(alex, newId()), 'stale-sign-in', 'another keyring');
  assert.is(await recover(alex), secret);
  assert.is(await recover(alex), 'stale-sign-in', 'once');
  const renewed = randomBytes(32).toString('hex');
  await ask(alex, sessionPaths.deposit, { keyring, secret: renewed });
  await signInFor(keyring);
  assert.is(await recover(alex), renewed, 'the last one that was deposited');
  await signInFor(keyring);
  server.clock.ms += 5 * minuteMs + 1;
  assert.is(await recover(alex), 'stale-sign-in', 'five minutes');
  const unknown = newId();
  await signInFor(unknown);
  assert.is(await recover(alex, unknown), 'not-found');
  await signIn(quinn.browser, 'quinn@example.org', password, { recovers: keyring });
  assert.is(await recover(quinn), 'not-found', 'nobody else’s');
  assert.not.match(server.dump(), secret);
});

test('a person is told of a recovery and of a new password, until they say that they have read it', async ({
  server,
  quinn,
}) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  assert.equal((await whoAmI(alex)).body, { ...alex.session, notices: [] }, 'nothing on the first day');
  const keyring = newId();
  await ask(alex, sessionPaths.deposit, { keyring, secret: 'ab'.repeat(32) });
  await signIn(alex.browser, 'alex@example.org', password, { recovers: keyring });
  const recoveredMs = (server.clock.ms += minuteMs);
  await alex.browser.post(sessionPaths.recover, { keyring });
  const passwordMs = (server.clock.ms += minuteMs);
  const invited = await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.session.person });
  const told = (await join(openBrowser(server.address), invited.body.link, password)).body.notices;
  assert.equal(told, [
    { kind: 'recovery', atMs: recoveredMs },
    { kind: 'password', atMs: passwordMs },
  ]);
  const signed = await signIn(alex.browser, 'alex@example.org', password);
  assert.equal(signed.body.notices, told, 'on every laptop');
  await alex.browser.post(sessionPaths.noticed, { atMs: recoveredMs });
  assert.equal(((await whoAmI(alex)).body as Session).notices, [{ kind: 'password', atMs: passwordMs }]);
  assert.equal(((await whoAmI(quinn)).body as Session).notices, []);
  assert.ok(server.log.some((line) => line.includes('recovery-given')));
});

test('who may not sign in any more is out at once, everywhere, also on a database from before; and may be let in again', async (context) => {
  const { quinn, server } = context;
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const { person } = alex.session;
  const access = async (by: Laptop, whom: string, allowed: boolean) =>
    (await by.browser.post(sessionPaths.access, { person: whom, allowed })).problem?.kind;
  assert.is(await access(alex, quinn.session.person, false), 'not-found', 'an auditor');
  assert.is(await access(quinn, quinn.session.person, false), 'not-found', 'themselves');
  assert.is(await access(quinn, newId(), false), 'not-found');
  const invited = await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person });
  assert.is(await access(quinn, person, false), undefined);
  assert.equal((await pull(alex)).problem, { kind: 'signed-out' }, 'the session that was there');
  assert.is((await pull(alex)).status, 401);
  const tryIn = async (to: TestServer) => (await signIn(openBrowser(to.address), 'alex@example.org', password)).problem;
  assert.equal(await tryIn(server), { kind: 'wrong-credentials' });
  assert.is((await join(openBrowser(server.address), invited.body.link, password)).problem?.kind, 'bad-invitation');

  // As a restore of last night's database would have it.
  await server.plumbline.server.database.write(async (tx) => {
    await tx.updateTable('account').set({ blocked_ms: null }).execute();
  });
  assert.is(await tryIn(server), undefined);
  await server.plumbline.close();
  const again = (context.server = await startServer({ dataDir: context.dataDir }));
  assert.equal(await tryIn(again), { kind: 'wrong-credentials' });

  await again.plumbline.close();
  const last = (context.server = await startServer({ dataDir: context.dataDir }));
  const lead = openLaptop(openBrowser(last.address), quinn.session);
  await signIn(lead.browser, 'quinn@example.org', password);
  assert.is(await access(lead, person, true), undefined);
  assert.is(await tryIn(last), undefined);
  await last.plumbline.close();
  context.server = await startServer({ dataDir: context.dataDir });
  assert.is(await tryIn(context.server), undefined, 'what was given back stays given');
});

test('a link is worth what its maker may do when it is used', async (context) => {
  const { quinn } = context;
  const adam = await addPerson(quinn, 'Adam', grant('administrator'));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const rolesNow = async (laptop: Laptop, ...grants: object[]) => {
    await quinn.pull();
    const base = quinn.records.get(laptop.session.person)?.units['roles']?.op ?? null;
    assert.is((await quinn.write({ ...roles(laptop.session.person, ...grants), base })).problem, undefined);
  };
  const link = async () =>
    (await adam.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.session.person })).body.link;
  const look = async (made: string) => {
    const token = made.slice(made.indexOf('#') + 1);
    return (await openBrowser(context.server.address).post(sessionPaths.invitation, { token })).problem?.kind;
  };
  const use = async (made: string) => (await join(openBrowser(context.server.address), made, password)).problem?.kind;

  const made = await link();
  await rolesNow(adam, grant('auditor'));
  assert.is(await look(made), 'bad-invitation', 'the role has ended');
  assert.is(await use(made), 'bad-invitation');
  await rolesNow(adam, grant('administrator'));
  await rolesNow(alex, grant('qa-lead'));
  assert.is(await use(made), 'bad-invitation', 'a QA lead is looked after by QA leads');
  await rolesNow(alex, grant('auditor'));
  assert.is(await look(made), undefined);
  assert.is(await use(made), undefined);

  const other = await link();
  const allow = (allowed: boolean) => quinn.browser.post(sessionPaths.access, { person: adam.session.person, allowed });
  await allow(false);
  assert.is(await use(other), 'bad-invitation', 'whoever made it may not sign in');
  await allow(true);
  assert.is(await use(other), 'bad-invitation', 'nor once they may again');
  await signIn(adam.browser, 'adam@example.org', password);
  assert.is(await use(await link()), undefined);

  // As when it was asked for a moment before, and made a moment after.
  const late = await link();
  context.server.damage(`update account set blocked_ms = 1 where person = '${adam.session.person}'`);
  assert.is(await look(late), 'bad-invitation', 'made by somebody who was being stopped');
  assert.is(await use(late), 'bad-invitation');
});

test('a link from before its maker was kept stays good', async ({ server, quinn }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const sam = await addPerson(quinn, 'Sam', grant('qa-lead'));
  const { person } = alex.session;
  const { link } = (await sam.browser.post<{ link: string }>(sessionPaths.invite, { person })).body;
  await server.plumbline.server.database.write((tx) => tx.updateTable('invitation').set({ by_person: null }).execute());
  await quinn.browser.post(sessionPaths.access, { person: sam.session.person, allowed: false });
  assert.is((await join(openBrowser(server.address), link, password)).problem, undefined);
});

test('a session replayed after a change of roles has the rights of now', async ({ quinn }) => {
  const sam = await addPerson(quinn, 'Sam', grant('qa-lead'));
  const invite = async () =>
    (await sam.browser.post(sessionPaths.invite, { person: quinn.session.person })).problem?.kind;
  assert.is(await invite(), undefined);
  await quinn.pull();
  const base = quinn.records.get(sam.session.person)?.units['roles']?.op ?? null;
  await quinn.write({ ...roles(sam.session.person, grant('auditor')), base });
  assert.is(await invite(), 'not-found');
  const written = await sam.write(profile(newId(), 'Eve', 'eve@example.org'));
  assert.is(written.body.results[0]?.outcome, 'held');
});

test('what a form of another site can send is refused, whatever the cookie', async ({ server, quinn }) => {
  const body = JSON.stringify({ nonce: newId(), person: quinn.session.person });
  const send = (headers: Record<string, string>, text: string) =>
    fetch(new URL(sessionPaths.invite, server.address), {
      method: 'POST',
      headers: { cookie: quinn.browser.cookie ?? '', origin: 'https://elsewhere.example', ...headers },
      body: text,
    });
  const form = 'application/x-www-form-urlencoded';
  assert.is((await send({ 'content-type': form }, 'person=1')).status, 400);
  assert.is((await send({ 'content-type': 'text/plain' }, body)).status, 400);
  assert.is((await send({ 'content-type': 'multipart/form-data; boundary=x' }, '--x--')).status, 400);
  assert.is((await send({ 'content-type': 'application/json' }, body)).status, 400, 'without our header');
  assert.is((await send({ 'content-type': 'text/plain', 'x-plumbline': '1' }, body)).status, 400);
  const asked = await fetch(new URL(sessionPaths.invite, server.address), {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-headers': 'x-plumbline' },
  });
  assert.is(asked.headers.get('access-control-allow-origin'), null, 'no other site may ask for the header');
  assert.is(server.rows('select * from invitation').length, 0);
});

test.run();
