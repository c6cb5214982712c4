/**
 * Whether a group may be accepted (docs/protocol.md, push 6), written from its words: who may write what, what an audit's life
 * allows, and what must hold between records. A group is accepted whole or held whole.
 */
import type { Op } from '../../../src/domain/record.ts';
import { fieldOf, shown, withChange, type Known, type KnownRecord, type Records } from './known.ts';
import { familyOf, isFit } from './rules-of-values.ts';

export type Verdict = 'accepted' | 'held';

const groupBytes = 64 * 1024;
const settings = '0'.repeat(32);
const graded = ['case', 'section:*', 'checks:*', 'overall', 'voice:*', 'concern', 'submitted'];
const organisation = ['service', 'team', 'person', 'tool', 'import', 'settings'];
const isEvent = (unit: string): boolean =>
  ['submitted', 'voided', 'finished', 'undone'].includes(unit) || isCorrection(unit);
const isCorrection = (unit: string): boolean => unit.startsWith('correction:');
const isWork = (unit: string): boolean => /^(section|checks|voice):|^(overall|concern)$/.test(unit);

/** `after` holds the group's records as they stand, and is left with the group in place. */
export function mayBe(group: readonly Op[], known: Known, after: Map<string, KnownRecord>, nowMs: number): Verdict {
  const before = new Map(after);
  if (!group.every((op) => isFit(op.kind, op.unit, op.value))) return 'held';
  const bytes = group.reduce((sum, { value }) => sum + Buffer.byteLength(JSON.stringify(value)), 0);
  if (bytes > groupBytes) return 'held';
  if (group.some((op) => isEvent(op.unit) && op.value['by'] !== op.person)) return 'held';
  if (group.some((op) => op.kind === 'settings' && (op.record as string) !== settings)) return 'held';
  let isOpen = true;
  for (const op of group) {
    const together = group.flatMap(({ record, unit }) => (record === op.record ? [unit] : []));
    if (op.kind === 'audit' && !lifeAllows(after.get(op.record), op.unit, together)) isOpen = false;
    after.set(op.record, withChange(after.get(op.record), op, nowMs));
  }
  const all = new Map([...known.records, ...after]);
  const roles = rolesOf(known.records.get(group[0]?.person ?? ''), known.today);
  const mayAll = group.every((op) => mayWrite(op, roles, before.get(op.record), after.get(op.record)));
  return isOpen && mayAll && fitsTogether(group, all, known) && moderatorsFit(group, before, all, known)
    ? 'accepted'
    : 'held';
}

/** The roles a person's record gives them on a day. */
export function rolesOf(person: KnownRecord | undefined, today: string): readonly string[] {
  if (person?.kind !== 'person') return [];
  const grants = (fieldOf(person, 'roles', 'grants') ?? []) as readonly {
    role: string;
    from: string;
    to: string | null;
  }[];
  return grants.filter(({ from, to }) => from <= today && (to ?? today) >= today).map(({ role }) => role);
}

/**
 * A voided audit is closed but for a legal hold; a submitted one but for its allocation, voiding and holds. The case of either is
 * corrected together with a new correction of it, which never comes alone.
 */
function lifeAllows(audit: KnownRecord | undefined, unit: string, together: readonly string[]): boolean {
  const has = (name: string): boolean => audit?.units.has(name) ?? false;
  if (unit === 'hold' && has('allocation')) return true;
  if (isCorrection(unit)) return has('allocation') && !has(unit) && together.includes('case');
  if (unit === 'case' && has('allocation') && together.some(isCorrection)) return true;
  if (has('voided')) return false;
  if (unit === 'voided') return true;
  if (!has('allocation')) return unit === 'allocation' || unit === 'case';
  if (unit === 'imported' && [...(audit?.units.keys() ?? [])].some(isWork)) return false;
  return !has('submitted') || !(isWork(unit) || unit === 'case' || unit === 'submitted');
}

