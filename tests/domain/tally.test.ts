import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AuditState } from '../../src/domain/audit.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../src/domain/ids.ts';
import { proportion } from '../../src/domain/proportion.ts';
import {
  dimensions,
  type AuditRow,
  type Beside,
  type Figure,
  type Summary,
  type SummaryGroup,
  type SummaryQuery,
} from '../../src/domain/summary.ts';
import { auditsBehind, summarise, Tally } from '../../src/domain/tally.ts';
import { selectionMethods } from '../../src/domain/values.ts';
import { record, sure } from './any.ts';

const test = suite('counting audits');

const grades = ['outstanding', 'good', 'requires-improvement', 'inadequate'];
const query: SummaryQuery = {
  measure: 'overall',
  by: 'team',
  filter: {},
  grades,
  goodOrBetter: ['outstanding', 'good'],
};
const nothing: Beside = { drafts: 0, awaitingModeration: 0, voided: 0, exempt: 0, notApplicable: 0, notGraded: 0 };

const row = (n: number, more: Partial<AuditRow> = {}): AuditRow => ({
  id: record(n),
  service: 'assessment' as ServiceId,
  team: 'north' as TeamId,
  auditor: 'ann' as PersonId,
  tool: 'assessment-service@1.0.0' as ToolId,
  selection: 'random',
  month: '2026-02',
  state: 'final',
  exempt: false,
  import: null,
  overall: 'good',
  sections: { a: 'good', b: 'inadequate' },
  ...more,
});

test('5 of 20 inadequate is 25%, likely 11% to 47%', () => {
  const rows = Array.from({ length: 20 }, (_, i) => row(i, { overall: i < 5 ? 'inadequate' : 'good' }));
  const { total, groups, speaksForPractice, change } = summarise(rows, query, 7);
  assert.equal(
    total.grades,
    [0, 15, 0, 5].map((count) => proportion(count, 20)),
  );
  assert.equal(total.goodOrBetter, proportion(15, 20));
  assert.is(total.grades[3]?.share, 0.25);
  assert.equal([total.base, total.beside, speaksForPractice, change], [20, nothing, true, 7]);
  assert.equal(groups, [{ ...total, key: 'north' }]);
});

const besides: [which: keyof Beside, more: Partial<AuditRow>][] = [
  ['drafts', { state: 'allocated' }],
  ['drafts', { state: 'in progress' }],
  ['awaitingModeration', { state: 'awaiting moderation' }],
  ['voided', { state: 'voided' }],
  ['voided', { state: 'voided', exempt: true }],
  ['exempt', { exempt: true }],
  ['exempt', { exempt: true, state: 'allocated' }],
  ['notGraded', { overall: null }],
  ['notGraded', { overall: 'nan' }],
];
for (const [which, more] of besides) {
  test(`${JSON.stringify(more)} counts beside, as ${which}, and nowhere else`, () => {
    const { total, speaksForPractice } = summarise([row(1, more)], query, 0);
    assert.equal(total.beside, { ...nothing, [which]: 1 });
    assert.equal([total.base, speaksForPractice], [0, false]);
  });
}

test('by section counts one for each graded section, with n.a. and unknown grades beside', () => {
  const rows = [
    row(1, { sections: { a: 'good', b: 'inadequate', c: 'na' } }),
    row(2, { sections: { a: 'inadequate', b: null, c: 'inspection_pre_dates_judgement' } }),
    row(3, { state: 'in progress', sections: { a: 'good', b: null, c: null } }),
  ];
  const { groups, total } = summarise(rows, { ...query, measure: 'sections', by: 'section' }, 0);
  assert.equal(
    groups.map(({ key, base, grades: counted, beside }) => [key, base, counted.map(({ count }) => count), beside]),
    [
      ['a', 2, [0, 1, 0, 1], { ...nothing, drafts: 1 }],
      ['b', 1, [0, 0, 0, 1], { ...nothing, drafts: 1, notGraded: 1 }],
      ['c', 0, [0, 0, 0, 0], { ...nothing, drafts: 1, notApplicable: 1, notGraded: 1 }],
    ],
  );
  assert.equal([total.base, total.beside], [3, { ...nothing, drafts: 3, notApplicable: 1, notGraded: 2 }]);
});

