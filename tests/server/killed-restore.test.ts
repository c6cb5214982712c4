/** A restore that dies at any of its steps leaves the old database or the new one; a server never begins anew in its place. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keepAside } from '../../server/backup/take-place.ts';
import { beginEpoch, restoreBackup } from '../../server/backup/restore.ts';
import { ConfigError, readConfig } from '../../server/config.ts';
import { readBackupFile } from '../../server/db/backup-file.ts';
import { openCouncil, type Council } from '../converge/council.ts';
import { newId } from './client.ts';
import { service } from './example.ts';
import { dyingAt } from './dying-files.ts';

interface Scene {
  council: Council;
  /** A backup outside the data folder, and one record fewer in it than in the folder. */
  file: string;
  /** What lay in the data folder when its server was killed, or what a test makes of it. */
  before: string;
}

const test = suite<Scene>('a restore that is killed');

test.before.each(async (context) => {
  context.council = await openCouncil();
  const { council } = context;
  const beside = mkdtempSync(join(tmpdir(), 'plumbline-killed-restore-'));
  context.file = join(beside, 'backup');
  context.before = join(beside, 'before');
  cpSync(await council.backUp(), context.file);
  await council.hand.write(service(newId(), 'after the backup'));
  // As a killed server leaves it: the last change is in the file beside the database.
  cpSync(council.dataDir, context.before, { recursive: true });
  assert.ok(existsSync(join(context.before, 'plumbline.sqlite-wal')));
  await council.server.plumbline.close();
});

test.after.each(async ({ council, file }) => {
  await council.stop();
  rmSync(join(file, '..'), { recursive: true });
});

const layOut = ({ council, before }: Scene): void => {
  for (const name of readdirSync(council.dataDir)) rmSync(join(council.dataDir, name), { recursive: true });
  cpSync(before, council.dataDir, { recursive: true });
};

const versionOf = ({ server }: Council): number => Number(server.rows('select version from authority')[0]?.['version']);

const authorityOf = ({ server }: Council): string => server.plumbline.server.authority.id;

const failureOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => null).catch((error) => error);

/**
 * Kills a restore at each of its steps in turn, and answers what a start then found: the old, the new, or a refusal. `isOld`
 * looks further at what is taken for the old one.
 */
async function startsAfterEachStep(scene: Scene, isOld: () => void = () => undefined): Promise<string[]> {
  const { council, file } = scene;
  const authority = authorityOf(council);
  const backup = readBackupFile(file);
  if (typeof backup === 'string') throw new Error(backup);
  const restore = () => restoreBackup(council.dataDir, file, { newId, nowMs: 1_800_000_000_000 });
  const found: string[] = [];
  for (let step = 1; ; step += 1) {
    layOut(scene);
    const hasDied = await dyingAt(step, restore);
    const refused = await failureOf(council.start());
    if (refused !== null) {
      assert.instance(refused, ConfigError);
      assert.match((refused as Error).message, 'A restore was left half done');
      found.push('refused');
      // What the sentence says helps.
      await restoreBackup(council.dataDir, file, { newId, nowMs: 1_800_000_001_000 });
      await council.start();
      assert.is(versionOf(council), backup.version, `step ${step}`);
    } else if (versionOf(council) === backup.version) found.push('new');
    else {
      isOld();
      found.push('old');
    }
    assert.is(authorityOf(council), authority, `step ${step}`);
    assert.ok([backup.version, backup.version + 1].includes(versionOf(council)), `step ${step}`);
    if (!hasDied) return found;
    await council.server.plumbline.close();
  }
}

test('leaves the database as it was up to the step that puts the new one in its place', async (scene) => {
  const found = await startsAfterEachStep(scene);
  const firstNew = found.indexOf('new');
  assert.ok(firstNew > 5, found.join());
  assert.equal(
    found,
    found.map((_, at) => (at < firstNew ? 'old' : 'new')),
  );
});

