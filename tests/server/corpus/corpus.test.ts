/**
 * Every hostile text in every field of every kind of record: what goes in by a push comes out of a pull as it went in, or is
 * held; it comes through an import as it stands in the file; and no cell of an export starts a formula (FAULTS S14, S24).
 */
import Papa from 'papaparse';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { paths } from '../../../src/protocol/sync.ts';
import { longText } from '../../../src/protocol/text.ts';
import { csvText } from '../../../src/ui/export/csv-text.ts';
import { allRows, inspected } from '../../workers/import/reading.ts';
import { writeFile } from '../../workers/import/csv-writer.ts';
import { newId, type Edit } from '../client.ts';
import { firstQaLead, grant, roles, startServer } from '../example.ts';
import { familiesWithText, familiesWritten, inEveryField } from './corpus-edits.ts';
import { hostileTexts } from './hostile-texts.ts';
import { fitted, isFree } from './text-places.ts';

type Opened = { readonly units: Readonly<Record<string, { readonly value: object }>> };
const broken = /[\ud800-\udfff]/u;

const test = suite('hostile texts');

test('there are enough of them, each another, and most may stand in evidence', () => {
  assert.ok(hostileTexts.length >= 60);
  assert.is(new Set(hostileTexts).size, hostileTexts.length);
  assert.ok(isFree(longText));
  const kept = hostileTexts.filter((text) => fitted(longText, text) === text);
  assert.ok(kept.length >= hostileTexts.length - 5, `${kept.length} of ${hostileTexts.length}`);
});

test('are written into every field in which the schemas let a text stand', () => {
  assert.equal([...familiesWritten(inEveryField('x', newId(), newId))].sort(), [...familiesWithText()].sort());
});

test('come out of a pull as they went in, or are held', async () => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  await quinn.write(roles(quinn.session.person, grant('qa-lead'), grant('auditor')));
  const expected: Edit[] = [];
  let held = 0;
  for (const text of hostileTexts) {
    const { groups, refused } = inEveryField(text, quinn.session.person, newId);
    if (broken.test(text)) {
      // What has half a character has no canonical text: no laptop can seal it, and no server takes it.
      const { seq, head } = quinn;
      assert.throws(() => quinn.seal(groups.flat()), /broken character/);
      Object.assign(quinn, { seq, head });
      continue;
    }
    // A text of 20,000 characters in every field is more than one push may hold.
    const pushes = text.length > 2_000 ? groups.map((edits) => [edits]) : [groups];
    const outcomes: string[] = [];
    for (const push of pushes) {
      const { body, problem } = await quinn.push(push.flatMap((edits) => quinn.seal(edits)));
      assert.is(problem, undefined, JSON.stringify(text).slice(0, 100));
      outcomes.push(...body.results.map(({ outcome }) => outcome));
    }
    const isRefused = groups.flatMap((edits) => edits.map(() => edits.some((edit) => refused.has(edit))));
    // What stands on something that was refused is held with it.
    const heldOf = outcomes.filter((outcome) => outcome === 'held').length;
    if (!isRefused.includes(true)) assert.is(heldOf, 0, JSON.stringify(text).slice(0, 100));
    isRefused.forEach((no, at) => no && assert.is(outcomes[at], 'held'));
    held += heldOf;
    groups.flat().forEach((edit, at) => outcomes[at] === 'accepted' && expected.push(edit));
  }
  await quinn.pull();
  const last = new Map(expected.map((edit) => [`${edit.record} ${edit.unit}`, edit]));
  const opened = new Map<string, Opened>();
  for (const { record, unit, value } of last.values()) {
    const found = opened.get(record) ?? (await quinn.ask<{ record: Opened }>(paths.open, { record })).body.record;
    opened.set(record, found);
    assert.equal(found.units[unit]?.value, value);
  }
  console.log(`${hostileTexts.length} texts in ${expected.length} values taken and given back, ${held} held`);
  assert.ok(expected.length > 20 * (hostileTexts.length - 10));
  await server.stop();
});

test('come through an import as they stand in the file, but for characters that no text has', async () => {
  const lines = hostileTexts
    .filter((text) => !text.includes('\0'))
    .map((text) => text.replace(/[\ud800-\udfff]/gu, ''));
  const file = writeFile([['Case', 'Grade'], ...lines.map((text) => [text, 'Good'])]);
  const { layout } = await inspected(file);
  const read = await allRows(file, layout);
  assert.equal(
    read.map(({ cells }) => cells[0]),
    lines.map((text) => text.replaceAll('\ufeff', '').replaceAll('\r\n', '\n')),
  );
});

test('start no formula in an export, and are otherwise what they were', () => {
  const table = hostileTexts.map((text, at) => [text, at, `x${text}`]);
  const { data, errors } = Papa.parse<string[]>(csvText(table).replace(/^\ufeff/, ''));
  assert.equal(errors, []);
  for (const [at, [first = '', , third]] of data.entries()) {
    const text = hostileTexts[at] ?? '';
    assert.not.match(first, /^[\s\u200b-\u200d\u2060\ufeff]*[=+\-@\t\r\0＝＋－＠]/);
    assert.is(first.startsWith("'") && !text.startsWith("'") ? first.slice(1) : first, text);
    assert.is(third, `x${text}`);
  }
});

test.run();