function mayWrite(
  op: Op,
  roles: readonly string[],
  before: KnownRecord | undefined,
  after: KnownRecord | undefined,
): boolean {
  if (after?.kind !== op.kind) return false;
  const isLead = roles.includes('qa-lead');
  if (isLead && organisation.includes(op.kind)) return true;
  // An administrator looks after people and their roles, but neither makes a QA lead nor changes one, nor themselves.
  if (roles.includes('administrator') && op.kind === 'settings') return op.unit === 'authority';
  if (roles.includes('administrator') && op.kind === 'person')
    return (op.record as string) !== op.person && !isEverQaLead(before) && !isEverQaLead(after);
  if (op.kind !== 'audit') return false;
  const unit = familyOf('', op.unit).trim();
  const me = op.person as string;
  const auditorOf = (audit: KnownRecord | undefined) => fieldOf(audit, 'allocation', 'auditor');
  // A QA lead runs the programme: corrects cases, also closed ones, allocates, voids, holds. Grades come from a QA lead in an import alone.
  if (isLead && ['case', 'correction:*', 'allocation', 'voided', 'hold'].includes(unit)) return true;
  const comesIn =
    before === undefined && (after?.units.has('imported') ?? false) && (after?.units.has('submitted') ?? false);
  if (isLead && comesIn && [...graded, 'allocation', 'imported'].includes(unit)) return true;
  if (!roles.includes('auditor')) return false;
  // An auditor grades what is allocated to them, before and after what they write.
  const isMine = auditorOf(after) === me && (before === undefined || auditorOf(before) === me);
  if (isMine && graded.includes(unit)) return true;
  // An auditor may start an audit for themselves and change that until it is submitted: no moderator, no exemption, no more time.
  const isTheirs =
    before === undefined ||
    (auditorOf(before) === me && shown(before, 'allocation')?.author === me && !before.units.has('submitted'));
  const isPlain =
    fieldOf(after, 'allocation', 'moderator') === null &&
    fieldOf(after, 'allocation', 'exempt') === false &&
    fieldOf(after, 'allocation', 'extendedTo') === null;
  return ['allocation', 'case'].includes(unit) && auditorOf(after) === me && isPlain && isTheirs;
}

/** What must hold between records with the group in place. */
function fitsTogether(group: readonly Op[], all: Records, { pen, today }: Known): boolean {
  const people = [...all.values()].filter(({ kind }) => kind === 'person');
  const emailOf = (person: KnownRecord | undefined): string =>
    String(fieldOf(person, 'profile', 'email') ?? '')
      .trim()
      .normalize('NFKC')
      .toLowerCase();
  const cameIn = new Set(group.filter(({ unit }) => unit === 'imported').map(({ record }) => record));
  return group.every((op) => {
    const record = all.get(op.record);
    if (op.kind === 'person' && (op.record as string) === pen) return false;
    if (op.kind === 'person' && op.unit === 'profile')
      return people.filter((person) => emailOf(person) === emailOf(record)).length === 1;
    if (op.kind === 'person' && op.unit === 'roles')
      return people.some((person) => rolesOf(person, today).includes('qa-lead'));
    if (op.unit === 'imported') {
      const source = all.get(String(op.value['import']));
      return source?.kind === 'import' && source.units.has('source');
    }
    if (op.unit === 'allocation' && !cameIn.has(op.record)) {
      const team = all.get(String(op.value['team']));
      return team?.kind !== 'team' || team.services.has(String(op.value['service']));
    }
    return true;
  });
}

interface Grant {
  readonly role: string;
  readonly services: readonly string[];
  readonly teams: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

/** At any time, also by a version that does not show. */
const isEverQaLead = (person: KnownRecord | undefined): boolean =>
  (person?.units.get('roles') ?? []).some(({ value }) =>
    (value['grants'] as readonly Grant[]).some(({ role }) => role === 'qa-lead'),
  );

/** A moderator may be named for audits of their services and teams, never for one they grade. What stays is not asked again. */
function moderatorsFit(group: readonly Op[], before: Records, all: Records, { today }: Known): boolean {
  const said = (audit: KnownRecord | undefined) =>
    ['moderator', 'auditor', 'service', 'team'].map((field) => fieldOf(audit, 'allocation', field));
  return group
    .filter(({ kind, unit }) => kind === 'audit' && unit === 'allocation')
    .every(({ record }) => {
      const [moderator, auditor, service, team] = said(all.get(record));
      if (moderator === null || said(all.get(record)).join() === said(before.get(record)).join()) return true;
      const person = all.get(String(moderator));
      if (person?.kind !== 'person' || moderator === auditor) return false;
      const isIn = fieldOf(all.get(String(team)), 'profile', 'service');
      const reaches = ({ services, teams }: Grant): boolean =>
        services.includes(String(service)) || teams.includes(String(team)) || services.includes(String(isIn));
      const grants = (fieldOf(person, 'roles', 'grants') ?? []) as readonly Grant[];
      return grants.some(
        (each) => each.role === 'moderator' && each.from <= today && (each.to ?? today) >= today && reaches(each),
      );
    });
}