test('in a folder without a database is not taken for a new server', async ({ council, file }) => {
  const restore = () => restoreBackup(council.dataDir, file, { newId, nowMs: 1_800_000_000_000 });
  const empty = (): void => {
    rmSync(council.dataDir, { recursive: true });
    mkdirSync(council.dataDir);
  };
  const authority = authorityOf(council);
  let refusals = 0;
  for (let step = 1; ; step += 1) {
    empty();
    const hasDied = await dyingAt(step, restore);
    // Before its first file nothing has happened.
    const hasBegun = readdirSync(council.dataDir).some((name) => name.startsWith('restoring'));
    const isDone = existsSync(join(council.dataDir, 'plumbline.sqlite'));
    if (hasBegun && !isDone) {
      const refused = await failureOf(council.start());
      assert.instance(refused, ConfigError, `step ${step}`);
      assert.match((refused as Error).message, 'A restore was left half done');
      refusals += 1;
    } else if (isDone) {
      await council.start();
      assert.is(authorityOf(council), authority, `step ${step}`);
      if (!hasDied) break;
      await council.server.plumbline.close();
    }
  }
  assert.ok(refusals > 3, String(refusals));
});

test('of a version that moved the old database away first is noticed too', async ({ council, file }) => {
  const aside = join(council.dataDir, 'before-restore-2026-11-01T080000000Z');
  mkdirSync(aside);
  renameSync(join(council.dataDir, 'plumbline.sqlite'), join(aside, 'plumbline.sqlite'));
  const refused = await failureOf(council.start());
  assert.match((refused as Error).message, 'There is no plumbline.sqlite, but there is before-restore-2026-11-01');
  await restoreBackup(council.dataDir, file, { newId, nowMs: 1 });
  await council.start();
});

test('with keys that are not those of the backup opens the old with its own, the new with its own, or says so', async (scene) => {
  const { council } = scene;
  layOut(scene);
  rmSync(join(council.dataDir, 'server.key'));
  await beginEpoch(readConfig({ DATA_DIR: council.dataDir }), { newId, nowMs: 1 });
  await council.start();
  await council.server.plumbline.close();
  rmSync(scene.before, { recursive: true });
  cpSync(council.dataDir, scene.before, { recursive: true });
  const found = await startsAfterEachStep(scene);
  assert.is(found[0], 'old');
  assert.is(found.at(-1), 'new');
  assert.ok(found.includes('refused'), found.join());
  assert.ok(found.lastIndexOf('old') < found.indexOf('new'), found.join());
  const aside = readdirSync(council.dataDir).find((name) => name.startsWith('before-restore-')) ?? '';
  const kept = readFileSync(join(council.dataDir, aside, 'server.key'));
  assert.ok(kept.equals(readFileSync(join(scene.before, 'server.key'))));
});

test('takes the place of a database that does not open, which is kept with what lies beside it', async (scene) => {
  const { council, file } = scene;
  const names = ['plumbline.sqlite', 'plumbline.sqlite-wal'];
  const harmed = (name: string): string => `no database, but ${name}`.repeat(500);
  for (const name of names) writeFileSync(join(council.dataDir, name), harmed(name));
  await restoreBackup(council.dataDir, file, { newId, nowMs: 1_800_000_000_000 });
  const aside = readdirSync(council.dataDir).find((name) => name.startsWith('before-restore-')) ?? '';
  for (const name of names) assert.is(readFileSync(join(council.dataDir, aside, name), 'utf8'), harmed(name));
  await council.start();
});

test('in the place of a database that opens and is not whole never serves it without its log', async (scene) => {
  const { council } = scene;
  const damaged = new Database(join(scene.before, 'plumbline.sqlite'));
  damaged.unsafeMode();
  damaged.pragma('writable_schema = on');
  // The pages of an index that nothing names any more: it opens, and is not whole.
  damaged.exec('create table damage (n integer); create index of_damage on damage (n)');
  damaged.exec(`delete from sqlite_schema where name = 'of_damage'`);
  damaged.pragma('wal_checkpoint(truncate)');
  damaged.exec('create table in_log (n integer)');
  const copy = `${scene.before}-damaged`;
  // While it is open: closing would empty the log.
  cpSync(scene.before, copy, { recursive: true });
  damaged.close();
  scene.before = copy;
  layOut(scene);
  assert.is(readBackupFile(join(council.dataDir, 'plumbline.sqlite')), 'it is damaged, or no database');
  const found = await startsAfterEachStep(scene, () => void council.server.rows('select * from in_log'));
  assert.equal([found[0], found.at(-1)], ['old', 'new']);
  assert.ok(found.includes('refused'), found.join());
  assert.ok(found.lastIndexOf('old') < found.indexOf('refused'), found.join());
  assert.ok(found.lastIndexOf('refused') < found.indexOf('new'), found.join());
});

