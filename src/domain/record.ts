/**
 * Records, units and ops: the shape of everything Plumbline keeps.
 *
 * A record is a set of units; a unit is what changes as one, so no merge can pair one person's grade with another's
 * evidence. An op is one recorded change of one unit. Nothing here is mutable and nothing is a class.
 */
import type { Json, JsonObject } from './canonical.ts';
import type { OpHeader } from './chain.ts';
import type { OpId, PersonId } from './ids.ts';
import type { Stamp } from './stamp.ts';

export const kinds = [
  'audit',
  'action',
  'tool',
  'service',
  'team',
  'person',
  'cycle',
  'sample',
  'import',
  'theme',
  'priority',
  'recommendation',
  'calibration',
  'settings',
] as const;

export type Kind = (typeof kinds)[number];

/** One person's value of a unit, with who set it and when the server ordered it. */
export interface UnitVersion {
  readonly op: OpId;
  readonly value: JsonObject;
  readonly author: PersonId;
  /** The ordering stamp: the claimed stamp, capped by the server. */
  readonly stamp: Stamp;
}

/** A unit as it stands: the version that shows, and the versions that were made unseen by it. */
export interface UnitState extends UnitVersion {
  readonly others: readonly UnitVersion[];
}

export type Units = Readonly<Record<string, UnitState>>;

/** A sealed op, as it is pushed: header, value with its salt, and its place in the device's chain. */
export interface Op extends OpHeader {
  readonly value: JsonObject;
  /** 32 hex digits, random per op. */
  readonly salt: string;
  readonly leaf: string;
  readonly prev: string;
}

/** The shown value of a unit, or undefined when the record has no such unit. */
export const unitValue = <T = Json>(units: Units, unit: string): T | undefined =>
  units[unit]?.value as unknown as T | undefined;
