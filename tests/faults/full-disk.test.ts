/**
 * FAULTS 48. A disk that is full, as a small file system in memory: the server says that it cannot, keeps what it acknowledged,
 * and goes on once there is space. Needs root, to mount one.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startPostgres } from '../run/postgres.ts';
import { join, newId, openBrowser, openLaptop, type Laptop } from '../server/client.ts';
import { password, service } from '../server/example.ts';
import { startProcess } from '../server/server-process.ts';
import { openTestDatabase, testPostgres, type TestDatabase } from '../server/test-database.ts';

/** PostgreSQL takes 40 MB before it holds anything. */
const sizeMb = testPostgres === undefined ? 16 : 160;
const mayMount = process.getuid?.() === 0 && process.platform === 'linux';

interface Disk {
  readonly path: string;
  fill(): void;
  free(): void;
  remove(): void;
}

function smallDisk(): Disk {
  const path = mkdtempSync(joinPath(tmpdir(), 'plumbline-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=0755`, 'tmpfs', path]);
  const filler = joinPath(path, 'filler');
  return {
    path,
    fill() {
      const file = openSync(filler, 'w');
      // Down to the last page: whatever is left is too little for one.
      for (const bytes of [1024 * 1024, 4096]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(bytes, 1));
        } catch (error) {
          assert.is((error as { readonly code?: string }).code, 'ENOSPC');
        }
      }
      closeSync(file);
    },
    free: () => rmSync(filler, { force: true }),
    remove() {
      execFileSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

const test = suite('a server whose disk is full');

/** Pushes until one is refused; answers the refusal. */
async function pushUntilRefused(laptop: Laptop, acknowledged: Set<string>) {
  for (let i = 0; i < 2_000; i += 1) {
    const { seq, head } = laptop;
    const edit = service(newId(), 'x'.repeat(100));
    const ops = laptop.seal([{ ...edit, value: { ...edit.value, more: 'y'.repeat(15_000) } }]);
    const reply = await laptop.push(ops);
    if (reply.problem !== undefined) {
      Object.assign(laptop, { seq, head });
      return { status: reply.status, problem: reply.problem, ops };
    }
    for (const op of ops) acknowledged.add(`${op.device}:${op.seq}:${op.leaf}`);
  }
  throw new Error('The disk never filled');
}

const storedIn = (database: TestDatabase): Set<string> =>
  new Set(database.rows(`select device || ':' || seq || ':' || leaf as op from op`).map(({ op }) => String(op)));

if (mayMount) {
  test('answers with a problem, keeps what it acknowledged, and goes on once there is space', async () => {
    const disk = smallDisk();
    const dataDir = joinPath(disk.path, 'data');
    mkdirSync(dataDir);
    chmodSync(disk.path, 0o777);
    const postgres = testPostgres === undefined ? null : await startPostgres({ durable: true, within: disk.path });
    const database = await openTestDatabase(dataDir, postgres?.url('postgres'));
    const server = await startProcess(dataDir, database.env);
    try {
      const browser = openBrowser(server.address);
      const profile = { name: 'Quinn', email: 'quinn@example.org' };
      const laptop = openLaptop(browser, (await join(browser, server.firstLink, password, profile)).body);
      const acknowledged = new Set<string>();
      disk.fill();
      const refused = await pushUntilRefused(laptop, acknowledged);
      assert.is(refused.problem.kind, 'server-error');
      assert.is(refused.status, 503);
      // Again and again, and never half of it.
      for (let i = 0; i < 5; i += 1) assert.is((await laptop.push(refused.ops)).problem?.kind, 'server-error');

      disk.free();
      // One whose own files could not be written may have ended: its council starts it again.
      await postgres?.crash();
      const stored = storedIn(database);
      assert.equal(
        [...acknowledged].filter((op) => !stored.has(op)),
        [],
      );
      const again = await laptop.push(refused.ops);
      assert.is(again.problem, undefined);
      assert.is(again.body.results[0]?.outcome, 'accepted');
      assert.is((await laptop.pull()).total?.count, database.rows('select id from record').length);
    } finally {
      await server.kill();
      await postgres?.stop();
      disk.remove();
    }
  });
} else {
  console.log('SKIPPED: a full disk: it takes root to mount a small one');
}

test.run();
