import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csvParts } from '../../../src/ui/export/csv-parts.ts';
import { csvText } from '../../../src/ui/export/csv-text.ts';

const test = suite('a long table in parts');

for (const count of [0, 1, 249, 250, 251, 1_000]) {
  test(`the parts of ${count} rows make the file that one piece makes`, async () => {
    const rows = Array.from({ length: count }, (_, at) => [`=${at}`, at, at % 3 === 0 ? null : 'a "b"\nc, d']);
    assert.is((await csvParts(rows)).join(''), csvText(rows));
  });
}

test.run();
