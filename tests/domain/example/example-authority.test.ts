/** The made-up authority, whatever its seed and day: legal, allowed, the same again, and telling its story. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditState } from '../../../src/domain/audit.ts';
import { auditRow } from '../../../src/domain/audit-row.ts';
import { missingToSubmit } from '../../../src/domain/completeness.ts';
import { exampleAuthority, type ExampleAuthority } from '../../../src/domain/example/example-authority.ts';
import type { ExampleGroup } from '../../../src/domain/example/group.ts';
import { services } from '../../../src/domain/example/story.ts';
import { wordsIn } from '../../../src/domain/example/sentences.ts';
import { leastWords, mostWords } from '../../../src/domain/example/writing.ts';
import { overlay } from '../../../src/domain/fold.ts';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { AuditRow, SummaryFilter } from '../../../src/domain/summary.ts';
import { summarise } from '../../../src/domain/tally.ts';
import { builtInTool } from '../../../src/domain/tools/built-in.ts';
import type {
  AllocationValue,
  OverallValue,
  PersonValue,
  RolesValue,
  SectionValue,
  ServiceValue,
  TeamValue,
  VoiceValue,
} from '../../../src/domain/values.ts';
import { sha256, sure } from '../any.ts';
import { replay, valueOf, type Replay, type ReplayedRecord } from './replay.ts';

const test = suite('the example authority');

const anyDay = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const make = (today: string, seed: string, months = 24): ExampleAuthority =>
  exampleAuthority({ today, hash: sha256, seed, months });

const wholes = [
  { today: '2026-05-04', replayed: replay(make('2026-05-04', 'example')) },
  { today: '2027-01-01', replayed: replay(make('2027-01-01', 'another')) },
];

const allocationOf = (audit: ReplayedRecord): AllocationValue =>
  valueOf(audit, 'allocation') as unknown as AllocationValue;
const stateOf = (audit: ReplayedRecord) => auditState(audit.units, allocationOf(audit));
const sectionsOf = (audit: ReplayedRecord): readonly SectionValue[] =>
  Object.keys(audit.units)
    .filter((unit) => unit.startsWith('section:'))
    .map((unit) => valueOf(audit, unit) as unknown as SectionValue);

function rowsOf({ of }: Replay): AuditRow[] {
  return of('audit').map(({ id, units }) => {
    const plain = Object.fromEntries(Object.entries(units).map(([unit, { value }]) => [unit, value]));
    return auditRow(id, plain, (tool) => builtInTool(tool)?.sections.map((section) => section.id) ?? []);
  });
}

const grades = ofstedScale.grades.map(({ id }) => id);
const shareOf = (rows: readonly AuditRow[], grade: string, filter: SummaryFilter): number => {
  const { total } = summarise(
    rows,
    { measure: 'overall', by: 'service', filter, grades, goodOrBetter: ofstedScale.goodOrBetter },
    0,
  );
  return sure(total.grades[grades.indexOf(grade)]?.share);
};
const goodShare = (
  rows: readonly AuditRow[],
  filter: SummaryFilter,
  measure: 'overall' | 'sections' = 'overall',
): number => {
  const { total } = summarise(
    rows,
    { measure, by: 'service', filter, grades, goodOrBetter: ofstedScale.goodOrBetter },
    0,
  );
  return sure(total.goodOrBetter.share);
};

test('does nothing that a server would not accept, whatever the seed and the day', () => {
  for (const { replayed } of wholes) assert.equal(replayed.wrong, []);
  fc.assert(
    fc.property(anyDay, fc.string(), fc.integer({ min: 1, max: 4 }), (today, seed, months) => {
      assert.equal(replay(make(today, seed, months)).wrong, []);
    }),
    { numRuns: 12 },
  );
});

test('is the same again, and another for another seed', () => {
  const said = (seed: string): string => JSON.stringify([...make('2026-05-04', seed, 2).groups()]);
  assert.is(said('example'), said('example'));
  assert.not.equal(said('example'), said('another'));
  const once = make('2026-05-04', 'example', 2);
  assert.equal([...once.groups()], [...once.groups()]);
});

test('has happened before the day it is made for', () => {
  for (const { today, replayed } of wholes) {
    const last = sure(replayed.groups.at(-1)).atMs;
    assert.ok(last < Date.parse(`${today}T00:00:00Z`));
    assert.ok(last > Date.parse(`${today}T00:00:00Z`) - 5 * 86_400_000);
  }
});

test('allocates about thirty audits a month for 24 months, fewer in August', () => {
  for (const { today, replayed } of wholes) {
    const byMonth = new Map<string, number>();
    for (const audit of replayed.of('audit')) {
      const month = sure(allocationOf(audit).due).slice(0, 7);
      byMonth.set(month, (byMonth.get(month) ?? 0) + 1);
    }
    assert.is(byMonth.size, 24);
    assert.is([...byMonth.keys()].sort().at(-1), today.slice(0, 7));
    for (const [month, count] of byMonth) {
      const [least, most] = month.endsWith('-08') ? [8, 16] : month.endsWith('-12') ? [20, 28] : [26, 36];
      assert.ok(count >= sure(least) && count <= sure(most), `${month} has ${count}`);
    }
    const total = replayed.of('audit').length;
    assert.ok(total >= 660 && total <= 760, `${total} audits`);
  }
});

test('has services with teams of which one has moved and one has closed, and a service that has been renamed', () => {
  for (const { replayed } of wholes) {
    const profiles = <T>(kind: 'service' | 'team'): T[] =>
      replayed.of(kind).map((record) => valueOf(record, 'profile') as T);
    const teams = profiles<TeamValue>('team');
    assert.is(profiles('service').length, services.length);
    assert.equal(
      profiles<ServiceValue>('service').flatMap(({ name, was }) => was.map((former) => [former.name, name])),
      [['Care Leavers Service', 'Pathways']],
    );
    assert.equal(
      teams.flatMap(({ name, was }) => was.map((former) => [former.name, name])),
      [['Edge of Care Team', 'Edge of Care and Family Support Team']],
    );
    assert.equal(
      teams.filter(({ to }) => to !== null).map(({ name }) => name),
      ['Managed Team'],
    );
    const moved = sure(
      replayed.of('team').find((record) => String(valueOf(record, 'profile')?.['name']).startsWith('Edge')),
    );
    const its = replayed.of('audit').filter((audit) => allocationOf(audit).team === (moved.id as string));
    assert.is(
      new Set(its.map((audit) => allocationOf(audit).service)).size,
      2,
      'its audits keep the service of their time',
    );
    for (const service of new Set(teams.map((team) => team.service))) {
      const count = teams.filter((team) => team.service === service).length;
      assert.ok(count >= 1 && count <= 5);
    }
  }
});

test('marks everybody as made up, and gives out one account for each role', () => {
  for (const { today, replayed } of wholes) {
    const people = replayed.of('person').map((record) => valueOf(record, 'profile') as unknown as PersonValue);
    assert.ok(people.length >= 35 && people.length <= 50);
    for (const { name, email } of people) {
      assert.match(name, / \(made up\)$/);
      assert.match(email, /@example\.test$/);
    }
    assert.is(new Set(people.map(({ email }) => email)).size, people.length);
    assert.is(new Set(people.map(({ name }) => name)).size, people.length);
    const { name, accounts } = make(today, 'example');
    assert.match(name, 'made up');
    assert.equal(
      accounts.map(({ role }) => role),
      ['auditor', 'moderator', 'team-lead', 'head-of-service', 'qa-lead', 'administrator', 'board-viewer'],
    );
  }
  const [whole] = wholes;
  for (const { person, role, email } of make('2026-05-04', 'example').accounts) {
    const record = sure(whole?.replayed.of('person').find(({ id }) => (id as string) === person));
    assert.is(valueOf(record, 'profile')?.['email'], email);
    const { grants } = valueOf(record, 'roles') as unknown as RolesValue;
    assert.equal(
      grants.map((grant) => grant.role),
      [role],
    );
  }
});

test('lets nobody audit or moderate the team they manage, and shares the work out', () => {
  for (const { replayed } of wholes) {
    const manages = new Map(
      replayed.of('person').map((record) => {
        const { grants } = valueOf(record, 'roles') as unknown as RolesValue;
        return [record.id as string, grants.flatMap(({ teams }) => teams)] as const;
      }),
    );
    const counts = new Map<string, number>();
    for (const audit of replayed.of('audit')) {
      const { team, auditor, moderator } = allocationOf(audit);
      counts.set(sure(auditor), (counts.get(sure(auditor)) ?? 0) + 1);
      for (const person of [auditor, moderator]) {
        if (person !== null) assert.not(sure(manages.get(person)).includes(team));
      }
      assert.is.not(auditor, moderator);
    }
    assert.ok(counts.size >= 28 && counts.size <= 32);
    for (const count of counts.values()) assert.ok(count >= 15 && count <= 50, `${count} audits`);
  }
});

test('leaves drafts to the two newest months, and to the known auditor one not begun and one half-way on any day', () => {
  fc.assert(
    fc.property(anyDay, fc.string(), (today, seed) => {
      const example = make(today, seed, 4);
      const replayed = replay(example);
      const isOpen = (audit: ReplayedRecord): boolean => ['allocated', 'in progress'].includes(stateOf(audit));
      const open = replayed.of('audit').filter((audit) => isOpen(audit) && !allocationOf(audit).exempt);
      const newest = [...new Set(replayed.of('audit').map((audit) => sure(allocationOf(audit).due)))].sort().slice(-2);
      for (const audit of open) assert.ok(newest.includes(sure(allocationOf(audit).due)));
      const own = open.filter((audit) => allocationOf(audit).auditor === example.accounts[0]?.person);
      const states = own.map(stateOf);
      assert.ok(states.includes('allocated') && states.includes('in progress'));
      const halfWay = sure(own.find((audit) => stateOf(audit) === 'in progress'));
      assert.ok(sectionsOf(halfWay).length >= 3 && sectionsOf(halfWay).length <= 8);
    }),
    { numRuns: 15 },
  );
});

test('has some audits awaiting moderation, late, extended, exempt with approver and reason, and voided', () => {
  for (const { replayed } of wholes) {
    const audits = replayed.of('audit');
    const inRange = (what: string, found: readonly unknown[], least: number, most: number): void =>
      assert.ok(found.length >= least && found.length <= most, `${found.length} ${what}`);
    inRange(
      'awaiting',
      audits.filter((audit) => stateOf(audit) === 'awaiting moderation'),
      1,
      20,
    );
    inRange(
      'voided',
      audits.filter((audit) => stateOf(audit) === 'voided'),
      6,
      20,
    );
    const exempt = audits.map(allocationOf).filter((allocation) => allocation.exempt);
    inRange('exempt', exempt, 8, 25);
    for (const { exemptionApprover, exemptionReason } of exempt)
      assert.ok(exemptionApprover !== null && exemptionReason !== '');
    const extended = audits.map(allocationOf).filter(({ extendedTo }) => extendedTo !== null);
    inRange('extended', extended, 10, 45);
    const late = audits.filter((audit) => {
      const { due, extendedTo } = allocationOf(audit);
      const at = Number(valueOf(audit, 'submitted')?.['at'] ?? 0);
      return at > 0 && new Date(at).toISOString().slice(0, 10) > (extendedTo ?? sure(due));
    });
    inRange('late', late, 20, 130);
    const random = audits.filter((audit) => allocationOf(audit).selection === 'random').length / audits.length;
    assert.ok(random > 0.7 && random < 0.86);
    assert.is(new Set(audits.map((audit) => allocationOf(audit).selection)).size, 4);
  }
});

test('submits only what nothing is missing from', () => {
  for (const { replayed } of wholes) {
    for (const audit of replayed.of('audit').filter(({ units }) => units['submitted'] !== undefined)) {
      const tool = sure(builtInTool(allocationOf(audit).tool));
      assert.equal(missingToSubmit(tool, overlay(audit.units, [])), []);
    }
  }
});

test('tells its story: the Assessment Service from two fifths inadequate to a quarter, Early Help mostly good', () => {
  for (const { replayed } of wholes) {
    const rows = rowsOf(replayed);
    const named = (name: string) =>
      sure(replayed.of('service').find((record) => valueOf(record, 'profile')?.['name'] === name))
        .id as string as never;
    const months = [...new Set(rows.flatMap(({ month }) => month ?? []))].sort();
    const [first, last] = [{ toMonth: sure(months[7]) }, { fromMonth: sure(months.at(-8)) }];
    const assessment = { services: [named('Assessment Service')] };
    const [then, now] = [first, last].map((period) => shareOf(rows, 'inadequate', { ...assessment, ...period }));
    assert.ok(sure(then) > 0.33 && sure(then) < 0.47, `${then} then`);
    assert.ok(sure(now) > 0.19 && sure(now) < 0.33, `${now} now`);
    assert.ok(goodShare(rows, { services: [named('Early Help')] }) > 0.6);
    assert.ok(shareOf(rows, 'inadequate', last) < shareOf(rows, 'inadequate', first));
    const teams = replayed
      .of('team')
      .filter((team) => valueOf(team, 'profile')?.['service'] === assessment.services[0]);
    const byTeam = teams.map(({ id }) => shareOf(rows, 'inadequate', { teams: [id as string as never] }));
    assert.ok(Math.max(...byTeam) - Math.min(...byTeam) > 0.1, 'its teams differ');
  }
});

test('grades chronology and voice lower than the rest, and sections alike within an audit', () => {
  const [whole] = wholes;
  const rows = rowsOf(sure(whole).replayed);
  const weak = ['history-chronology', 'child-seen'];
  const others = ['allocation-start', 'parents-partners', 'decision-plan'];
  const share = (sections: readonly string[]): number => goodShare(rows, { sections }, 'sections');
  assert.ok(share(weak) < share(others) - 0.08, `${share(weak)} and ${share(others)}`);
  const rank = (grade: string | null): number => grades.indexOf(grade ?? '');
  const pairs = rows.flatMap(({ sections }) => {
    const [x, y] = [sections['allocation-start'], sections['parents-partners']];
    return x == null || y == null ? [] : [[rank(x), rank(y)] as const];
  });
  const near = pairs.filter(([x, y]) => Math.abs(x - y) <= 1).length / pairs.length;
  assert.ok(near > 0.85, `${near} within one grade`);
});

test('departs from the suggested grade now and then, with a reason', () => {
  for (const { replayed } of wholes) {
    const overalls = replayed.of('audit').flatMap((audit) => {
      const overall = valueOf(audit, 'overall') as unknown as OverallValue | undefined;
      return overall === undefined ? [] : [overall];
    });
    const departures = overalls.filter(({ suggested, chosen }) => suggested !== chosen);
    assert.ok(departures.length > overalls.length * 0.01 && departures.length < overalls.length * 0.08);
    for (const { reason } of departures) assert.ok(reason.length > 30);
  }
});

test('writes evidence of 50 to 400 words, a rationale for each grade, and no text twice', () => {
  for (const { replayed } of wholes) {
    const texts: string[] = [];
    for (const audit of replayed.of('audit')) {
      for (const { notApplicable, notApplicableReason, evidence, rationale } of sectionsOf(audit)) {
        if (notApplicable) assert.ok(notApplicableReason.length > 20);
        else texts.push(evidence, rationale);
        if (notApplicable) continue;
        assert.ok(wordsIn(evidence) >= leastWords && wordsIn(evidence) <= mostWords, evidence);
        assert.ok(wordsIn(rationale) >= 12 && wordsIn(rationale) <= 90, rationale);
      }
      for (const voice of ['practitioner', 'child', 'parent']) {
        const value = valueOf(audit, `voice:${voice}`) as unknown as VoiceValue | undefined;
        if (value?.obtained === true) texts.push(value.words);
        else if (value !== undefined) assert.ok(value.because.length > 20);
      }
    }
    assert.ok(texts.length > 10_000);
    assert.is(new Set(texts).size, texts.length);
    for (const text of texts) assert.not.match(text, /[{}|]|undefined|Middlesbrough/);
  }
});

test('for one person their organisation and their own audits come first, and nothing is left out or told twice', () => {
  const authority = make('2026-05-04', 'example', 3);
  const [me] = authority.accounts;
  if (me === undefined) throw new Error('The example has no account');
  const named = (groups: Iterable<ExampleGroup>): string[] =>
    [...groups].flatMap(({ atMs, edits }) => edits.map(({ record, unit }) => `${atMs} ${record} ${unit}`));
  const { own, others } = authority.groupsFor(me.person);
  const first = [...own];
  const rest = [...others];
  assert.equal([...named(first), ...named(rest)].sort(), named(authority.groups()).sort());
  const auditors = (groups: readonly ExampleGroup[]): unknown[] =>
    groups.flatMap(({ edits }) =>
      edits.filter(({ unit }) => unit === 'allocation').map(({ value }) => value['auditor']),
    );
  assert.ok(auditors(first).length > 2 && auditors(first).every((auditor) => auditor === me.person));
  assert.ok(rest.every(({ edits }) => edits.every(({ kind }) => kind === 'audit')));
  assert.not(auditors(rest).includes(me.person));
});

test.run();
