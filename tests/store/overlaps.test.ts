/** Where two people's versions stand side by side: every such place is found, and nothing else. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { OpId } from '../../src/domain/ids.ts';
import type { SentRecord } from '../../src/protocol/sync.ts';
import { repair } from '../../src/store/inbox.ts';
import { readOverlaps } from '../../src/store/overlaps.ts';
import { device, laptop, me, realCipher, recordId, section, somebody } from './laptop.ts';

const test = suite('overlaps');
const never = new AbortController().signal;

const version = (n: number, evidence: string, ms: number) => ({
  op: `${device}:${n}` as OpId,
  value: section(evidence),
  author: n % 2 === 0 ? me : somebody,
  stamp: { ms, count: 0 },
});

const audit = (n: number, units: SentRecord['units']): SentRecord => ({
  id: recordId(n),
  kind: 'audit',
  version: n,
  projection: 'full',
  units,
});

test('of all audits here those units are found that have another version which says something else', async () => {
  const { store } = await laptop({ cipher: await realCipher() });
  const put = [
    audit(1, { 'section:risk': { ...version(2, 'mine', 10), others: [version(1, 'theirs', 5)] } }),
    audit(2, { 'section:risk': { ...version(4, 'the same', 10), others: [version(3, 'the same', 5)] } }),
    audit(3, { 'section:risk': { ...version(6, 'alone', 10), others: [] } }),
    audit(4, { 'section:plan': { ...version(8, 'newer', 20), others: [version(7, 'theirs too', 5)] } }),
  ];
  await repair(store, { put, drop: [] });
  const found = await readOverlaps(store, never);
  assert.equal(
    found.map(({ record, unit, shown, others }) => [
      record,
      unit,
      shown.value['evidence'],
      others[0]?.value['evidence'],
    ]),
    [
      [recordId(4), 'section:plan', 'newer', 'theirs too'],
      [recordId(1), 'section:risk', 'mine', 'theirs'],
    ],
  );
});

test('more audits than fit one page are all looked through', async () => {
  const { store } = await laptop();
  const put = Array.from({ length: 600 }, (_, n) =>
    audit(n + 1, { 'section:risk': { ...version(2, 'mine', 10), others: n > 597 ? [version(1, 'theirs', 5)] : [] } }),
  );
  await repair(store, { put, drop: [] });
  assert.is((await readOverlaps(store, never)).length, 2);
});

test('called off it ends', async () => {
  const { store } = await laptop();
  await repair(store, {
    put: [audit(1, { 'section:risk': { ...version(2, 'a', 1), others: [version(1, 'b', 2)] } })],
    drop: [],
  });
  assert.equal(await readOverlaps(store, AbortSignal.abort()), []);
});

test.run();
