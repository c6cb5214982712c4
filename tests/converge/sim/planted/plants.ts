/** The planted bugs by name. */
import type { Plant } from '../plant.ts';
import { exemptInBase, voidedStillCounts } from './count-plants.ts';
import { acceptedInTwo, discardedUnheard, heldForAll, returnedIsGone } from './held-plants.ts';
import {
  clockRefuses,
  coalescedGrade,
  cursorBeforeRows,
  digestCopied,
  forgetsWhenAccepted,
  noDeadlines,
  renumberedRetry,
  sharedDevice,
  swallowedRefusal,
} from './laptop-plants.ts';
import {
  acknowledgedBeforeCommit,
  gradesForAMoment,
  halfGroup,
  naiveCursor,
  stateAsField,
  wholeRecordWins,
} from './server-plants.ts';

export const plants: readonly Plant[] = [
  naiveCursor,
  acknowledgedBeforeCommit,
  cursorBeforeRows,
  swallowedRefusal,
  wholeRecordWins,
  sharedDevice,
  clockRefuses,
  halfGroup,
  digestCopied,
  stateAsField,
  coalescedGrade,
  forgetsWhenAccepted,
  renumberedRetry,
  noDeadlines,
  acceptedInTwo,
  returnedIsGone,
  discardedUnheard,
  heldForAll,
  voidedStillCounts,
  exemptInBase,
  gradesForAMoment,
];

/** null for the product as it is. */
export function plantNamed(name: string | null): Plant | null {
  if (name === null) return null;
  const plant = plants.find((each) => each.name === name);
  if (plant === undefined) throw new Error(`No bug is planted under the name ${name}`);
  return plant;
}
