/** Writes that wait together share a commit, and to each of them it is as if it had been alone, whatever fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Engine, Failure } from '../../server/db/engine.ts';
import { failureOf } from '../../server/db/postgres-failures.ts';
import { openPostgres } from '../../server/db/postgres.ts';
import { shareCommits } from '../../server/db/shared-commit.ts';
import { openSqlite } from '../../server/db/sqlite.ts';
import type { Tx } from '../../server/db/tables.ts';
import { newId, openLaptop } from './client.ts';
import { firstQaLead, profile, service, startServer } from './example.ts';
import { assertSound } from './sound.ts';
import { until } from './stream.ts';
import { openTestDatabase } from './test-database.ts';

/** What a write does: it always writes a row and tells of it. */
type Does = 'ends well' | 'throws' | 'throws of the database';
/** What becomes of a transaction, in its turn: it fails before its commit, in it, or with a commit of which no answer comes. */
type Fate = 'commits' | { readonly at: 'end' | 'commit' | 'answer'; readonly as: Failure };

class Failed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`Made to fail: ${failure}`);
    this.failure = failure;
  }
}

interface Context {
  dataDir: string;
  engine: Engine;
  heard: string[];
  drop(): Promise<void>;
}
const shared = suite<Context>('writes that wait together');

shared.before.each(async (context) => {
  context.dataDir = mkdtempSync(join(tmpdir(), 'plumbline-shared-'));
  const { env, drop } = await openTestDatabase(context.dataDir);
  const url = env['DATABASE_URL'];
  const engine = url === undefined ? openSqlite(join(context.dataDir, 'plumbline.sqlite')) : await openPostgres(url);
  context.heard = [];
  await engine.listen((heard) => context.heard.push(heard.kind === 'told' ? heard.text : heard.kind));
  await engine.writer.transaction().execute((tx) => sql`create table written (id text, place integer)`.execute(tx));
  Object.assign(context, { engine, drop });
});
shared.after.each(async ({ engine, drop, dataDir }) => {
  await engine.close();
  await drop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Row {
  readonly id: string;
  readonly place: number;
}
const rowsIn = async (tx: Tx | Engine['reader']): Promise<readonly Row[]> =>
  (await sql<Row>`select id, place from written order by place`.execute(tx)).rows;

/** Writes as the server does, with fates; counts what has begun. */
function writerOn(engine: Engine, fates: Fate[], { undoesUnavailable } = engine) {
  const counted = { transactions: 0 };
  const once = async <T>(body: (tx: Tx) => Promise<T>, committing: () => void): Promise<T> => {
    const [fate, answer] = await engine.writer.transaction().execute(async (tx) => {
      counted.transactions += 1;
      const its = fates.shift() ?? 'commits';
      const result = await body(tx);
      if (its !== 'commits' && its.at === 'end') throw new Failed(its.as);
      committing();
      if (its !== 'commits' && its.at === 'commit') throw new Failed(its.as);
      return [its, result] as const;
    });
    if (fate !== 'commits') throw new Failed(fate.as);
    return answer;
  };
  const write = shareCommits({
    once,
    again: (body) => once(body, () => undefined),
    failureOf: (error) => (error instanceof Failed ? error.failure : engine.failureOf(error)),
    undoesUnavailable,
    markTold: () => engine.markTold(),
  });
  return { write, counted };
}

/** Its place says that it saw what those before it wrote, and nothing of those that were undone. */
async function writeRow(tx: Tx, id: string, does: Does): Promise<string> {
  const place = (await rowsIn(tx)).length;
  await sql`insert into written (id, place) values (${id}, ${place})`.execute(tx);
  await sql`select tell(${id})`.execute(tx);
  if (does === 'throws') throw new Error(`Thrown by ${id}`);
  if (does === 'throws of the database') await sql`select no_such_function()`.execute(tx);
  return id;
}

interface Ended {
  readonly id: string;
  readonly does: Does;
  readonly error: unknown;
}

/** Writes all at once. Whoever is answered must find its row by then, as somebody else would. */
const writeAll = (engine: Engine, write: ReturnType<typeof shareCommits>, all: readonly Does[]): Promise<Ended[]> =>
  Promise.all(
    all.map(async (does) => {
      const id = newId();
      try {
        assert.is(await write((tx) => writeRow(tx, id, does)), id);
      } catch (error) {
        return { id, does, error };
      }
      const seen = await engine.reader.connection().execute(rowsIn as (own: Engine['reader']) => Promise<Row[]>);
      assert.ok(
        seen.some((row) => row.id === id),
        'answered after its commit',
      );
      return { id, does, error: undefined };
    }),
  );

/** Exactly what was answered is there, in places without a gap, and was told. */
async function assertAsIfAlone({ engine, heard }: Context, ended: readonly Ended[]): Promise<void> {
  const rows = await engine.reader.connection().execute(rowsIn as (own: Engine['reader']) => Promise<Row[]>);
  const well = ended.filter(({ error }) => error === undefined).map(({ id }) => id);
  assert.equal(rows.map(({ id }) => id).sort(), well.sort());
  assert.equal(
    rows.map(({ place }) => place),
    rows.map((_, i) => i),
  );
  await engine.writer.transaction().execute((tx) => sql`select tell('end')`.execute(tx));
  await until('the end is heard', () => heard.includes('end'));
  assert.equal(
    heard
      .splice(0)
      .filter((text) => text !== 'end')
      .sort(),
    well.sort(),
  );
  await engine.writer.transaction().execute((tx) => sql`delete from written`.execute(tx));
}

shared('share a commit, and one that throws takes nobody with it', async (context) => {
  const { write, counted } = writerOn(context.engine, []);
  const all = Array.from({ length: 30 }, (_, i): Does =>
    i === 4 ? 'throws' : i === 7 ? 'throws of the database' : 'ends well',
  );
  const ended = await writeAll(context.engine, write, all);
  assert.ok(counted.transactions < 10, `${counted.transactions} transactions for 30 writes`);
  assert.equal(
    ended.filter(({ error }) => error !== undefined).map(({ does }) => does),
    ['throws', 'throws of the database'],
  );
  await assertAsIfAlone(context, ended);
});

shared('are not answered when the commit fails, and are written by themselves when that is safe', async (context) => {
  const failures: readonly Failure[] = ['undone', 'lost', 'unavailable', 'other'];
  for (const at of ['end', 'commit'] as const) {
    for (const as of failures) {
      const { write, counted } = writerOn(context.engine, [{ at, as }]);
      const ended = await writeAll(context.engine, write, ['ends well', 'throws', 'ends well']);
      // Of a commit that was under way nobody can say whether it happened.
      const isKnown = as === 'undone' || (as === 'unavailable' && context.engine.undoesUnavailable);
      const isUnsure = at === 'commit' && !isKnown;
      const failed = ended.map(({ error }) => (error as Error | undefined)?.message.split(' ')[0]);
      assert.equal(failed, isUnsure ? ['Made', 'Made', 'Made'] : [undefined, 'Thrown', undefined], `${at}: ${as}`);
      assert.is(counted.transactions, isUnsure ? 1 : 4);
      await assertAsIfAlone(context, ended);
    }
  }
});

shared(
  'are written once where they are committed and no answer to that comes, and all are told of it',
  async (context) => {
    for (const as of ['lost', 'unavailable', 'other'] as const) {
      const { engine } = context;
      const { write, counted } = writerOn(engine, [{ at: 'answer', as }], { ...engine, undoesUnavailable: false });
      const ended = await writeAll(engine, write, ['ends well', 'throws', 'ends well']);
      assert.ok(ended.every(({ error }) => error instanceof Failed));
      assert.is(counted.transactions, 1, as);
      await assertAsIfAlone(
        context,
        ended.map((each) => ({ ...each, error: each.does === 'throws' ? each.error : undefined })),
      );
    }
  },
);

shared('an answer that does not come in time says nothing of what it would have been', () => {
  assert.is(failureOf(new Error('Query read timeout')), 'lost');
  assert.is(failureOf(new Error('timeout exceeded when trying to connect')), 'unavailable');
});

shared('are none of them acknowledged when the power goes before the commit', async (context) => {
  const { write } = writerOn(context.engine, Array<Fate>(6).fill({ at: 'end', as: 'unavailable' }));
  const ended = await writeAll(context.engine, write, Array<Does>(5).fill('ends well'));
  assert.ok(ended.every(({ error }) => error instanceof Failed));
  await assertAsIfAlone(context, ended);
});

shared('are each as if alone, whatever they do and whatever becomes of their transactions', async (context) => {
  const does = fc.constantFrom<Does>('ends well', 'ends well', 'throws', 'throws of the database');
  const failing = fc.record({
    at: fc.constantFrom('end' as const, 'commit' as const),
    as: fc.constantFrom<Failure>('undone', 'lost', 'unavailable', 'other'),
  });
  const fate = fc.oneof({ weight: 2, arbitrary: fc.constant('commits' as const) }, { weight: 1, arbitrary: failing });
  await fc.assert(
    fc.asyncProperty(fc.array(does, { maxLength: 40 }), fc.array(fate, { maxLength: 8 }), async (all, fates) => {
      const { write } = writerOn(context.engine, [...fates]);
      const ended = await writeAll(context.engine, write, all);
      if (fates.every((each) => each === 'commits')) {
        for (const each of ended) assert.is(each.error === undefined, each.does === 'ends well');
      }
      await assertAsIfAlone(context, ended);
    }),
    { numRuns: 40 },
  );
});

shared('are pushes of twenty laptops, each answered for itself', async () => {
  const server = await startServer();
  try {
    const quinn = await firstQaLead(server);
    const laptops = Array.from({ length: 20 }, () => openLaptop(quinn.browser, quinn.session));
    const replies = await Promise.all(
      laptops.map((laptop, i) => {
        if (i === 3)
          return laptop.push(laptop.seal([service(newId(), 'A service')]).map((op) => ({ ...op, salt: 'f' })));
        if (i === 5) return laptop.write(profile(newId(), 'Quinn', 'quinn@example.org'));
        return laptop.write(service(newId(), `Service ${i}`), service(newId(), `Other ${i}`));
      }),
    );
    replies.forEach(({ problem, body }, i) => {
      if (i === 3) return assert.is(problem?.kind, 'bad-request');
      assert.is(problem, undefined);
      const outcomes = new Set(body.results.map(({ outcome }) => outcome));
      assert.equal([...outcomes], [i === 5 ? 'held' : 'accepted']);
    });
    assert.is(server.rows(`select 1 from record where kind = 'service'`).length, 36);
    await assertSound(server);
  } finally {
    await server.stop();
  }
});

shared.run();
