/**
 * The projections in which a record is sent: how much of it, decided by the server for one person and one record.
 *
 *   full     everything: own work, recently changed, or recently opened by this person (protocol, Open)
 *   columns  what percentages and lists need (`fields`: plain and list): everything else in scope
 *   blind    full, without any grade: moderation not yet locked. Above every role (DESIGN 6)
 *
 * `full` and `columns` show the same units, so opening a record never changes a digest; `blind` hides units.
 */
import type { Hash } from './chain.ts';
import { recordDigest, type Digest } from './digest.ts';
import { withoutText } from './fields.ts';
import type { PersonId, RecordId } from './ids.ts';
import type { Kind, UnitState, Units, UnitVersion } from './record.ts';
import type { AuditFacts } from './rights.ts';

export const projections = ['full', 'columns', 'blind'] as const;
export type Projection = (typeof projections)[number];

/** A record changed within this time, or last opened within it by the person, is sent in full. */
export const recentMs = 28 * 24 * 60 * 60 * 1000;

export interface ProjectionAsk {
  readonly person: PersonId;
  readonly kind: Kind;
  readonly facts: AuditFacts | null;
  readonly units: Units;
  /** When the person last opened it; null where they never did. */
  readonly openedMs: number | null;
  readonly changedMs: number;
  readonly nowMs: number;
}

/** The projection in which a person who may read a record gets it. */
export function projectionFor({ person, kind, facts, units, openedMs, changedMs, nowMs }: ProjectionAsk): Projection {
  if (kind !== 'audit' || facts === null) return 'full';
  if (isBlind(person, facts, units)) return 'blind';
  const recent = nowMs - Math.max(changedMs, openedMs ?? changedMs) < recentMs;
  return facts.auditor === person || recent ? 'full' : 'columns';
}

/** A moderator sees no grade of an audit until their own are locked. */
export function isBlind(person: PersonId, facts: AuditFacts, units: Units): boolean {
  return facts.moderator === person && facts.auditor !== person && units[`locked:${person}`] === undefined;
}

/** The digest of what an audit's moderator is sent while they are blind to it; null when they are not, or there is none. */
export function blindDigest(hash: Hash, id: RecordId, units: Units, facts: AuditFacts): Digest | null {
  const { moderator } = facts;
  if (moderator === null || !isBlind(moderator, facts, units)) return null;
  return recordDigest(hash, id, project('audit', units, 'blind'));
}

const hiddenFromBlind = /^(section|checks|moderation):|^overall$/;

/** Whether a unit is sent at all. Digests count exactly these. */
export const isVisible = (projection: Projection, unit: string): boolean =>
  projection !== 'blind' || !hiddenFromBlind.test(unit);

/** The units as sent in a projection. */
export function project(kind: Kind, units: Units, projection: Projection): Units {
  const sent = Object.entries(units)
    .filter(([unit]) => isVisible(projection, unit))
    .map(([unit, state]) => [unit, projection === 'columns' ? columnsOf(kind, unit, state) : state] as const);
  return Object.fromEntries(sent);
}

function columnsOf(kind: Kind, unit: string, state: UnitState): UnitState {
  const reduce = (version: UnitVersion): UnitVersion => ({ ...version, value: withoutText(kind, unit, version.value) });
  return { ...state, value: withoutText(kind, unit, state.value), others: state.others.map(reduce) };
}
