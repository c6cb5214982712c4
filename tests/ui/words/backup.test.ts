import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BackupProblem } from '../../../src/protocol/backup.ts';
import type { OutReason } from '../../../src/store/backup/told.ts';
import { backup, backupSentence, outSentence } from '../../../src/ui/words/backup.ts';

const test = suite('sentences of the backup file');

const problems: Readonly<Record<BackupProblem['kind'] | 'cancelled' | 'disk-full', true>> = {
  'unwritable-backup': true,
  'not-a-backup': true,
  'newer-backup': true,
  'strange-backup': true,
  'wrong-file-passphrase': true,
  'damaged-backup': true,
  'strange-content': true,
  'too-large-backup': true,
  'unreadable-backup': true,
  'another-persons': true,
  'another-councils': true,
  'already-here': true,
  'of-a-server': true,
  cancelled: true,
  'disk-full': true,
};
const kinds = Object.keys(problems) as (keyof typeof problems)[];

for (const kind of kinds) {
  test(`${kind} says what is wrong and what happens next, calmly`, () => {
    const sentence = backupSentence({ kind });
    assert.ok(sentence.split('. ').length >= 2, sentence);
    assert.match(sentence, /\.$/);
    assert.not.match(sentence, /!|undefined|\bplease\b/i);
  });
}

test('each problem has its own sentence', () => {
  assert.is(new Set(kinds.map((kind) => backupSentence({ kind }))).size, kinds.length);
});

const reasons: Readonly<Record<OutReason, true>> = {
  'not-allowed': true,
  closed: true,
  'not-the-writer': true,
  'left-out': true,
  'no-service': true,
  'no-team': true,
  'no-tool': true,
  'no-person': true,
  overtaken: true,
  refused: true,
};

test('each reason for staying out has its own sentence', () => {
  const all = Object.keys(reasons) as OutReason[];
  assert.is(new Set(all.map(outSentence)).size, all.length);
});

test('counts are said as a person would say them', () => {
  assert.is(backup.counted('person', 1), '1 person');
  assert.is(backup.counted('person', 2), '2 people');
  assert.is(backup.counted('cycle', 2), '2 other records');
  assert.equal([backup.kindName('audit'), backup.kindName('cycle')], ['Audits', 'Other records']);
  assert.is(backup.lastAgo('3 days', 14), '3 days ago; 14 changes since');
  assert.is(backup.lastAgo('1 hour', 0), '1 hour ago; nothing has been done since');
  assert.equal([backup.size(10), backup.size(52_300), backup.size(2_340_000)], ['1 KB', '52 KB', '2.3 MB']);
});

test.run();