const leftovers = ['restoring.sqlite', 'restoring.sqlite-journal', 'restoring.sqlite-wal'];

test('does not hide why a server cannot start, when it is something else', async ({ council }) => {
  const { dataDir } = council;
  for (const name of leftovers) writeFileSync(join(dataDir, name), 'left over');
  const groups = join(dataDir, 'groups.json');
  writeFileSync(groups, '[{ "group": "auditors", "role": "auditr" }]');
  const account = {
    OIDC_ISSUER: 'https://login.example.org',
    OIDC_CLIENT_ID: 'plumbline',
    OIDC_CLIENT_SECRET: 'made up',
  };
  const env = { ...account, OIDC_GROUPS_FILE: groups, PUBLIC_ADDRESS: 'https://audits.example.org' };
  const refused = await failureOf(council.start(env));
  assert.instance(refused, ConfigError);
  assert.match((refused as Error).message, `OIDC_GROUPS_FILE (${groups}) cannot be read`);
  assert.not.match((refused as Error).message, 'restore');
  await council.start();
});

test('is named where the keys are another database’s, with what is wrong with them', async ({ council }) => {
  const path = join(council.dataDir, 'server.key');
  const key = readFileSync(path);
  for (const name of leftovers) writeFileSync(join(council.dataDir, name), 'left over');
  writeFileSync(path, Buffer.alloc(32, 1));
  const refused = await failureOf(council.start());
  assert.instance(refused, ConfigError);
  assert.match((refused as Error).message, 'A restore was left half done');
  assert.match((refused as Error).message, `The key file ${path} is missing or another one`);
  assert.ok(existsSync(join(council.dataDir, 'restoring.sqlite')), 'nothing is cleared before a start has succeeded');
  writeFileSync(path, key);
  await council.start();
});

test('leaves no copy of the database behind once a server has started, and the log says so', async ({ council }) => {
  const cleared = (): string[] => council.server.log.filter((line) => line.includes('"half-restore-cleared"'));
  for (const name of leftovers) writeFileSync(join(council.dataDir, name), 'left over');
  await council.start();
  assert.equal(
    readdirSync(council.dataDir).filter((name) => name.startsWith('restoring')),
    [],
  );
  assert.is(cleared().length, 1);
  await council.server.plumbline.close();
  await council.start();
  assert.is(cleared().length, 0, 'nothing was left');
});

test('is not begun while another program reads the database', async (scene) => {
  const { council, file } = scene;
  layOut(scene);
  const present = join(council.dataDir, 'plumbline.sqlite');
  const reader = new Database(present, { readonly: true });
  reader.exec('begin');
  reader.prepare('select count(*) from op').get();
  const failed = await failureOf(restoreBackup(council.dataDir, file, { newId, nowMs: 1 }));
  reader.close();
  assert.instance(failed, ConfigError);
  assert.match((failed as Error).message, 'is being read');
  await council.start();
  assert.is(versionOf(council), Number((readBackupFile(file) as { version: number }).version) + 1);
});

const aside = suite('what a restore replaces');

aside('is kept also where a file cannot have two names, and nowhere else is an error passed over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-aside-'));
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(from, 'what was there');
  const keep = (code: string): void =>
    keepAside(from, to, () => {
      throw Object.assign(new Error(`${code}: it cannot be linked`), { code });
    });
  for (const code of ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EMLINK', 'ENOSYS']) {
    keep(code);
    assert.is(readFileSync(to, 'utf8'), 'what was there', code);
  }
  for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
    assert.throws(() => keep(code), code);
    assert.not(existsSync(to));
  }
  rmSync(folder, { recursive: true });
});

test.run();
aside.run();
