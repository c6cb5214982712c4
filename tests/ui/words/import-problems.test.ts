import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ImportNotice } from '../../../src/protocol/import.ts';
import type { ImportStop } from '../../../src/protocol/import-job.ts';
import { noticeSentence, stopSentence } from '../../../src/ui/words/import-problems.ts';

const test = suite('sentences for what may be wrong with a file');

const stops: readonly ImportStop[] = [
  { kind: 'not-text', found: 'zip' },
  { kind: 'not-text', found: 'xls' },
  { kind: 'not-text', found: 'nul' },
  { kind: 'too-big', bytes: 200_000_000, limit: 50_000_000 },
  { kind: 'one-column', firstLine: 'Grade' },
  { kind: 'too-many-columns', row: 1, columns: 5_000, limit: 500 },
  { kind: 'row-too-long', row: 3, limit: 1_000_000 },
  { kind: 'no-rows' },
  { kind: 'too-many-rows', limit: 200_000 },
  { kind: 'unreadable', why: 'NotReadableError' },
  { kind: 'cancelled' },
  { kind: 'too-many-names', place: 'team', limit: 2_000 },
  { kind: 'look-again' },
  { kind: 'one-at-a-time' },
  { kind: 'thread-lost' },
  { kind: 'disk-full' },
  { kind: 'invalid-value', field: 'reference', why: 'is too long' },
  { kind: 'storage-lost' },
];

for (const stop of stops) {
  test(`${Object.values(stop).slice(0, 2).join(' ')} says what is wrong and what to do`, () => {
    const sentence = stopSentence(stop);
    assert.ok(sentence.split('. ').length >= 2, sentence);
    assert.match(sentence, /\.$/);
    assert.not.match(sentence, /!|undefined|NaN|\bplease\b/i);
  });
}

test('sizes and counts are written as people write them', () => {
  assert.match(stopSentence({ kind: 'too-big', bytes: 200_000_000, limit: 50_000_000 }), 'is 200 MB');
  assert.match(stopSentence({ kind: 'too-many-rows', limit: 200_000 }), '200,000 rows');
});

const notices: readonly ImportNotice[] = [
  { kind: 'duplicate-headings', heading: 'Grade', letters: ['B', 'D'] },
  { kind: 'headings-look-like-values' },
  { kind: 'control-characters', count: 1 },
  { kind: 'broken-characters', count: 2 },
  { kind: 'uneven-rows', shorter: 1, longer: 2, firstRow: 9 },
  { kind: 'uneven-rows', shorter: 0, longer: 1, firstRow: 9 },
  { kind: 'stray-quotes', rows: 1, firstRow: 4 },
  { kind: 'unclosed-quote', row: 12 },
  { kind: 'long-cells', count: 3, limit: 32_000 },
  { kind: 'second-scale', letter: 'E', heading: 'Plan', scale: 'met', known: 9, other: 4 },
];

for (const notice of notices) {
  test(`the notice ${notice.kind} is a sentence`, () => {
    const sentence = noticeSentence(notice);
    assert.match(sentence, /^[A-Z0-9].*\.$/);
    assert.not.match(sentence, /!|undefined|NaN/);
  });
}

test.run();
