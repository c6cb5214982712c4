/** One change as it was made elsewhere, and changes by the actions they were made in. */
import type { JsonObject } from '../canonical.ts';
import type { Basis } from '../fold.ts';
import type { Stamp } from '../stamp.ts';

export interface MadeChange extends Basis {
  /** Names the action it was part of. */
  readonly group: string;
  readonly unit: string;
  readonly value: JsonObject;
  readonly claimed: Stamp;
}

/** Neighbouring changes of one action. */
export function actionsOf<Change extends Pick<MadeChange, 'group'>>(
  changes: readonly Change[],
): readonly (readonly Change[])[] {
  const actions: Change[][] = [];
  for (const change of changes) {
    const open = actions.at(-1);
    if (open?.[0]?.group === change.group) open.push(change);
    else actions.push([change]);
  }
  return actions;
}
