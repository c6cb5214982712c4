/**
 * Who is told of what was done with an account, and for how long: whoever takes an account over cannot keep it from its person
 * (docs/security.md, key escrow).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { forgetNotices } from '../../server/auth/notices.ts';
import { sessionPaths, type Session } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { join, newId, openBrowser, openLaptop, signIn, type Laptop } from './client.ts';
import { addPerson, firstQaLead, grant, password, profile, startServer, type TestServer } from './example.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
  /** On a laptop whose key is known. */
  alex: Laptop;
  keyring: string;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const email = 'alex@example.org';
const proofs = { own: 'a1'.repeat(32), other: 'b2'.repeat(32), third: 'c3'.repeat(32) };

const test = suite<Context>('notices');
test.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-notices-'));
  context.server = await startServer({ dataDir: context.dataDir });
  context.quinn = await firstQaLead(context.server);
  context.alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
  context.keyring = newId();
  await open(context.alex, proofs.own, context.keyring);
  await context.alex.ask(sessionPaths.deposit, { keyring: context.keyring, secret: 'ab'.repeat(32) });
  context.server.clock.ms += 60 * minuteMs;
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A laptop syncs, unlocked: its session is its own from then on. */
async function open(laptop: Laptop, proof: string, keyring: string): Promise<void> {
  laptop.proof = proof;
  const reply = await laptop.ask(paths.pull, { cursor: null, contact: { keyring, app: '0.1.0', unsent: 0 } });
  assert.is(reply.problem, undefined);
}

const kindsOf = ({ notices = [] }: Session): string[] => notices.map(({ kind }) => kind);
const told = async (laptop: Laptop): Promise<string[]> =>
  kindsOf((await laptop.ask<Session>(sessionPaths.session)).body);
const read = async ({ server }: Context, laptop: Laptop): Promise<void> => {
  server.clock.ms += minuteMs;
  assert.is((await laptop.ask(sessionPaths.noticed, { atMs: server.clock.ms })).problem, undefined);
};

/** Signs in anew on a laptop, as it does each morning: what is told then. */
async function signInOn(laptop: Laptop, more: { recovers?: string } = {}): Promise<string[]> {
  const signed = await signIn(laptop.browser, email, password, more);
  assert.is(signed.problem, undefined);
  return kindsOf(signed.body);
}

/** What a sign-in in a browser that nobody knows is told. */
const toldElsewhere = ({ server }: Context): Promise<string[]> =>
  signInOn(openLaptop(openBrowser(server.address), {} as Session));

/** Somebody makes a link for Alex and signs in with it, on a laptop of their own. */
async function takeOver({ server, quinn, alex }: Context, device?: string): Promise<Laptop> {
  const { person } = alex.session;
  await signIn(quinn.browser, 'quinn@example.org', password);
  const { link } = (await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person })).body;
  const browser = openBrowser(server.address);
  const { body } = await join(browser, link, password);
  return openLaptop(browser, body, device);
}

test('whoever took an account over hides what they did from themselves alone', async (context) => {
  const { server, alex } = context;
  const other = await takeOver(context);
  await open(other, proofs.other, newId());
  assert.equal(await told(other), ['password']);
  await read(context, other);
  assert.equal(await told(other), [], 'it does not come back in the session that read it');
  assert.equal(await signInOn(other), ['password'], 'nor is it gone from theirs');
  assert.equal(await toldElsewhere(context), ['password']);

  assert.equal(await signInOn(alex), ['password'], 'on the laptop from before');
  await open(alex, proofs.own, context.keyring);
  await read(context, alex);
  assert.equal(await toldElsewhere(context), [], 'read there it is read for good');
  assert.equal(await signInOn(alex), []);
  assert.is(server.rows('select * from notice').length, 0);
});

test('a session that no laptop has shown its key in reads for itself', async (context) => {
  const other = await takeOver(context);
  await read(context, other);
  assert.equal(await told(other), []);
  assert.equal(await toldElsewhere(context), ['password']);
});

test('another key under the name of a laptop from before is no laptop from before', async (context) => {
  const { alex } = context;
  const other = await takeOver(context, alex.device);
  await open(other, proofs.other, context.keyring);
  await read(context, other);
  assert.equal(await toldElsewhere(context), ['password']);
});

test('a laptop known since a takeover vouches for nothing that was done after it either', async (context) => {
  const { server } = context;
  const other = await takeOver(context);
  await open(other, proofs.other, newId());
  server.clock.ms += dayMs;
  await signInOn(other, { recovers: context.keyring });
  await other.browser.post(sessionPaths.recover, { keyring: context.keyring });
  await open(other, proofs.other, newId());
  await read(context, other);
  assert.equal(await toldElsewhere(context), ['password', 'recovery']);
});

