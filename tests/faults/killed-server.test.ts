/**
 * FAULTS 48. The real server process, killed with SIGKILL while several laptops push, and its PostgreSQL cut off as well: nothing
 * it answered is ever missing. A few kills in `npm test`, a hundred in `npm run faults`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstHead, leafOf, nextHead, valueHash } from '../../src/domain/chain.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { startPostgres } from '../run/postgres.ts';
import { hash, join, newId, openBrowser, openLaptop, type Laptop } from '../server/client.ts';
import { password, service } from '../server/example.ts';
import { startProcess } from '../server/server-process.ts';
import { openTestDatabase, testPostgres, type TestDatabase } from '../server/test-database.ts';
import { inLongRun } from './long-run.ts';

const kills = inLongRun(100, testPostgres === undefined ? 10 : 5);
/** Of PostgreSQL itself, each before one of the server. */
const cutEvery = 5;
const laptopCount = 3;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Pushes without rest until the server is gone; a batch that was not answered is sent again by the next one. */
async function pushUntilGone(laptop: Laptop, unanswered: Op[], acknowledged: Map<string, string>): Promise<void> {
  for (;;) {
    if (unanswered.length === 0) unanswered.push(...laptop.seal([service(newId(), 'one'), service(newId(), 'two')]));
    const ops = [...unanswered];
    const reply = await laptop.push(ops).catch(() => null);
    if (reply === null) return;
    if (reply.problem?.kind === 'server-error' && testPostgres !== undefined) {
      // Its PostgreSQL is away: a laptop asks again.
      assert.is(reply.status, 503);
      await wait(20);
      continue;
    }
    assert.is(reply.problem, undefined);
    assert.is(reply.body.acceptedTo, ops.at(-1)?.seq);
    for (const op of ops) acknowledged.set(`${op.device}:${op.seq}`, op.leaf);
    unanswered.length = 0;
  }
}

const killed = suite('a server killed while accepting');

killed(`loses no acknowledged op in ${kills} kills, and every chain verifies`, async () => {
  // One that waits for the disk, as a council's does: cut off, it must come back with everything.
  const postgres = testPostgres === undefined ? null : await startPostgres({ durable: true });
  const dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-killed-'));
  const database = await openTestDatabase(dataDir, postgres?.url('postgres'));
  let server = await startProcess(dataDir, database.env);
  try {
    const joined = await join(openBrowser(server.address), server.firstLink, password, {
      name: 'Quinn',
      email: 'quinn@example.org',
    });
    const cookie = joined.headers.get('set-cookie')?.split(';')[0];
    const devices = Array.from({ length: laptopCount }, () => openLaptop(openBrowser(server.address), joined.body));
    const unanswered: Op[][] = devices.map(() => []);
    const acknowledged = new Map<string, string>();
    const working = async (): Promise<void> => {
      // By what was answered and not by the clock: a busy machine is killed as far into its work as an idle one.
      const enough = acknowledged.size + 4 + Math.floor(Math.random() * 30);
      while (acknowledged.size < enough) await wait(2);
      await wait(Math.random() * 20);
    };
    for (let kill = 0; kill < kills; kill += 1) {
      const pushing = devices.map((device, i) => {
        const browser = Object.assign(openBrowser(server.address), { cookie });
        const laptop = Object.assign(openLaptop(browser, joined.body, device.device), {
          seq: device.seq,
          head: device.head,
        });
        return pushUntilGone(laptop, unanswered[i] ?? [], acknowledged).then(() =>
          Object.assign(device, { seq: laptop.seq, head: laptop.head }),
        );
      });
      await working();
      if (postgres !== null && kill % cutEvery === 0) {
        await postgres.crash();
        verify(database, new Map(acknowledged));
        await working();
      }
      await server.kill();
      await Promise.all(pushing);
      verify(database, acknowledged);
      server = await startProcess(dataDir, database.env);
    }
    assert.ok(acknowledged.size >= kills * 4, `${acknowledged.size} ops were acknowledged`);
    assert.is(await server.stop(), 0, 'and it stops in good order when asked');
    console.log(`${acknowledged.size} ops acknowledged over ${kills} kills, none missing`);
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
    await postgres?.stop();
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
function verify(database: TestDatabase, acknowledged: ReadonlyMap<string, string>): void {
  const stored = new Map<string, string>();
  const heads = new Map<DeviceId, { seq: number; head: string }>();
  // A server may be at work meanwhile: one look for both.
  const rows = database.rows(
    `select op.*, device.seq as device_seq, device.head as device_head
     from op join device on device.authority = op.authority and device.device = op.device order by op.device, op.seq`,
  ) as (OpRow & { readonly device_seq: number; readonly device_head: string })[];
  for (const row of rows) {
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
  for (const { device, device_seq: seq, device_head: head } of rows) assert.equal(heads.get(device), { seq, head });
  const halves = database.rows('select grp from op group by authority, grp having count(*) <> max(group_size)');
  assert.equal(halves, [], 'no half group');
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
