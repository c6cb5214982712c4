/** The versions of a unit that somebody has to look at before one of them counts alone. */
import { sameValue } from '../../domain/canonical.ts';
import { othersToSee, type ShownUnit } from '../../domain/fold.ts';
import type { OpId, PersonId } from '../../domain/ids.ts';
import type { UnitVersion } from '../../domain/record.ts';

export interface Looking {
  readonly me: PersonId;
  /** What the next edit of the unit will stand on. */
  readonly base: OpId | null;
  readonly isSettled: (op: OpId) => boolean;
}

/**
 * What others have made of a unit that its shown version does not say: the `others` the server keeps, and a version that
 * arrived beneath an own change made without having seen it. Without those already settled here.
 */
export function versionsToSee(shown: ShownUnit | undefined, { me, base, isSettled }: Looking): readonly UnitVersion[] {
  const confirmed = shown?.confirmed;
  if (shown === undefined || confirmed === undefined) return [];
  const beneath = shown.pending && confirmed.author !== me && confirmed.op !== base ? [confirmed] : [];
  return [...beneath, ...othersToSee(confirmed)].filter(
    (version) => !isSettled(version.op) && !sameValue(version.value, shown.value),
  );
}
