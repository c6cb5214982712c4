/** The cube tells what the tally counts, for whole quarters, with small numbers held back. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeCube, type Cube, type CubeYear } from '../../../src/domain/board/cube.ts';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { RecordId, ServiceId, TeamId } from '../../../src/domain/ids.ts';
import { proportion } from '../../../src/domain/proportion.ts';
import type { AuditRow } from '../../../src/domain/summary.ts';
import { sure } from '../any.ts';

const test = suite('the cube of a board');

let made = 0;
function audits(n: number, overall: string, month: string, team: string, more: Partial<AuditRow> = {}): AuditRow[] {
  const service = (team.startsWith('n') ? 'north' : 'south') as ServiceId;
  return Array.from({ length: n }, () => ({
    id: String((made += 1)) as RecordId,
    service,
    team: team as TeamId,
    auditor: null,
    tool: null,
    selection: 'random',
    month,
    state: 'final',
    exempt: false,
    import: null,
    overall,
    sections: {},
    ...more,
  }));
}
const cubeOf = (rows: readonly AuditRow[], today = '2026-05-14'): Cube =>
  makeCube(rows, { scale: ofstedScale, today, nameOf: (id) => `The ${id}` });
const yearOf = (rows: readonly AuditRow[]): CubeYear => sure(cubeOf(rows).years[0]);

test('it is of the last two years of four whole quarters', () => {
  const { years, grades } = cubeOf([]);
  assert.equal(grades, ['requires-improvement', 'inadequate']);
  assert.equal(
    years.map(({ from, to }) => [from, to]),
    [
      ['2025-04', '2026-03'],
      ['2024-04', '2025-03'],
    ],
  );
  assert.equal(
    years[0]?.quarters.map(({ from, to }) => [from, to]),
    [
      ['2025-04', '2025-06'],
      ['2025-07', '2025-09'],
      ['2025-10', '2025-12'],
      ['2026-01', '2026-03'],
    ],
  );
  const days = { '2026-01-01': '2025-12', '2026-03-31': '2025-12', '2026-04-01': '2026-03', '2025-12-31': '2025-09' };
  for (const [today, to] of Object.entries(days)) assert.is(cubeOf([], today).years[0]?.to, to, today);
});

test('each row is count, base, percentage and interval of what counts, by name', () => {
  const year = yearOf([
    ...audits(1, 'outstanding', '2025-04', 'n1'),
    ...audits(9, 'good', '2025-05', 'n1'),
    ...audits(6, 'requires-improvement', '2025-08', 's1'),
    ...audits(5, 'inadequate', '2026-03', 's1'),
    // Before, after, and of the quarter that is running.
    ...audits(50, 'inadequate', '2025-03', 'n1'),
    ...audits(50, 'inadequate', '2026-04', 'n1'),
    ...audits(50, 'inadequate', '', 'n1', { month: null }),
  ]);
  assert.equal(year.whole, {
    base: 21,
    goodOrBetter: proportion(10, 21),
    grades: [proportion(6, 21), proportion(5, 21)],
  });
  assert.equal(
    year.quarters.map(({ base }) => base),
    [10, 6, 0, 5],
  );
  assert.equal(
    year.services.map(({ name, base, teams }) => [name, base, teams.map((team) => [team.name, team.base])]),
    [
      ['The north', 10, [['The n1', 10]]],
      ['The south', 11, [['The s1', 11]]],
    ],
  );
  assert.ok(year.speaksForPractice);
});

test('a small team and the one it could be worked out from are held back, their service is not', () => {
  const { services, whole } = yearOf([
    ...audits(20, 'good', '2025-05', 'n1'),
    ...audits(8, 'good', '2025-05', 'n2'),
    ...audits(3, 'good', '2025-05', 'n3'),
  ]);
  assert.is(whole.base, 31);
  assert.equal(
    services[0]?.teams.map(({ base, goodOrBetter, grades }) => [base, goodOrBetter?.count, grades?.length]),
    [
      [20, 20, 2],
      [null, undefined, undefined],
      [null, undefined, undefined],
    ],
  );
});

test('what is in no base stands beside it, small numbers of that held back as well', () => {
  const { beside, whole, speaksForPractice } = yearOf([
    ...audits(6, 'good', '2025-05', 'n1', { selection: 'thematic' }),
    ...audits(7, 'good', '2025-05', 'n1', { state: 'awaiting moderation' }),
    ...audits(4, 'good', '2025-05', 'n1', { state: 'in progress' }),
    ...audits(1, 'good', '2025-05', 'n1', { state: 'voided' }),
    ...audits(5, 'a grade of another scale', '2025-05', 'n1'),
  ]);
  assert.is(whole.base, 6);
  assert.not(speaksForPractice);
  assert.equal(beside, { drafts: null, awaitingModeration: 7, voided: null, exempt: 0, notGraded: 5 });
});

test('audits that name no team or service are in a row of their own, last', () => {
  const { services } = yearOf([
    ...audits(6, 'good', '2025-05', 'n1', { team: null }),
    ...audits(6, 'good', '2025-05', 'n1'),
    ...audits(7, 'good', '2025-05', 'n1', { service: null, team: null }),
  ]);
  assert.equal(
    services.map(({ name, base, teams }) => [name, base, teams.map((team) => team.name)]),
    [
      ['The north', 12, ['The n1', null]],
      [null, 7, [null]],
    ],
  );
});

test.run();
