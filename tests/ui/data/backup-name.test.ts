import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backupName } from '../../../src/ui/data/backup-job.ts';

const test = suite('the name of a backup file');
const atMs = Date.parse('2026-03-10T23:30:00Z');

const cases: readonly (readonly [string, string])[] = [
  ['Testshire County Council', 'plumbline-testshire-county-council-2026-03-10.plumbline'],
  ['Sir Gâr (made up)', 'plumbline-sir-gar-made-up-2026-03-10.plumbline'],
  ['', 'plumbline-laptop-2026-03-10.plumbline'],
  ['../../etc', 'plumbline-etc-2026-03-10.plumbline'],
  ['上海', 'plumbline-laptop-2026-03-10.plumbline'],
];
for (const [authority, name] of cases) {
  test(`of ${authority || 'nobody in particular'} is ${name}`, () => assert.is(backupName(authority, atMs), name));
}

test('is short, however long the authority’s is', () => {
  assert.ok(backupName('x'.repeat(200), atMs).length < 80);
});

test.run();
