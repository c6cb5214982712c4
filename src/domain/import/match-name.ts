/**
 * Which service, team or person of the authority a name in a file is. Names are compared without case and spaces; a
 * present name comes before a former one, an open entry before a closed one. Where several fit alike, none is taken.
 */
import type { Day } from '../values.ts';
import { labelKey } from './labels.ts';

export interface KnownName<Id extends string> {
  readonly id: Id;
  readonly name: string;
  readonly was: readonly { readonly name: string }[];
  readonly to: Day | null;
}

export type Match<Id extends string> =
  { readonly kind: 'one'; readonly id: Id } | { readonly kind: 'none' | 'several' };

export function matchName<Id extends string>(known: readonly KnownName<Id>[], name: string): Match<Id> {
  const key = labelKey(name);
  const now = known.filter((entry) => labelKey(entry.name) === key);
  const before = known.filter(({ was }) => was.some((former) => labelKey(former.name) === key));
  for (const fitting of [now, before]) {
    const open = fitting.filter(({ to }) => to === null);
    const best = open.length > 0 ? open : fitting;
    if (best.length > 1) return { kind: 'several' };
    const [one] = best;
    if (one !== undefined) return { kind: 'one', id: one.id };
  }
  return { kind: 'none' };
}
