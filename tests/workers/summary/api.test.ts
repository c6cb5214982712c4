import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Figure, Summary } from '../../../src/domain/summary.ts';
import { memoryPort } from '../../../src/store/memory-port.ts';
import type { Port } from '../../../src/store/port.ts';
import { summaryApi } from '../../../workers/summary/api.ts';
import { record } from '../../domain/any.ts';
import { byTeam, fakeTimers, finalAudit, settle, storeOn, ticket } from './fakes.ts';

const test = suite('what the summary worker answers');

const apiOn = (port: Port) =>
  summaryApi({
    openPort: () => Promise.resolve({ ok: true, value: port }),
    timers: fakeTimers(),
    sectionsOf: () => ['a', 'b'],
  });
const gone = (): Promise<never> => Promise.reject(new Error('The database is closed'));
const base: Figure = { what: { kind: 'base' } };

test('pages of the audits behind a figure, newest month first, with how many there are', async () => {
  const port = memoryPort();
  const store = storeOn(port);
  for (let n = 1; n <= 5; n += 1) await store.confirm(n, finalAudit('good'));
  await store.confirm(6, { ...finalAudit('good'), submitted: { at: Date.UTC(2026, 5, 1) } });
  const api = apiOn(port);
  await api.open(ticket);
  assert.equal(await api.auditsBehind(byTeam, base, 0, 2), { ids: [record(6), record(1)], total: 6 });
  assert.equal(await api.auditsBehind(byTeam, base, 4, 50), { ids: [record(4), record(5)], total: 6 });
  assert.equal(await api.auditsBehind(byTeam, base, 6, 2), { ids: [], total: 6 });
  assert.equal(await api.auditsBehind(byTeam, { group: 'south', what: { kind: 'base' } }, 0, 2), { ids: [], total: 0 });
});

test('a section of the tool that nobody has begun is counted among the drafts', async () => {
  const port = memoryPort();
  await storeOn(port).confirm(1, { allocation: { team: 'north' } });
  const api = apiOn(port);
  await api.open(ticket);
  let answer: Summary | undefined;
  await api.watch({ ...byTeam, measure: 'sections', by: 'section' }, (next) => (answer = next));
  await settle();
  assert.equal(
    answer?.groups.map(({ key, beside }) => [key, beside.drafts]),
    [
      ['a', 1],
      ['b', 1],
    ],
  );
});

test('a store that cannot be opened is said with its name and why', async () => {
  const api = summaryApi({
    openPort: () => Promise.resolve({ ok: false, problem: { kind: 'build-too-old' } }),
    timers: fakeTimers(),
    sectionsOf: () => [],
  });
  await api.open(ticket).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /made cannot be read: build-too-old/),
  );
});

test('a question before a store is open, or after it was closed, is refused', async () => {
  const api = apiOn(memoryPort());
  const refused = async (): Promise<boolean> =>
    api
      .watch(byTeam, () => undefined)
      .then(
        () => false,
        () => true,
      );
  assert.ok(await refused());
  await api.open(ticket);
  assert.not(await refused());
  await api.close();
  assert.ok(await refused());
  assert.is(await api.ping(), true);
});

test('no heartbeat once its store cannot be read: figures that stand still would be taken for the newest', async () => {
  const port = memoryPort();
  const store = storeOn(port);
  let isGone = false;
  const timers = fakeTimers();
  const api = summaryApi({
    openPort: () =>
      Promise.resolve({
        ok: true,
        value: { ...port, read: (tables, body) => (isGone ? gone() : port.read(tables, body)) },
      }),
    timers,
    sectionsOf: () => [],
  });
  await api.open(ticket);
  await settle();
  isGone = true;
  await store.confirm(1, finalAudit('good'));
  await settle();
  assert.is(await api.ping(), true, 'one read that fails is tried again');
  for (const ms of [1_000, 2_000]) {
    timers.pass(ms);
    await settle();
  }
  await api.ping().then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, 'cannot be read'),
  );
});

test('opening another store closes the one before', async () => {
  const closed: string[] = [];
  const api = summaryApi({
    openPort: (database) =>
      Promise.resolve({ ok: true, value: { ...memoryPort(), close: async () => void closed.push(database) } }),
    timers: fakeTimers(),
    sectionsOf: () => [],
  });
  await api.open(ticket);
  await api.open({ ...ticket, database: 'another' });
  assert.equal(closed, ['made']);
});

test.run();
