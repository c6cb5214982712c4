/**
 * Which changes of one unit, made on another laptop, are missing here. Bringing in the same changes again adds nothing, and work
 * that went on since, on either side, is never written over unseen.
 */
import { sameValue, type JsonObject } from '../canonical.ts';
import type { OpId } from '../ids.ts';
import type { MadeChange } from './made-change.ts';

/** A unit as it shows here. */
export interface UnitHere {
  readonly value: JsonObject;
  /** When it was given that value, by the stamp it claims or was given. */
  readonly ms: number;
  /** Whether the person who brings in wrote it. */
  readonly isMine: boolean;
  /** What a change made on top of it stands on. */
  readonly base: OpId | null;
}

export interface Missing<Change> {
  /** To be made here, in this order. */
  readonly changes: readonly Change[];
  /** Left where they are, because somebody else has written here since. */
  readonly overtaken: readonly Change[];
}

/** `changes` are all of one unit, oldest first. `once`: the unit is an event. */
export function missingOf<Change extends MadeChange>(
  changes: readonly Change[],
  here: UnitHere | undefined,
  once: boolean,
): Missing<Change> {
  const nothing = { changes: [], overtaken: [] };
  if (here === undefined) return { changes, overtaken: [] };
  const known = changes.findLastIndex(({ value }) => sameValue(value, here.value));
  const since = changes.slice(known + 1);
  const last = since.at(-1);
  if (last === undefined || once) return nothing;
  if (last.claimed.ms <= here.ms) return here.isMine ? nothing : { changes: [], overtaken: since };
  // Whoever made these had in front of them what is here.
  return { changes: known < 0 ? since : since.map((change) => ({ ...change, base: here.base })), overtaken: [] };
}
