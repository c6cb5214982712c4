import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRow } from '../../../src/domain/audit-row.ts';
import type { Summary } from '../../../src/domain/summary.ts';
import { summarise } from '../../../src/domain/tally.ts';
import { readChanged } from '../../../src/store/columns.ts';
import type { Port } from '../../../src/store/port.ts';
import { memoryPort } from '../../../src/store/memory-port.ts';
import { openTracker, pushEveryMs, type Tracker } from '../../../workers/summary/tracker.ts';
import { record, sure } from '../../domain/any.ts';
import { byTeam, fakeTimers, finalAudit, settle, storeOn, type FakeTimers } from './fakes.ts';

const test = suite('the summary tracker');

interface Setting {
  readonly store: ReturnType<typeof storeOn>;
  readonly port: Port;
  readonly timers: FakeTimers;
  readonly tracker: Tracker;
}

function setUp({ port = memoryPort() as Port, pageSize = 3 } = {}): Setting {
  const timers = fakeTimers();
  const store = storeOn(port);
  return { store, port, timers, tracker: openTracker({ port, timers, sectionsOf: () => [], pageSize }) };
}

test('answers once after everything has been read, in as many pages as it takes', async () => {
  const port = memoryPort();
  const store = storeOn(port);
  for (let n = 1; n <= 10; n += 1) await store.confirm(n, finalAudit(n <= 4 ? 'inadequate' : 'good'));
  const { tracker } = setUp({ port });
  const answers: Summary[] = [];
  tracker.watch(byTeam, (answer) => answers.push(answer));
  assert.is(answers.length, 0);
  await settle();
  assert.is(answers.length, 1);
  assert.equal([answers[0]?.total.base, answers[0]?.total.grades[3]?.count, answers[0]?.change], [10, 4, 10]);
});

test('answers an empty store too', async () => {
  const { tracker } = setUp();
  const answers: Summary[] = [];
  tracker.watch(byTeam, (answer) => answers.push(answer));
  await settle();
  assert.equal([answers.length, answers[0]?.total.base, answers[0]?.groups], [1, 0, []]);
});

