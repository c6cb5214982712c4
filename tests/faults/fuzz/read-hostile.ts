/**
 * What the import worker does with a file, from the first look to the last audit written, and what has to hold at each step:
 * it is read within the limits, or refused with a sentence.
 */
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import { decidedPlaces } from '../../../src/domain/import/decided-places.ts';
import { nothingChosen, placesDraft } from '../../../src/domain/import/places.ts';
import type { Inspection } from '../../../src/protocol/import.ts';
import type { FileReading, ImportStop } from '../../../src/protocol/import-job.ts';
import { noticeSentence, stopSentence } from '../../../src/ui/words/import-problems.ts';
import type { FileLike } from '../../../workers/import/bytes.ts';
import { checkFile } from '../../../workers/import/check.ts';
import { limits } from '../../../workers/import/limits.ts';
import { inspect, rows } from '../../../workers/import/read-csv.ts';
import { writeImport } from '../../../workers/import/write.ts';
import { laptop } from '../../store/laptop.ts';
import { mapping, newFileHash, never, planFor, quiet } from '../../workers/import/an-import.ts';

/** Every way in which a file is refused. */
const refusals = [
  ...['not-text', 'too-big', 'one-column', 'too-many-columns', 'row-too-long', 'no-rows', 'too-many-rows'],
  'too-many-names',
];
/** Files are written where they are short: what a write does to a long one, it does to a short one. */
const writtenRows = 60;

/** `read`, `written`, or as what it was refused. Throws where something does not hold. */
export async function readHostile(file: FileLike): Promise<string> {
  const looked = await inspect(never, file, { scale: ofstedScale });
  if (!looked.ok) return refused(looked.problem);
  const inspection = looked.value;
  holdsLimits(inspection);
  await readsTheSame(file, inspection);
  if (inspection.rowCount > writtenRows) return 'read';
  return writeIn(file, { layout: inspection.layout, mapping });
}

function refused(stop: ImportStop): string {
  assert.ok(refusals.includes(stop.kind), stop.kind);
  const sentence = stopSentence(stop);
  assert.match(sentence, /\.$/);
  assert.not.match(sentence, /undefined|NaN|\[object/);
  isText(sentence);
  return stop.kind;
}

/** No control character but those of text, and no half of a character. */
function isText(shown: string): void {
  assert.not.match(shown, /[\u0000-\u0008\u000b-\u001f\u007f]/);
  assert.not.match(shown, /[\ud800-\udfff]/u);
}

function holdsLimits({ columns, above, firstRows, rowCount, notices }: Inspection): void {
  assert.ok(rowCount >= 1 && rowCount <= limits.rows);
  assert.ok(columns.length >= 1 && columns.length <= limits.columns);
  for (const { heading, samples, values } of columns) {
    [heading, ...samples, ...values.map(({ value }) => value)].forEach(isText);
  }
  for (const { cells } of [...above, ...firstRows]) cells.forEach(isText);
  for (const notice of notices) isText(noticeSentence(notice));
}

async function readsTheSame(file: FileLike, { layout, rowCount }: Inspection): Promise<void> {
  let count = 0;
  for await (const page of rows(never, file, layout)) {
    assert.ok(page.ok);
    count += page.value.rows.length;
    for (const { cells } of page.value.rows) {
      assert.ok(cells.length <= limits.columns);
      for (const each of cells) assert.ok(each.length <= limits.cellCharacters);
      cells.forEach(isText);
    }
  }
  assert.is(count, rowCount);
}

/** As somebody who takes what is suggested: the store refuses a value that the server would not take. */
async function writeIn(file: FileLike, reading: FileReading): Promise<string> {
  const { store } = await laptop();
  const checked = await checkFile(never, file, reading, { store, newFileHash, onProgress: quiet });
  if (!checked.ok) return refused(checked.problem);
  const draft = placesDraft(checked.value.names, { services: [], teams: [], people: [] }, nothingChosen);
  if (decidedPlaces(draft, store.newId, '2026-03-01') === null) return 'read, and a person has to decide';
  const plan = planFor(checked.value, reading);
  if (plan.rows === 0) return 'read';
  const written = await writeImport(never, file, plan, { store, onProgress: quiet });
  assert.equal(written, { ok: true, value: { outcome: 'finished', written: plan.rows } });
  return 'written';
}
