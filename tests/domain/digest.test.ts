import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bucketDigests, bucketOf, emptyDigest, recordDigest, sumDigests } from '../../src/domain/digest.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Units } from '../../src/domain/record.ts';
import { op, person, record, sha256, sure, unit } from './any.ts';

const test = suite('digests');

const hex = (digits: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((each) => each.map((digit) => digit.toString(16)).join(''));
const anyRecords = fc.array(fc.record({ id: hex(32).map((id) => id as RecordId), digest: hex(32) }), { maxLength: 40 });

test('of all records is the sum of the buckets, and of the records, in any order', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const total = sumDigests(records.map(({ digest }) => digest));
      const buckets = bucketDigests(records);
      assert.is(sumDigests(buckets.map(({ digest }) => digest)), total);
      assert.is(sumDigests([...records].reverse().map(({ digest }) => digest)), total);
      assert.is(
        buckets.reduce((sum, { count }) => sum + count, 0),
        records.length,
      );
      assert.equal(bucketDigests([...records].reverse()), buckets);
      assert.match(total, /^[0-9a-f]{32}$/);
    }),
  );
});

test('buckets go by the first two digits and come in order', () => {
  const ids = ['ff', '00', '0a', '00'].map((start, i) => (start + record(i).slice(2)) as RecordId);
  const buckets = bucketDigests(ids.map((id) => ({ id, digest: emptyDigest })));
  assert.equal(
    buckets.map(({ bucket, count }) => [bucket, count]),
    [
      ['00', 2],
      ['0a', 1],
      ['ff', 1],
    ],
  );
  assert.is(bucketOf(sure(ids[0])), 'ff');
});

test('of nothing is the empty digest', () => {
  assert.is(sumDigests([]), emptyDigest);
  assert.is(recordDigest(sha256, record(1), {}), emptyDigest);
  assert.equal(bucketDigests([]), []);
});

test('sums wrap at 128 bits', () => {
  assert.is(sumDigests(['f'.repeat(32), '0'.repeat(31) + '2']), '0'.repeat(31) + '1');
});

const units: Units = {
  case: unit({ reference: 'A1' }, 1, 1),
  overall: {
    ...unit({ chosen: 'good' }, 1, 2),
    others: [2, 3].map((by) => ({ op: op(by, 1), value: {}, author: person(by), stamp: { ms: 1, count: 0 } })),
  },
};
const [inCase, overall] = [sure(units['case']), sure(units['overall'])];
const digest = recordDigest(sha256, record(1), units);

test('of a record depends neither on the order of its units nor of the others of a unit', () => {
  const others = [...overall.others].reverse();
  const turned = { overall: { ...overall, others }, case: inCase };
  assert.is(recordDigest(sha256, record(1), turned), digest);
});

test('of a record differs by record, unit, shown op and others, and not by what a projection leaves out', () => {
  const different: [RecordId, Units][] = [
    [record(2), units],
    [record(1), { case: inCase }],
    [record(1), { ...units, overall: { ...overall, op: op(1, 3) } }],
    [record(1), { ...units, overall: { ...overall, others: overall.others.slice(1) } }],
    [record(1), { ...units, overall: { ...overall, others: [] } }],
    [record(1), { case: inCase, concern: overall }],
  ];
  for (const [id, other] of different) assert.is.not(recordDigest(sha256, id, other), digest);
  const columns = { ...units, case: { ...inCase, value: {} } };
  assert.is(recordDigest(sha256, record(1), columns), digest);
});

test.run();