test('sees what this person did before the server has, and what goes away', async () => {
  const { tracker, store, timers } = setUp();
  const counted: [drafts: number, base: number, notGraded: number][] = [];
  tracker.watch(byTeam, ({ total: { base, beside } }) => counted.push([beside.drafts, base, beside.notGraded]));
  await settle();
  const next = async (): Promise<void> => {
    await settle();
    timers.pass(pushEveryMs);
  };
  const { submitted, ...draft } = finalAudit('good');
  await store.confirm(1, draft);
  await next();
  await store.edit(1, 'submitted', sure(submitted));
  await next();
  await store.drop(1);
  await next();
  // What is left after `drop` is this person's own unsent change: still an audit, its grade no longer known.
  assert.equal(counted, [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

test('forgets an audit of which nothing is left', async () => {
  const { tracker, store } = setUp();
  await store.confirm(1, finalAudit('good'));
  await store.confirm(2, finalAudit('good'));
  await settle();
  await store.drop(1);
  await settle();
  assert.equal(
    (await tracker.rows()).map(({ id }) => id),
    [record(2)],
  );
});

test('an audit submitted by a clock a year ahead lies in the month of its stamp', async () => {
  const { tracker, store } = setUp();
  await store.edit(1, 'allocation', sure(finalAudit('good')['allocation']));
  await store.edit(1, 'submitted', { by: 'ann', at: Date.UTC(2027, 1, 10) });
  await settle();
  assert.equal(
    (await tracker.rows()).map(({ month }) => month),
    ['2026-02'],
  );
});

const cameIn = (grade: string, withImport: number) => ({
  ...finalAudit(grade),
  imported: { import: record(withImport), line: 2 },
});

test('an import that is undone takes its audits out of every figure, and no others', async () => {
  const { tracker, store, timers } = setUp();
  const bases: number[] = [];
  tracker.watch(byTeam, ({ total }) => bases.push(total.base));
  await store.confirm(1, finalAudit('good'));
  for (let n = 2; n <= 6; n += 1) await store.confirm(n, cameIn('inadequate', n <= 4 ? 90 : 91));
  await settle();
  timers.pass(pushEveryMs);
  await store.undo(90);
  await settle();
  timers.pass(pushEveryMs);
  assert.equal(bases, [0, 6, 3]);
  assert.equal((await tracker.rows()).map(({ id }) => id).sort(), [record(1), record(5), record(6)].sort());
  tracker.watch({ ...byTeam, by: 'service' }, ({ total }) => bases.push(total.base));
  assert.is(bases.at(-1), 3, 'a question asked later counts the same');
});

test('audits that arrive after their import was undone never count', async () => {
  const { tracker, store, timers } = setUp();
  const bases: number[] = [];
  tracker.watch(byTeam, ({ total }) => bases.push(total.base));
  await store.undo(90);
  await store.confirm(2, cameIn('good', 90));
  await store.confirm(2, cameIn('inadequate', 90));
  await settle();
  timers.pass(pushEveryMs);
  assert.ok(bases.every((base) => base === 0));
  assert.equal(await tracker.rows(), []);
});

test('pushes at most one answer in 100 ms, and the last one always', async () => {
  const { tracker, store, timers } = setUp();
  const bases: number[] = [];
  tracker.watch(byTeam, ({ total }) => bases.push(total.base));
  await settle();
  for (let n = 1; n <= 5; n += 1) {
    await store.confirm(n, finalAudit('good'));
    await settle();
  }
  assert.equal(bases, [0]);
  timers.pass(pushEveryMs - 1);
  assert.equal(bases, [0]);
  timers.pass(1);
  assert.equal(bases, [0, 5]);
  timers.pass(pushEveryMs);
  assert.equal(bases, [0, 5], 'nothing new, nothing said');
});

test('says nothing when no audit has changed', async () => {
  const { tracker, store, timers } = setUp();
  const answers: Summary[] = [];
  tracker.watch(byTeam, (answer) => answers.push(answer));
  await settle();
  timers.pass(pushEveryMs);
  await store.confirm(1, { profile: { from: '2026-01-01' } }, 'team');
  await settle();
  assert.is(answers.length, 1);
});

test('a new query is answered at once and the one before never again', async () => {
  const { tracker, store, timers } = setUp();
  await store.confirm(1, finalAudit('good'));
  await settle();
  const said: string[] = [];
  tracker.watch(byTeam, () => said.push('team'));
  tracker.watch({ ...byTeam, by: 'month' }, ({ groups }) => said.push(`month ${groups[0]?.key}`));
  assert.equal(said, ['team', 'month 2026-02']);
  await store.confirm(2, finalAudit('good'));
  await settle();
  timers.pass(pushEveryMs);
  assert.equal(said, ['team', 'month 2026-02', 'month 2026-02']);
});

test('reads only what changed', async () => {
  const inner = memoryPort();
  const asked: number[] = [];
  const port: Port = {
    ...inner,
    read: (tables, body) =>
      inner.read(tables, (tx) =>
        body({
          ...tx,
          getMany: (table, keys) => {
            if (table === 'confirmed') asked.push(keys.length);
            return tx.getMany(table, keys);
          },
        }),
      ),
  };
  const { store } = setUp({ port, pageSize: 100 });
  for (let n = 1; n <= 20; n += 1) await store.confirm(n, finalAudit('good'));
  await settle();
  asked.length = 0;
  await store.confirm(7, finalAudit('inadequate'));
  await settle();
  assert.equal(asked, [1]);
});

test('misses no write that comes while it reads', async () => {
  const { store, tracker } = setUp({ pageSize: 2 });
  await Promise.all(Array.from({ length: 30 }, (_, n) => store.confirm(n, finalAudit('good'))));
  await settle();
  assert.is((await tracker.rows()).length, 30);
});

test('tries again when a read fails, later each time, and answers when it comes back', async () => {
  const inner = memoryPort();
  await storeOn(inner).confirm(1, finalAudit('good'));
  let broken = true;
  let reads = 0;
  const port: Port = {
    ...inner,
    read: (tables, body) => {
      reads += 1;
      return broken ? Promise.reject(new Error('The disk is gone')) : inner.read(tables, body);
    },
  };
  const { tracker, timers } = setUp({ port });
  const bases: number[] = [];
  tracker.watch(byTeam, ({ total }) => bases.push(total.base));
  const seen: number[] = [];
  for (const ms of [0, 999, 1, 1_999, 1]) {
    timers.pass(ms);
    await settle();
    seen.push(reads);
  }
  assert.equal(seen, [1, 1, 2, 2, 3]);
  assert.equal(bases, []);
  assert.ok(tracker.isStuck(), 'what it answered last may be old');
  broken = false;
  timers.pass(4_000);
  await settle();
  assert.equal(bases, [1]);
  assert.not(tracker.isStuck());
});

test('is silent once closed', async () => {
  const { tracker, store, timers } = setUp();
  const answers: Summary[] = [];
  tracker.watch(byTeam, (answer) => answers.push(answer));
  await settle();
  await store.confirm(1, finalAudit('good'));
  await settle();
  tracker.close();
  timers.pass(60_000);
  await store.confirm(2, finalAudit('good'));
  await settle();
  assert.is(answers.length, 1);
});

test('after any writes, its answer is what counting the store from scratch gives', async () => {
  const anyStep = fc.record({
    n: fc.nat({ max: 6 }),
    what: fc.constantFrom('confirm', 'edit', 'drop'),
    grade: fc.constantFrom('good', 'inadequate', 'nan'),
    team: fc.constantFrom('north', 'south', null),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 15 }), async (steps) => {
      const { store, port, tracker, timers } = setUp({ pageSize: 2 });
      let last: Summary | undefined;
      tracker.watch(byTeam, (answer) => (last = answer));
      for (const { n, what, grade, team } of steps) {
        if (what === 'confirm') await store.confirm(n, finalAudit(grade, { team }));
        else if (what === 'edit') await store.edit(n, 'overall', { chosen: grade });
        else await store.drop(n);
      }
      await settle();
      timers.pass(pushEveryMs);
      const { records } = await readChanged(port, 0, 1_000);
      const rows = records.map(({ id, units }) => auditRow(id, units, () => []));
      assert.equal(last, summarise(rows, byTeam, last?.change ?? -1));
      tracker.close();
    }),
    { numRuns: 60 },
  );
});

test.run();
