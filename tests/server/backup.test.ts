/** Backing up and restoring a data folder: what goes in, what is refused, what is kept, and what stays taken away. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backUp } from '../../server/backup/back-up.ts';
import { beginEpoch, restoreBackup } from '../../server/backup/restore.ts';
import { readConfig } from '../../server/config.ts';
import { readBackupFile } from '../../server/db/backup-file.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { paths } from '../../src/protocol/sync.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { openCouncil, type Council } from '../converge/council.ts';
import { join as joinBy, newId, openBrowser, signIn } from './client.ts';
import { grant, password, roles, service } from './example.ts';

const test = suite<{ council: Council }>('a backup of a data folder');
test.before.each(async (context) => {
  context.council = await openCouncil();
});
test.after.each(({ council }) => council.stop());

const failureOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing failed',
    (error: unknown) => (error as Error).message,
  );

test('is made while people write, is whole, holds keys and lists, and is for its owner alone', async ({ council }) => {
  const file = join(council.dataDir, 'backup');
  let isDone = false;
  const writing = (async () => {
    while (!isDone) await council.hand.write(service(newId(), 'one more'));
  })();
  const said = await backUp(council.dataDir, file);
  isDone = true;
  await writing;
  assert.match(said, 'Keep it as safe as the server itself');
  assert.is(statSync(file).mode & 0o777, 0o600);
  const content = readBackupFile(file);
  if (typeof content === 'string') throw new Error(content);
  assert.is(content.authorityName, 'Testshire');
  assert.equal(content.parts.map(({ name }) => name).sort(), ['recovery.key', 'revoked.jsonl', 'server.key']);
  assert.not.ok(existsSync(`${file}-wal`));
  assert.match(await failureOf(backUp(council.dataDir, file)), 'never takes the place of another');
});

test('is not restored while a server runs on the folder', async ({ council }) => {
  const file = await council.backUp();
  const before = readdirSync(council.dataDir);
  const failed = await failureOf(restoreBackup(council.dataDir, file, { newId, nowMs: 1 }));
  assert.match(failed, 'A server is running');
  assert.equal(readdirSync(council.dataDir), before);
});

test('is refused when it is damaged, no backup, or of another authority; then nothing has changed', async ({
  council,
}) => {
  const file = await council.backUp();
  const other = await openCouncil();
  const stranger = await other.backUp();
  await other.stop().catch(() => undefined);
  const cut = join(council.dataDir, 'cut');
  const bytes = readFileSync(file);
  writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
  const text = join(council.dataDir, 'text');
  writeFileSync(text, 'no database at all');
  copyFileSync(file, join(council.dataDir, 'kept'));
  await council.server.plumbline.close();
  const before = readFileSync(join(council.dataDir, 'plumbline.sqlite'));
  for (const bad of [cut, text, stranger, join(council.dataDir, 'not there')]) {
    const failed = await failureOf(restoreBackup(council.dataDir, bad, { newId, nowMs: 1 }));
    assert.match(failed, /no backup that can be used|another authority/, bad);
  }
  assert.ok(readFileSync(join(council.dataDir, 'plumbline.sqlite')).equals(before));
  await council.restore(file);
});

test('keeps what was there, begins a new epoch, and leaves no key in the database', async ({ council }) => {
  const { dataDir } = council;
  const file = await council.backUp();
  const [before] = council.server.rows('select epoch, server_device, version from authority');
  await council.hand.write(service(newId(), 'after the backup'));
  await council.restore(file);
  const [after] = council.server.rows('select epoch, server_device, version from authority');
  assert.is.not(after?.['epoch'], before?.['epoch']);
  assert.is.not(after?.['server_device'], before?.['server_device']);
  assert.is(after?.['version'], before?.['version']);
  const aside = readdirSync(dataDir).find((name) => name.startsWith('before-restore-'));
  const kept = readBackupFile(join(dataDir, aside ?? '', 'plumbline.sqlite'));
  assert.is(typeof kept === 'string' ? kept : kept.version, Number(before?.['version']) + 1);
  const database = readFileSync(join(dataDir, 'plumbline.sqlite'));
  for (const name of ['recovery.key', 'server.key']) {
    assert.is(database.includes(readFileSync(join(dataDir, name))), false, name);
    assert.is(statSync(join(dataDir, name)).mode & 0o777, 0o600);
  }
  assert.is(statSync(join(dataDir, 'plumbline.sqlite')).mode & 0o777, 0o600);
});

test('brings the whole of a data folder that is gone', async ({ council }) => {
  const file = await council.backUp();
  const empty = join(council.dataDir, 'another folder');
  const said = await restoreBackup(empty, file, { newId, nowMs: 1_800_000_000_000 });
  assert.match(said, 'The database is now that of Testshire');
  for (const name of ['recovery.key', 'server.key']) {
    assert.ok(readFileSync(join(empty, name)).equals(readFileSync(join(council.dataDir, name))));
  }
});

test('a server does not start with another key than laptops were given; a restore puts the right one back', async ({
  council,
}) => {
  const key = join(council.dataDir, 'server.key');
  const file = await council.backUp();
  await council.server.plumbline.close();
  writeFileSync(key, Buffer.alloc(32, 7));
  assert.match(await failureOf(council.start()), 'is missing or another one');
  await council.restore(file);
});

test('--new-epoch gives a database whose key file is gone a new key', async ({ council }) => {
  const { dataDir } = council;
  const { publicKey } = council.server.plumbline.server.serverKey;
  await council.server.plumbline.close();
  rmSync(join(dataDir, 'server.key'));
  assert.match(await failureOf(council.start()), 'is missing or another one');
  await beginEpoch(readConfig({ DATA_DIR: dataDir }), { newId, nowMs: 1 });
  await council.start();
  assert.is.not(council.server.plumbline.server.serverKey.publicKey, publicKey);
});

test('does not give back a session, a password, a role or a laptop that was taken since', async ({ council }) => {
  const { hand, alex, lee, browsers } = council;
  const [alexAt, boAt] = browsers;
  if (!alexAt || !boAt) throw new Error('No browsers');
  await alex.cycle();
  const file = await council.backUp();
  // Bo signs out; somebody who copied the cookie before must not be let in.
  const stolen = boAt.browser.cookie;
  await boAt.browser.post(sessionPaths.signOut, {});
  // Alex gets a new password, Lee's role ends, and one laptop is reported stolen.
  const invited = await hand.browser.post<{ link: string }>(sessionPaths.invite, { person: alex.person });
  council.server.clock.ms += 1_000;
  const fresh = openBrowser(council.server.address);
  await joinBy(fresh, invited.body.link, 'another long password');
  await hand.pull();
  const base = hand.records.get(lee.person)?.units['roles']?.op ?? null;
  await hand.write({ ...roles(lee.person, grant('auditor')), base });
  const device = alex.store.device;
  await hand.ask(laptopPaths.revoke, { device, form: 'stolen', reason: 'taken from a car', password });

  await council.restore(file);
  boAt.browser.cookie = stolen;
  assert.is((await boAt.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out');
  assert.is((await alexAt.browser.post(sessionPaths.session, {})).problem?.kind, 'signed-out');
  assert.is(
    (await signIn(openBrowser(council.server.address), 'alex@example.org', password)).problem?.kind,
    'wrong-credentials',
  );
  const leeGrants = council.server.rows(
    `select units ->> '$.roles.value.grants' as grants from record where id = '${lee.person}'`,
  );
  assert.equal(JSON.parse(String(leeGrants[0]?.['grants'])), []);
  const { authority } = council.server.plumbline.server;
  const request = { protocol: 1, authority: authority.id, person: hand.session.person, cursor: null };
  const told = council.server.rows(`select form from revocation where device = '${device}'`);
  assert.equal(told, [{ form: 'stolen' }]);
  assert.is((await hand.browser.post(paths.pull, { ...request, device: newId() })).problem, undefined);
});

test.run();
