/**
 * FAULTS 21. Eight laptops push to two server processes on one PostgreSQL whose commits take a random time, while others follow
 * their cursor: none misses a row. The same loop with a naive cursor must miss some, or it shows nothing. A few seconds in
 * `npm test`, a minute in `npm run faults`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { join, newId, openBrowser, openLaptop } from '../../server/client.ts';
import { password, service } from '../../server/example.ts';
import { startProcess } from '../../server/server-process.ts';
import { openTestDatabase, type TestDatabase } from '../../server/test-database.ts';
import { inLongRun } from '../long-run.ts';
import { delayCommits, follow, type Feed, type Followed } from './feed.ts';
import { naiveTable, openNaiveFeed } from './naive-feed.ts';

const seconds = inLongRun(60, 4);
const delayMs = 20;
const groupsInBatch = 60;

interface Context {
  dataDir: string;
  database: TestDatabase;
  url: string;
}
const test = suite<Context>('readers who follow their cursor');

test.before.each(async (context) => {
  context.dataDir = mkdtempSync(joinPath(tmpdir(), 'plumbline-rows-'));
  context.database = await openTestDatabase(context.dataDir);
  context.url = context.database.env['DATABASE_URL'] ?? '';
});
test.after.each(async ({ dataDir, database }) => {
  rmSync(dataDir, { recursive: true, force: true });
  await database.drop();
});

const said = (what: string, { rows, missed, rowsPerSecond, reads }: Followed): void =>
  console.log(`${what}: ${rows} rows, ${rowsPerSecond} a second, ${reads} reads, ${missed} missed`);

test('miss no row of eight laptops at two servers', async ({ dataDir, database, url }) => {
  const servers = [await startProcess(dataDir, database.env), await startProcess(dataDir, database.env)] as const;
  try {
    // The link of the second start has taken the place of the first one's.
    const profile = { name: 'Quinn', email: 'quinn@example.org' };
    const joined = await join(openBrowser(servers[1].address), servers[1].firstLink, password, profile);
    assert.is(joined.problem, undefined);
    const cookie = joined.headers.get('set-cookie')?.split(';')[0];
    await delayCommits(url, 'version', delayMs);
    const laptopAt = (i: number) =>
      openLaptop(Object.assign(openBrowser(servers[i % 2 === 0 ? 0 : 1].address), { cookie }), joined.body);
    const writers = Array.from({ length: 8 }, (_, i) => laptopAt(i));
    const readers = Array.from({ length: 2 }, (_, i) => laptopAt(i));
    const feed: Feed = {
      async write(writer) {
        const laptop = writers[writer];
        const ids = Array.from({ length: groupsInBatch }, () => newId());
        const reply = await laptop?.push(ids.flatMap((id) => laptop.seal([service(id, 'A service')])));
        assert.ok(reply?.body.results.every(({ outcome }) => outcome === 'accepted'));
        return ids;
      },
      async read(reader) {
        const { records } = readers[reader] ?? {};
        const before = new Set(records?.keys());
        await readers[reader]?.pull();
        return [...(records?.keys() ?? [])].filter((id) => !before.has(id));
      },
    };
    const followed = await follow(feed, seconds);
    said('by version', followed);
    // A minute of it at a council's speed or above: a server that hardly writes can miss nothing.
    assert.ok(followed.rows >= inLongRun(seconds * 1_000, 100), `${followed.rowsPerSecond} rows a second`);
    assert.is(followed.missed, 0);
    for (const reader of readers) {
      const { total } = await reader.pull();
      assert.equal(reader.total(), total);
    }
    const versions = database.rows('select count(*) as n, max(version) as newest from version')[0];
    assert.is(versions?.['n'], Number(versions?.['newest']) + 1, 'one unbroken row of versions');
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
});

test('would miss rows by a cursor over a bare sequence', async ({ url }) => {
  const feed = await openNaiveFeed(url);
  try {
    await delayCommits(url, naiveTable, delayMs);
    const followed = await follow(feed, seconds);
    said('by a bare sequence', followed);
    assert.ok(followed.missed > 0, 'the loop must be able to see a missed row');
  } finally {
    await feed.close();
  }
});

test.run();
