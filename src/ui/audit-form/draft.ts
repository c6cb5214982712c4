/** One unit as it is being edited. */
import type { JsonObject } from '../../domain/canonical.ts';
import type { Basis } from '../../domain/fold.ts';
import type { OpId } from '../../domain/ids.ts';
import type { StoreProblem } from '../../protocol/problem.ts';

export type How = 'act' | 'typing';

export interface Draft {
  value: JsonObject;
  readonly base: OpId | null;
  /** What it has settled, and what of that is not saved yet. */
  settled: readonly OpId[];
  settles: readonly OpId[];
  /** Counts changes, so that an answer is matched with what it saved. */
  edits: number;
  /** The fields that were changed here. */
  readonly changed: Set<string>;
  /** Those of them that are not saved yet, each with `edits` at its last change. */
  readonly unsaved: Map<string, number>;
  /** What kind of save is still owed; null when the newest value is saved or on its way. */
  owed: How | null;
  cancelTimer: (() => void) | null;
  problem: StoreProblem | null;
  /** The number of the save that holds the newest value; 0 when nothing was changed yet, null before it is saved. */
  savedAs: number | null;
}

/** Of a unit of which nothing has been changed yet. */
export function newDraft(value: JsonObject, { base, settles }: Basis): Draft {
  const stands = { base, settled: settles, settles };
  const fields = { changed: new Set<string>(), unsaved: new Map<string, number>() };
  return { value, ...stands, edits: 0, ...fields, owed: null, cancelTimer: null, problem: null, savedAs: 0 };
}
