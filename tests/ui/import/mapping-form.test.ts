import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import { mostSections } from '../../../src/domain/import/imported-tool.ts';
import type { MappingDraft } from '../../../src/domain/import/mapping.ts';
import type { Inspection } from '../../../src/protocol/import.ts';
import {
  choiceOf,
  mappingErrors,
  mappingOf,
  undatedRows,
  unusedColumns,
  withDates,
  withGraded,
  withLabel,
  withOrder,
  withoutGraded,
  withTitle,
} from '../../../src/ui/import/mapping-form.ts';
import { readAs } from '../../../src/ui/import/read-as.ts';
import { sure } from '../../domain/any.ts';
import { fileOf, inspected } from '../../workers/import/reading.ts';
import { looked } from './a-flow.ts';

interface Context {
  columns: Inspection['columns'];
  draft: MappingDraft;
}

const test = suite<Context>('what is in each column');
const nothing: MappingDraft = { graded: [], dates: [] };

test.before.each(async (context) => {
  const { inspection, draft } = await looked();
  Object.assign(context, { columns: inspection.columns, draft });
});

const errorsOf = (draft: MappingDraft, columns: Context['columns']): string[] =>
  mappingErrors(draft, columns).map(({ id }) => id ?? '');

test('what the headings plainly say needs only what they do not: what becomes of rows without a date', ({
  columns,
  draft,
}) => {
  assert.equal(errorsOf(draft, columns), []);
  const { undated: _, ...undecided } = draft;
  assert.equal(errorsOf(undecided, columns), ['undated']);
  assert.is(mappingOf(undecided, columns), null);
});

test('nothing is taken for granted: every field of an empty draft is asked for', ({ columns }) => {
  assert.equal(errorsOf(nothing, columns), ['date', 'service', 'team', 'reference', 'auditor', 'add-graded']);
});

test('a date column whose order nothing settles has to be given one; where no row is blank nothing else is asked', async () => {
  const { columns } = await inspected(fileOf('Date,Grade', '01/02/2026,Good', '03/04/2026,Good'));
  const draft = withDates(nothing, columns, [0]);
  assert.ok(errorsOf(draft, columns).includes('order-0'));
  assert.not(errorsOf(withOrder(draft, 0, 'day-first'), columns).includes('order-0'));
  assert.is(draft.undated, 'leave-out');
});

test('another choice of date columns asks about blanks again', ({ columns }) => {
  const draft: MappingDraft = { ...withDates(nothing, columns, [0]), undated: 'take' };
  assert.is(undatedRows(draft, columns), 1);
  assert.is(withDates(draft, columns, [0]).undated, undefined);
  assert.equal(withDates(draft, columns, [null]).dates, []);
});

test('the same name for every row has to have one', ({ columns, draft }) => {
  assert.equal(errorsOf({ ...draft, service: { constant: ' ' } }, columns), ['service-name']);
  assert.equal(errorsOf({ ...draft, service: { constant: 'Fostering' } }, columns), []);
});

test('a graded column cannot be something else as well', ({ columns, draft }) => {
  assert.equal(errorsOf({ ...draft, team: { column: 6 } }, columns), ['team']);
});

test('a column that is taken out of the graded ones is not the overall grade any more', ({ columns, draft }) => {
  assert.is(draft.overall, 5);
  assert.equal(errorsOf(withoutGraded(draft, 5), columns), ['overall']);
  assert.is(withoutGraded({ ...draft, overall: null }, 6).overall, null);
});

test('titles have to be there, different, and not too long', ({ columns, draft }) => {
  assert.equal(errorsOf(withTitle(draft, 6, ' '), columns), ['title-6']);
  assert.equal(errorsOf(withTitle(draft, 6, 'x'.repeat(201)), columns), ['title-6']);
  assert.equal(errorsOf(withTitle(draft, 7, 'risk '), columns), ['title-7']);
  const mapping = sure(mappingOf(withTitle(draft, 6, '  Risk   and need '), columns));
  assert.is(mapping.graded.find(({ column }) => column === 6)?.title, 'Risk and need');
});

test('a tool takes so many sections, and the overall grade besides', async () => {
  const headings = Array.from({ length: mostSections + 2 }, (_, at) => `G${at}`);
  const { columns } = await inspected(fileOf(headings.join(','), headings.map(() => 'Good').join(',')));
  const all = columns.reduce(withGraded, nothing);
  assert.ok(errorsOf({ ...all, overall: 0 }, columns).includes('add-graded'));
  assert.not(errorsOf({ ...withoutGraded(all, 1), overall: 0 }, columns).includes('add-graded'));
});

test('what a label means is said once, whatever its spelling, and can be taken back', ({ draft }) => {
  const once = withLabel(withLabel(draft, 7, 'Met', { kind: 'not-graded' }), 7, 'MET ', { kind: 'not-applicable' });
  const graded = sure(once.graded.find(({ column }) => column === 7));
  assert.equal(choiceOf(graded, 'met'), { kind: 'not-applicable' });
  assert.is(graded.labels.filter(({ label }) => /met/i.test(label)).length, 1);
  const back = withLabel(once, 7, 'met', null);
  assert.is(choiceOf(sure(back.graded.find(({ column }) => column === 7)), 'Met'), null);
});

test('columns of which nothing is made are named, so that it can be said that nothing of them is kept', ({
  columns,
  draft,
}) => {
  assert.equal(
    unusedColumns(draft, columns).map(({ heading }) => heading),
    ['Comments'],
  );
});

test('how it was read is kept in words, one line each, and nothing of what is left behind', async () => {
  const { mapping, inspection } = await looked();
  const said = readAs(mapping, inspection.columns, ofstedScale).split('\n');
  assert.is(said.length, 5 + mapping.graded.length);
  assert.match(sure(said[0]), 'A: Audit date');
  assert.match(sure(said[5]), '“Good” is Good');
  assert.not.match(said.join('\n'), 'remark');
});

test.run();