test('an audit of which no section is known still counts, under no section', () => {
  const rows = [row(1, { state: 'awaiting moderation', sections: {} }), row(2, { sections: {} })];
  const { groups } = summarise(rows, { ...query, measure: 'sections', by: 'section' }, 0);
  assert.equal(
    groups.map(({ key, beside }) => [key, beside]),
    [[null, { ...nothing, awaitingModeration: 1, notGraded: 1 }]],
  );
});

test('groups come in order of their key, with none last', () => {
  const keys = ['b', null, 'a', 'ä', 'B'];
  const rows = keys.map((team, i) => row(i, { team: team as TeamId | null }));
  assert.equal(
    summarise(rows, query, 0).groups.map(({ key }) => key),
    ['B', 'a', 'b', 'ä', null],
  );
});

test('filters combine, and an empty list lets nothing through', () => {
  const rows = [
    row(1),
    row(2, { team: 'south' as TeamId }),
    row(3, { month: '2026-01' }),
    row(4, { selection: 'referred' }),
    row(5, { month: null }),
    row(6, { auditor: null }),
  ];
  const count = (filter: SummaryQuery['filter']): number => summarise(rows, { ...query, filter }, 0).total.base;
  const [north, ann] = ['north' as TeamId, 'ann' as PersonId];
  assert.is(count({}), 6);
  assert.is(count({ teams: [north] }), 5);
  assert.is(count({ teams: [north], auditors: [ann] }), 4);
  assert.is(count({ teams: [north], auditors: [ann], fromMonth: '2026-02' }), 2);
  assert.is(count({ fromMonth: '2026-01', toMonth: '2026-01' }), 1);
  assert.is(count({ toMonth: '2026-02', selections: ['random', 'stratified'] }), 4);
  assert.is(count({ services: ['early-help' as ServiceId] }), 0);
  assert.is(count({ tools: [] }), 0);
});

test('a filter of sections keeps those sections, and audits without them out', () => {
  const sections = { ...query, measure: 'sections' as const, filter: { sections: ['a'] } };
  const { total } = summarise([row(1), row(2, { sections: {} }), row(3, { sections: { b: 'good' } })], sections, 0);
  assert.equal([total.base, total.beside], [1, nothing]);
});

test('speaks for practice only when every counted audit was drawn at random', () => {
  const speaks = (...rows: AuditRow[]): boolean => summarise(rows, query, 0).speaksForPractice;
  assert.ok(speaks(row(1), row(2, { selection: 'stratified' })));
  for (const selection of selectionMethods.filter((method) => method !== 'random' && method !== 'stratified')) {
    assert.not(speaks(row(1), row(2, { selection })), selection);
  }
  assert.ok(speaks(row(1), row(2, { selection: 'referred', state: 'in progress' })), 'a draft is not counted');
  assert.not(speaks(), 'nothing speaks for nothing');
  assert.not(speaks(row(1, { state: 'voided' })));
});

const anyRow: fc.Arbitrary<AuditRow> = fc
  .record({
    n: fc.nat({ max: 30 }),
    service: fc.constantFrom('s1', 's2', null),
    team: fc.constantFrom('t1', 't2', 't3', null),
    auditor: fc.constantFrom('p1', 'p2', null),
    tool: fc.constantFrom('x', 'y', null),
    selection: fc.constantFrom(...selectionMethods),
    month: fc.constantFrom('2025-12', '2026-01', '2026-02', null),
    state: fc.constantFrom<AuditState>(
      'allocated',
      'in progress',
      'awaiting moderation',
      'final',
      'final',
      'final',
      'voided',
    ),
    exempt: fc.constantFrom(false, false, false, true),
    overall: fc.constantFrom(...grades, 'nan', null),
    sections: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...grades, 'na', 'nan', null)),
  })
  .map(({ n, ...each }) => ({ ...each, id: record(n) }) as unknown as AuditRow);