test('a laptop whose passphrase was recovered reads for itself; another of the same person for good', async (context) => {
  const { server, alex, keyring } = context;
  const second = openLaptop(openBrowser(server.address), alex.session);
  await signInOn(second);
  await open(second, proofs.third, newId());
  server.clock.ms += dayMs;
  assert.equal(await signInOn(alex, { recovers: keyring }), []);
  await alex.browser.post(sessionPaths.recover, { keyring });
  await open(alex, proofs.own, keyring);
  await read(context, alex);
  assert.equal(await signInOn(alex), ['recovery']);
  await open(alex, proofs.own, keyring);
  await read(context, alex);
  assert.equal(await signInOn(second), ['recovery']);
  await open(second, proofs.third, newId());
  await read(context, second);
  assert.equal(await toldElsewhere(context), []);
});

test('a recovery of a copy that has shown no key keeps every laptop from vouching', async (context) => {
  const { server, alex } = context;
  const keyring = newId();
  await alex.ask(sessionPaths.deposit, { keyring, secret: 'cd'.repeat(32) });
  const other = openLaptop(openBrowser(server.address), alex.session);
  await signInOn(other, { recovers: keyring });
  server.clock.ms += 1000;
  await other.browser.post(sessionPaths.recover, { keyring });
  await read(context, alex);
  assert.equal(await toldElsewhere(context), ['recovery']);
});

test('after thirty days any session reads for good, after ninety it goes by itself', async (context) => {
  const { server } = context;
  const other = await takeOver(context);
  await open(other, proofs.other, newId());
  server.clock.ms += 29 * dayMs;
  await signInOn(other);
  await read(context, other);
  assert.equal(await toldElsewhere(context), ['password']);
  server.clock.ms += dayMs;
  await signInOn(other);
  await read(context, other);
  assert.equal(await toldElsewhere(context), []);

  await takeOver(context);
  server.clock.ms += 90 * dayMs - minuteMs;
  assert.equal(await toldElsewhere(context), ['password']);
  server.clock.ms += minuteMs;
  assert.equal(await toldElsewhere(context), []);
  await forgetNotices(server.plumbline.server);
  assert.is(server.rows('select * from notice').length, 0);
});

test('a password for somebody who signed in without one is told to them', async (context) => {
  const { server } = context;
  // As somebody has who signs in by a council account alone.
  await server.plumbline.server.database.write((tx) =>
    tx.updateTable('account').set({ password: '' }).where('person', '=', context.alex.session.person).execute(),
  );
  await takeOver(context);
  assert.equal(await toldElsewhere(context), ['password']);
});

test('an email that somebody else changes is told to its person, also when it is changed back; a name is not', async (context) => {
  const { server, quinn, alex } = context;
  const { person } = alex.session;
  await signIn(quinn.browser, 'quinn@example.org', password);
  const change = async (record: string, name: string, to: string): Promise<void> => {
    await quinn.pull();
    const base = quinn.records.get(record)?.units['profile']?.op ?? null;
    const { body } = await quinn.write({ ...profile(record, name, to), base });
    assert.is(body.results[0]?.outcome, 'accepted');
  };
  await change(person, 'Alex Able', 'ALEX@example.org');
  assert.equal(await toldElsewhere(context), []);
  await change(person, 'Alex Able', 'theirs@example.org');
  await change(person, 'Alex Able', email);
  assert.equal(await toldElsewhere(context), ['email-changed', 'email-changed']);
  assert.equal(kindsOf((await signIn(openBrowser(server.address), 'quinn@example.org', password)).body), []);

  const other = newId();
  await quinn.write(profile(other, 'Bo', 'bo@example.org'));
  await change(other, 'Bo', 'bo.able@example.org');
  assert.is(server.rows(`select * from notice where person = '${other}'`).length, 0, 'somebody who was never here');
  const own = quinn.session.person;
  await change(own, 'Quinn', 'q@example.org');
  assert.is(server.rows(`select * from notice where person = '${own}'`).length, 0, 'themselves');
});

test('what is not there yet cannot be read beforehand', async (context) => {
  const { server, alex } = context;
  const far = Number.MAX_SAFE_INTEGER;
  for (const atMs of [far, 1e308]) assert.is((await alex.ask(sessionPaths.noticed, { atMs })).problem, undefined);
  const other = await takeOver(context);
  for (const atMs of [far, 1e308]) assert.is((await other.ask(sessionPaths.noticed, { atMs })).problem, undefined);
  server.clock.ms += minuteMs;
  await takeOver(context);
  assert.equal(await toldElsewhere(context), ['password', 'password']);
});

test.run();
