/** Rules between records: asked with the group already in place, which is undone when it breaks one (push 6). */
import type { RecordId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { unitValue } from '../../src/domain/record.ts';
import { mayModerate, type AuditFacts } from '../../src/domain/rights.ts';
import type { AllocationValue, PersonValue, TeamValue } from '../../src/domain/values.ts';
import { peopleByEmail } from '../db/records.ts';
import type { Asking } from './context.ts';
import type { Draft } from './draft.ts';
import { factsOf, type Before, type Reason } from './judge.ts';
import { qaLeadsNow, readStanding } from './standing.ts';

/** An email as it is compared: what someone types at sign-in finds it whatever the case. */
export const emailKey = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

/** Whether a group's rules are asked of the tables, and not of its own records alone: it must be written when they are. */
export const asksTables = (group: readonly Op[]): boolean =>
  group.some(({ kind, unit }) => kind === 'person' && (unit === 'profile' || unit === 'roles'));

const isServersOwn = (unit: string): boolean => unit === 'erased' || /^(certificate|search):/.test(unit);

/** The first op of the group that breaks a rule, with the reason. */
export async function brokenRule(
  draft: Draft,
  asking: Asking,
  group: readonly Op[],
): Promise<{ op: Op; reason: Reason } | null> {
  // A person of that id could be invited, and would write as the server does, whatever their roles.
  const pen = group.find(
    ({ kind, record }) => kind === 'person' && (record as string) === asking.authority.serverPerson,
  );
  if (pen) return { op: pen, reason: { code: 'invalid', why: 'not a person' } };
  // That something was erased, or looked for, is said by who has done it.
  const said = group.find(({ unit, person }) => isServersOwn(unit) && person !== asking.authority.serverPerson);
  if (said) return { op: said, reason: { code: 'not-allowed', why: '' } };
  for (const op of group.filter(({ kind, unit }) => kind === 'person' && unit === 'profile')) {
    const email = await emailOf(draft, op.record);
    const people = email === undefined ? [] : await peopleByEmail(draft.tx, asking.authority.id, emailKey(email));
    if (people.length > 1) return { op, reason: { code: 'invalid', why: 'email: another person has it' } };
  }
  for (const op of group.filter(({ kind, unit }) => kind === 'audit' && unit === 'imported')) {
    // Without its import nobody could find it again to undo it.
    const from = await draft.find(op.value['import'] as RecordId);
    if (from?.kind !== 'import' || from.units['source'] === undefined) {
      return { op, reason: { code: 'invalid', why: 'import: not known' } };
    }
  }
  // What comes in from a file was allocated elsewhere, also to a team that works across services.
  const cameIn = new Set(group.filter(({ unit }) => unit === 'imported').map(({ record }) => record));
  for (const op of group.filter(({ kind, unit }) => kind === 'audit' && unit === 'allocation')) {
    if (cameIn.has(op.record)) continue;
    if (await isOfAnotherService(draft, op)) {
      return { op, reason: { code: 'invalid', why: 'team: not of this service' } };
    }
  }
  const roles = group.find(({ kind, unit }) => kind === 'person' && unit === 'roles');
  if (roles && (await qaLeadsNow(draft.tx, asking)).length === 0) {
    return { op: roles, reason: { code: 'invalid', why: 'grants: the last QA lead' } };
  }
  return null;
}

/**
 * The first op that gives an audit a moderator who may not be its moderator today, or its moderator another audit. Asked of
 * what is new alone: what was accepted once and comes back after a restore stays, as it does when a role ends.
 */
export async function wrongModerator(
  draft: Draft,
  asking: Asking,
  group: readonly Op[],
  before: Before,
): Promise<{ op: Op; reason: Reason } | null> {
  for (const op of group.filter(({ kind, unit }) => kind === 'audit' && unit === 'allocation')) {
    const facts = factsOf(await draft.find(op.record));
    if (facts === null || facts.moderator === null || isAsBefore(facts, factsOf(before.get(op.record)))) continue;
    const standing = await readStanding(draft.tx, { ...asking, person: facts.moderator });
    if (!mayModerate(standing, facts)) return { op, reason: { code: 'invalid', why: 'moderator: may not be' } };
  }
  return null;
}

const isAsBefore = (facts: AuditFacts, was: AuditFacts | null): boolean =>
  was !== null && (['moderator', 'auditor', 'service', 'team'] as const).every((each) => was[each] === facts[each]);

const emailOf = async (draft: Draft, person: RecordId): Promise<string | undefined> =>
  unitValue<PersonValue>((await draft.find(person))?.units ?? {}, 'profile')?.email;

/** A team that was never in the service named with it. One that has moved since belongs to both: an audit keeps its time. */
async function isOfAnotherService(draft: Draft, { value }: Op): Promise<boolean> {
  const { team, service } = value as unknown as AllocationValue;
  const id = team as string as RecordId;
  const isIn = (profile: unknown): boolean => (profile as Partial<TeamValue> | undefined)?.service === service;
  const found = await draft.find(id);
  if (found?.kind !== 'team' || isIn(found.units['profile']?.value)) return false;
  return !(await draft.valuesOf(id, 'profile')).some(isIn);
}