const some = <T>(...values: T[]) => fc.option(fc.subarray(values), { nil: undefined });
const anyQuery: fc.Arbitrary<SummaryQuery> = fc
  .record({
    measure: fc.constantFrom('overall', 'sections'),
    by: fc.constantFrom(...dimensions),
    filter: fc.record({
      services: some('s1', 's2'),
      teams: some('t1', 't2', 't3'),
      auditors: fc.constantFrom(undefined, ['p1']),
      sections: some('a', 'b', 'c'),
      selections: some(...selectionMethods),
      fromMonth: fc.constantFrom(undefined, undefined, '2026-01'),
      toMonth: fc.constantFrom(undefined, undefined, '2026-01'),
    }),
  })
  .map(({ filter, ...each }) => {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    return {
      ...each,
      filter: Object.fromEntries(given),
      grades,
      goodOrBetter: ['outstanding', 'good'],
    } as SummaryQuery;
  });

/** The same counting written naively, to be compared with. */
function naive(
  rows: readonly AuditRow[],
  asked: SummaryQuery,
): Pick<Summary, 'groups' | 'total' | 'speaksForPractice'> {
  const { filter } = asked;
  const keeps = <T>(list: readonly T[] | undefined, value: T | null) =>
    !list || (value !== null && list.includes(value));
  const items = rows
    .filter((each) => keeps(filter.services, each.service) && keeps(filter.teams, each.team))
    .filter((each) => keeps(filter.auditors, each.auditor) && keeps(filter.selections, each.selection))
    .filter((each) => !filter.fromMonth || (each.month ?? '') >= filter.fromMonth)
    .filter((each) => !filter.toMonth || (each.month !== null && each.month <= filter.toMonth))
    .flatMap((each) => {
      const sections = asked.measure === 'overall' ? [] : Object.entries(each.sections);
      const counted: [string | null, string | null][] =
        asked.measure === 'sections' && (sections.length > 0 || filter.sections)
          ? sections.filter(([section]) => keeps(filter.sections, section))
          : [[null, asked.measure === 'overall' ? each.overall : null]];
      return counted.map(([section, grade]) => ({
        each,
        grade,
        key: asked.by === 'section' ? section : each[asked.by],
      }));
    });
  const where = ({ each, grade }: (typeof items)[number]): string => {
    if (each.state === 'voided') return 'voided';
    if (each.exempt) return 'exempt';
    if (each.state === 'awaiting moderation') return 'awaitingModeration';
    if (each.state !== 'final') return 'drafts';
    if (grade === 'na') return 'notApplicable';
    return grade !== null && grades.includes(grade) ? grade : 'notGraded';
  };
  const group = (key: string | null, of: typeof items): SummaryGroup => {
    const count = (place: string): number => of.filter((item) => where(item) === place).length;
    const base = grades.reduce((sum, grade) => sum + count(grade), 0);
    return {
      key,
      grades: grades.map((grade) => proportion(count(grade), base)),
      goodOrBetter: proportion(count('outstanding') + count('good'), base),
      base,
      beside: Object.fromEntries(Object.keys(nothing).map((which) => [which, count(which)])) as unknown as Beside,
    };
  };
  const keys = [...new Set(items.map(({ key }) => key))].sort((a, b) => ((a ?? '~') < (b ?? '~') ? -1 : 1));
  const counted = items.filter((item) => grades.includes(where(item)));
  return {
    groups: keys.map((key) =>
      group(
        key,
        items.filter((item) => item.key === key),
      ),
    ),
    total: group(null, items),
    speaksForPractice:
      counted.length > 0 && counted.every(({ each }) => ['random', 'stratified'].includes(each.selection)),
  };
}

