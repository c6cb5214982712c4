/** The steps of an import and what each needs before it can be taken. Pure. */
import { decidedPlaces } from '../../domain/import/decided-places.ts';
import { placesDraft, type PlacesDraft } from '../../domain/import/places.ts';
import type { Organisation } from '../data/organisation.ts';
import type { FlowState } from './import-flow.ts';
import { knownPlaces } from './plan.ts';

export const steps = ['file', 'rows', 'columns', 'places', 'about', 'check', 'add'] as const;
export type Step = (typeof steps)[number];

export const stepOf = (text: string | undefined): Step | undefined => steps.find((step) => step === text);

/** The step to show for the one that is asked for: what it needs comes first, and while audits are added nothing else does. */
export function stepToShow(asked: Step, state: FlowState, organisation: Organisation): Step {
  if (state.adding !== null) return 'add';
  if (asked === 'file' || state.inspection === null) return 'file';
  if (asked === 'rows' || asked === 'columns') return asked;
  if (state.looked === null) return 'columns';
  if (asked === 'places') return asked;
  // Where nothing would be added there is nothing to decide.
  if (state.looked.check.fresh.audits === 0) return 'check';
  if (!arePlacesDecided(state, organisation)) return 'places';
  return asked === 'about' || state.selection === '' ? 'about' : 'check';
}

/** What becomes of the names that were found, as far as it is decided. */
export function placesOf({ looked, chosen }: FlowState, organisation: Organisation): PlacesDraft | null {
  return looked === null ? null : placesDraft(looked.check.names, knownPlaces(organisation), chosen);
}

function arePlacesDecided(state: FlowState, organisation: Organisation): boolean {
  const draft = placesOf(state, organisation);
  return draft !== null && decidedPlaces(draft, () => '', '') !== null;
}
