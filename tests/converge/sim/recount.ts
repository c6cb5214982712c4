/**
 * The percentages once more, in the simplest way that DOMAIN 7.1 allows: straight from the server's log of ops, for one
 * person, by team, service, month or section. Shares nothing with what the product counts with (`tally`, `audit-row`,
 * `audit`, `rights`, `fold`), so that a mistake in those does not repeat itself here.
 */
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { PersonId, RecordId } from '../../../src/domain/ids.ts';
import type { Summary, SummaryGroup } from '../../../src/domain/summary.ts';
import { grades } from './questions.ts';
import { headsOf, type StoredOp, type Truth } from './server-truth.ts';

const good: readonly string[] = ['outstanding', 'good'];
const random: readonly string[] = ['random', 'stratified'];
const sections = ['risk', 'plan', 'voice'] as const;
/** What is counted beside, in the order in which one reason goes before another. */
const besides = ['voided', 'exempt', 'awaitingModeration', 'drafts', 'notApplicable', 'notGraded'] as const;
/** Below this base there are only counts. */
const smallestBase = 5;
const dayMs = 86_400_000;

/** One audit as it shows, of those that a person may count. */
export interface Countable {
  readonly units: Readonly<Record<string, JsonObject>>;
  /** What the server has ordered its submission as. */
  readonly orderedMs: number;
}

export interface Question {
  readonly measure: 'overall' | 'sections';
  readonly by: 'team' | 'service' | 'month' | 'section';
}

/** One text for each group, sorted, and one for all: equal to `told` of an answer that counts right. */
export function recounted(audits: readonly Countable[], { measure, by }: Question): readonly string[] {
  const counts = new Map<string, string[]>();
  const all: string[] = [];
  let isPractice = true;
  for (const { units, orderedMs } of audits) {
    const { allocation } = units;
    const marks =
      measure === 'overall'
        ? [[null, units['overall']?.['chosen'] ?? null] as const]
        : sections.map((section) => [section, gradeIn(units[`section:${section}`])] as const);
    for (const [section, grade] of marks) {
      const place = placeOf(units, grade);
      const group = by === 'section' ? section : by === 'month' ? monthOf(units, orderedMs) : allocation?.[by];
      const key = String(group ?? null);
      counts.set(key, [...(counts.get(key) ?? []), place]);
      all.push(place);
      const isDrawn = random.includes(String(allocation?.['selection']));
      if ((grades as readonly string[]).includes(place) && !isDrawn) isPractice = false;
    }
  }
  const total = textOf('all', all);
  const base = all.filter((place) => (grades as readonly string[]).includes(place)).length;
  return [...[...counts].map(([key, places]) => textOf(key, places)).sort(), total, String(base > 0 && isPractice)];
}

function textOf(key: string, places: readonly string[]): string {
  const count = (wanted: readonly string[]): number => places.filter((place) => wanted.includes(place)).length;
  const base = count(grades);
  const share = (of: number): string => `${of}/${base}=${base < smallestBase ? null : of / base}`;
  const beside = besides.map((which) => `${which} ${count([which])}`);
  return [key, ...grades.map((grade) => share(count([grade]))), share(count(good)), ...beside].join(', ');
}

/** The same texts from what a laptop says. */
export function told({ groups, total, speaksForPractice }: Summary): readonly string[] {
  const text = (name: string, { grades: each, goodOrBetter, beside }: SummaryGroup): string =>
    [
      name,
      ...[...each, goodOrBetter].map(({ count, base, share }) => `${count}/${base}=${share}`),
      ...besides.map((which) => `${which} ${beside[which]}`),
    ].join(', ');
  return [
    ...groups.map((group) => text(String(group.key), group)).sort(),
    text('all', total),
    String(speaksForPractice),
  ];
}

function placeOf(units: Countable['units'], grade: unknown): string {
  if (units['voided'] !== undefined) return 'voided';
  if (units['allocation']?.['exempt'] === true) return 'exempt';
  if (units['submitted'] === undefined) return 'drafts';
  if (units['allocation']?.['moderator'] != null && units['agreed'] === undefined) return 'awaitingModeration';
  if (grade === 'n.a.') return 'notApplicable';
  return (grades as readonly unknown[]).includes(grade) ? String(grade) : 'notGraded';
}

const gradeIn = (section: JsonObject | undefined): unknown =>
  section?.['notApplicable'] === true ? 'n.a.' : (section?.['grade'] ?? null);

function monthOf(units: Countable['units'], orderedMs: number): string | null {
  const { imported, submitted, allocation } = units;
  if (imported !== undefined) return String(imported['day']).slice(0, 7);
  if (submitted === undefined) return String(allocation?.['extendedTo'] ?? allocation?.['due']).slice(0, 7);
  // A clock that ran ahead puts nothing into a month that had not come.
  const at = Number(submitted['at']);
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit' })
    .format(at - orderedMs > dayMs ? orderedMs : at)
    .split('/');
  return `${parts[1]}-${parts[0]}`;
}

/** Every audit that this person may count, without those of an import that was undone. */
export function countableBy(log: ShownLog, person: PersonId, nowMs: number): readonly Countable[] {
  const { shown, audits } = log;
  const units = (id: string): Countable['units'] =>
    Object.fromEntries(Object.entries(shown.get(id) ?? {}).map(([unit, { version }]) => [unit, version.value]));
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const grants = ((units(person)['roles']?.['grants'] ?? []) as unknown as readonly Grant[]).filter(
    ({ from, to }) => from <= today && (to === null || today <= to),
  );
  const mayCount = (allocation: JsonObject | undefined): boolean =>
    grants.some(({ role, services, teams }) => {
      if (role === 'qa-lead') return true;
      if (role === 'auditor') return allocation?.['auditor'] === person;
      if (role === 'moderator') return allocation?.['moderator'] === person;
      if (role !== 'team-lead' && role !== 'head-of-service') return false;
      const team = String(allocation?.['team']);
      const now = String(units(team)['profile']?.['service']);
      return services.includes(String(allocation?.['service'])) || teams.includes(team) || services.includes(now);
    });
  return audits
    .map((id: RecordId) => ({ units: units(id), orderedMs: shown.get(id)?.['submitted']?.version.stamp.ms ?? 0 }))
    .filter(({ units: { allocation, imported } }) => {
      const isUndone = imported !== undefined && units(String(imported['import']))['undone'] !== undefined;
      return mayCount(allocation) && !isUndone;
    });
}

interface Grant {
  readonly role: string;
  readonly services: readonly string[];
  readonly teams: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

/** What the log of ops comes to: by record and unit, the accepted op that shows. */
export interface ShownLog {
  readonly shown: ReadonlyMap<string, Readonly<Record<string, StoredOp>>>;
  readonly audits: readonly RecordId[];
}

export function shownBy({ ops }: Pick<Truth, 'ops'>): ShownLog {
  const byUnit = new Map<string, StoredOp[]>();
  for (const op of ops) {
    if (!op.accepted) continue;
    const key = `${op.record} ${op.unit}`;
    byUnit.set(key, [...(byUnit.get(key) ?? []), op]);
  }
  const records = new Map<string, Record<string, StoredOp>>();
  for (const [key, own] of byUnit) {
    const [record = '', unit = ''] = key.split(' ');
    const [head] = headsOf(own);
    const op = own.find(({ id }) => id === head);
    if (op !== undefined) records.set(record, { ...records.get(record), [unit]: op });
  }
  const audits = ops.filter(({ accepted, kind }) => accepted && kind === 'audit').map((op) => op.record);
  return { shown: records, audits: [...new Set(audits)] };
}
