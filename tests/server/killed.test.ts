/** The real server process, killed with SIGKILL while several laptops push: nothing it answered is ever missing. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstHead, leafOf, nextHead, valueHash } from '../../src/domain/chain.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { hash, join, newId, openBrowser, openLaptop, type Laptop } from './client.ts';
import { password, service } from './example.ts';

const kills = 10;
const laptopCount = 3;
const root = joinPath(import.meta.dirname, '../..');

interface Running {
  readonly child: ChildProcess;
  readonly address: string;
  readonly output: string;
}

function start(dataDir: string): Promise<Running> {
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir };
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let [output, problems] = ['', ''];
    child.stderr?.on('data', (chunk: Buffer) => (problems += chunk.toString()));
    child.on('exit', (code) => reject(new Error(`The server stopped with ${code}: ${problems}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /^Plumbline is ready at (\S+)$/m.exec(output)?.[1];
      const isWhole = address !== undefined && (output.includes('/join#') || !output.includes('Nobody'));
      if (isWhole) setTimeout(() => resolve({ child, address, output }), 20);
    });
  });
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const exited = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve));

/** Pushes without rest until the server is gone; a batch that was not answered is sent again by the next one. */
async function pushUntilGone(laptop: Laptop, unanswered: Op[], acknowledged: Map<string, string>): Promise<void> {
  for (;;) {
    if (unanswered.length === 0) unanswered.push(...laptop.seal([service(newId(), 'one'), service(newId(), 'two')]));
    const ops = [...unanswered];
    const reply = await laptop.push(ops).catch(() => null);
    if (reply === null) return;
    assert.is(reply.problem, undefined);
    assert.is(reply.body.acceptedTo, ops.at(-1)?.seq);
    for (const op of ops) acknowledged.set(`${op.device}:${op.seq}`, op.leaf);
    unanswered.length = 0;
  }
}

const killed = suite('a server killed while accepting');

killed(`loses no acknowledged op in ${kills} kills, and every chain verifies`, async () => {
  const dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-killed-'));
  let running = await start(dataDir);
  try {
    const joined = await join(openBrowser(running.address), /\/join#\S+/.exec(running.output)?.[0] ?? '', password, {
      name: 'Quinn',
      email: 'quinn@example.org',
    });
    const cookie = joined.headers.get('set-cookie')?.split(';')[0];
    const devices = Array.from({ length: laptopCount }, () => openLaptop(openBrowser(running.address), joined.body));
    const unanswered: Op[][] = devices.map(() => []);
    const acknowledged = new Map<string, string>();
    for (let kill = 0; kill < kills; kill += 1) {
      const pushing = devices.map((device, i) => {
        const browser = Object.assign(openBrowser(running.address), { cookie });
        const laptop = Object.assign(openLaptop(browser, joined.body, device.device), {
          seq: device.seq,
          head: device.head,
        });
        return pushUntilGone(laptop, unanswered[i] ?? [], acknowledged).then(() =>
          Object.assign(device, { seq: laptop.seq, head: laptop.head }),
        );
      });
      // By what was answered and not by the clock: a busy machine is killed as far into its work as an idle one.
      const enough = acknowledged.size + 4 + Math.floor(Math.random() * 30);
      while (acknowledged.size < enough) await wait(2);
      await wait(Math.random() * 20);
      running.child.removeAllListeners('exit');
      running.child.kill('SIGKILL');
      await exited(running.child);
      await Promise.all(pushing);
      verify(dataDir, acknowledged);
      running = await start(dataDir);
    }
    assert.ok(acknowledged.size >= kills * 4, `${acknowledged.size} ops were acknowledged`);
    running.child.removeAllListeners('exit');
    running.child.kill('SIGTERM');
    await exited(running.child);
    assert.is(running.child.exitCode, 0, 'and it stops in good order when asked');
  } finally {
    running.child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }
});

interface OpRow extends Record<string, unknown> {
  readonly device: DeviceId;
  readonly seq: number;
  readonly leaf: string;
  readonly prev: string;
  readonly group_size: number;
}

/** Every acknowledged op is there, each device's ops are contiguous and chained, and its head is their head. */
function verify(dataDir: string, acknowledged: ReadonlyMap<string, string>): void {
  const file = new SqliteFile(joinPath(dataDir, 'plumbline.sqlite'));
  try {
    const stored = new Map<string, string>();
    const heads = new Map<DeviceId, { seq: number; head: string }>();
    for (const row of file.prepare('select * from op order by device, seq').all() as OpRow[]) {
      const before = heads.get(row.device) ?? { seq: 0, head: firstHead(hash, row.device) };
      assert.is(row.seq, before.seq + 1);
      assert.is(row.prev, before.head);
      assert.is(
        row.leaf,
        leafOf(hash, headerOf(row), valueHash(hash, String(row['salt']), JSON.parse(String(row['value'])))),
      );
      heads.set(row.device, { seq: row.seq, head: nextHead(hash, row.prev, row.leaf) });
      stored.set(`${row.device}:${row.seq}`, row.leaf);
    }
    for (const [op, leaf] of acknowledged) assert.is(stored.get(op), leaf, `acknowledged op ${op}`);
    for (const { device, seq, head } of file.prepare('select * from device').all() as {
      device: DeviceId;
      seq: number;
      head: string;
    }[]) {
      assert.equal(heads.get(device), { seq, head });
    }
    const halves = file.prepare('select grp from op group by authority, grp having count(*) <> max(group_size)').all();
    assert.equal(halves, [], 'no half group');
  } finally {
    file.close();
  }
}

const headerOf = (row: OpRow) =>
  ({
    authority: row['authority'],
    person: row['person'],
    device: row.device,
    seq: row.seq,
    group: row['grp'],
    groupSize: row.group_size,
    record: row['record'],
    kind: row['kind'],
    unit: row['unit'],
    claimed: { ms: row['claimed_ms'], count: row['claimed_count'] },
    base: row['base'],
    settles: JSON.parse(String(row['settles'])),
  }) as never;

killed.run();