test('agrees with counting done naively, for every measure, dimension and filter', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 25 }), anyQuery, (rows, asked) => {
      const { query: of, change, ...counted } = summarise(rows, asked, 3);
      assert.equal(counted, naive(rows, asked));
      assert.equal([of, change], [asked, 3]);
    }),
    { numRuns: 500 },
  );
});

test('gives, kept up to date by adding, removing and replacing, exactly what counting from scratch gives', () => {
  const anyEdits = fc.array(fc.tuple(anyRow, fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(anyEdits, anyQuery, (edits, asked) => {
      const rows = new Map<RecordId, AuditRow>();
      const tally = new Tally(asked);
      for (const [next, removes] of edits) {
        const before = rows.get(next.id);
        if (before === undefined) tally.add(next);
        else if (removes) tally.remove(before);
        else tally.replace(before, next);
        if (before !== undefined && removes) rows.delete(next.id);
        else rows.set(next.id, next);
      }
      assert.equal(tally.answer(9), summarise(rows.values(), asked, 9));
    }),
    { numRuns: 500 },
  );
});

test('does not depend on the order of the audits', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 25 }), anyQuery, (rows, asked) => {
      assert.equal(summarise([...rows].reverse(), asked, 0), summarise(rows, asked, 0));
    }),
  );
});

test('totals by group add to the total, grade by grade and beside', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 25 }), anyQuery, (rows, asked) => {
      const { groups, total } = summarise(rows, asked, 0);
      const sum = (of: (group: SummaryGroup) => number): number => groups.reduce((all, group) => all + of(group), 0);
      assert.is(
        sum(({ base }) => base),
        total.base,
      );
      grades.forEach((_, i) =>
        assert.is(
          sum((group) => sure(group.grades[i]).count),
          sure(total.grades[i]).count,
        ),
      );
      for (const which of Object.keys(nothing) as (keyof Beside)[]) {
        assert.is(
          sum(({ beside }) => beside[which]),
          total.beside[which],
        );
      }
    }),
  );
});

test('every figure leads to its audits: as many as it counts', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyRow, { selector: ({ id }) => id }), anyQuery, (rows, given) => {
      const asked: SummaryQuery = { ...given, measure: 'overall' };
      const { groups, total } = summarise(rows, asked, 0);
      const behind = (figure: Figure): number => auditsBehind(rows, asked, figure).length;
      for (const [group, part] of [[undefined, total] as const, ...groups.map((each) => [each.key, each] as const)]) {
        const at = group === undefined ? {} : { group };
        assert.is(behind({ ...at, what: { kind: 'base' } }), part.base);
        assert.is(behind({ ...at, what: { kind: 'good-or-better' } }), part.goodOrBetter.count);
        grades.forEach((grade, i) =>
          assert.is(behind({ ...at, what: { kind: 'grade', grade } }), sure(part.grades[i]).count),
        );
        for (const which of Object.keys(nothing) as (keyof Beside)[]) {
          assert.is(behind({ ...at, what: { kind: 'beside', which } }), part.beside[which]);
        }
      }
    }),
  );
});

test('audits behind a figure come newest month first, none last, then by id, and each once', () => {
  const rows = [
    row(3, { month: '2026-01' }),
    row(4, { month: null }),
    row(2, { month: '2026-02' }),
    row(1, { month: '2026-02', sections: { a: 'good', b: 'good' } }),
    row(5, { state: 'in progress' }),
  ];
  const base: Figure = { what: { kind: 'base' } };
  assert.equal(auditsBehind(rows, query, base), [1, 2, 3, 4].map(record));
  const bySection: SummaryQuery = { ...query, measure: 'sections', by: 'section' };
  assert.equal(auditsBehind(rows, bySection, base), [1, 2, 3, 4].map(record));
  assert.equal(auditsBehind(rows, bySection, { group: 'b', what: { kind: 'good-or-better' } }), [record(1)]);
});

test.run();
