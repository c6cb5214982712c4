import { signal } from '@preact/signals';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SummaryBridge } from '../../../src/bridge/summary-bridge.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import { shownValue } from '../../../src/domain/fold.ts';
import type { Figure } from '../../../src/domain/summary.ts';
import type { Port } from '../../../src/store/port.ts';
import { StoreFailure } from '../../../src/store/problems.ts';
import { pageSize, readAudits, type ReadAsk } from '../../../src/ui/export/read-audits.ts';
import { blankQuestion, queryOf } from '../../../src/ui/percentages/question.ts';
import { laptop, recordId, startAudit } from '../../store/laptop.ts';

const test = suite('reading the audits behind a figure');

const figure: Figure = { what: { kind: 'base' } };
const query = queryOf(blankQuestion);

const summaryOf = (ids: readonly RecordId[] | null): SummaryBridge => ({
  summary: signal(null),
  failed: signal(false),
  watch: () => undefined,
  auditsBehind: async (_query, _figure, offset, limit) =>
    ids === null ? null : { ids: ids.slice(offset, offset + limit), total: ids.length },
  close: async () => undefined,
});

async function made(count: number) {
  const { store } = await laptop();
  const ids = Array.from({ length: count }, (_, at) => recordId(at + 1));
  for (const id of ids) await startAudit(store, id);
  return { store, ids, summary: summaryOf(ids) };
}

const ask = (more: Partial<ReadAsk<string>> = {}): ReadAsk<string> => ({
  query,
  figure,
  lineOf: ({ units }) => shownValue<{ reference: string }>(units, 'case')?.reference ?? '',
  onProgress: () => true,
  ...more,
});

test('every audit is read, in order, fifty at a time, and told of as it goes', async () => {
  const source = await made(pageSize * 2 + 7);
  const progress: [number, number][] = [];
  const read = await readAudits(
    source,
    ask({
      onProgress: (done, of) => {
        progress.push([done, of]);
        return true;
      },
    }),
  );
  assert.is(read.kind, 'read');
  assert.equal(
    read.kind === 'read' && read.lines,
    source.ids.map((id) => `C-${id.slice(-4)}`),
  );
  assert.equal(progress, [
    [50, 107],
    [100, 107],
    [107, 107],
  ]);
});

test('after a stop nothing more is read', async () => {
  const source = await made(pageSize * 2);
  let pages = 0;
  const read = await readAudits(source, ask({ onProgress: () => ((pages += 1), false) }));
  assert.is(read.kind, 'stopped');
  assert.is(pages, 1);
});

test('no audits make a file without rows', async () => {
  const source = await made(0);
  assert.equal(await readAudits(source, ask()), { kind: 'read', lines: [] });
});

test('a summary that cannot answer, and a store that cannot be read, are told apart', async () => {
  const source = await made(1);
  assert.equal(await readAudits({ ...source, summary: summaryOf(null) }, ask()), { kind: 'not-found' });
  const port: Port = {
    ...source.store.port,
    read: () => Promise.reject(new StoreFailure({ kind: 'storage-lost' })),
  };
  assert.equal(await readAudits({ ...source, store: { ...source.store, port } }, ask()), {
    kind: 'problem',
    problem: { kind: 'storage-lost' },
  });
});

test.run();
