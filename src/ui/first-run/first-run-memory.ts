/**
 * What a person has seen of their first hour, kept on this laptop: looks round that are done, by person, and that the storage
 * check is not to be shown again, by keyring. Of the example nothing is kept.
 */
import type { Laptop } from '../../bridge/laptop.ts';
import type { TourRole } from './tour-steps.ts';

type Whose = Pick<Laptop, 'entry' | 'home'>;

const tourKey = ({ entry }: Whose): string => `plumbline-tour:${entry.person}`;
const hiddenKey = ({ entry }: Whose): string => `plumbline-check-hidden:${entry.keyring}`;

export const toursDone = (laptop: Whose): readonly string[] => localStorage.getItem(tourKey(laptop))?.split(' ') ?? [];

export function rememberTour(laptop: Whose, role: TourRole): void {
  if (laptop.home.isKept) localStorage.setItem(tourKey(laptop), [...new Set([...toursDone(laptop), role])].join(' '));
}

export const isCheckHidden = (laptop: Whose): boolean => localStorage.getItem(hiddenKey(laptop)) !== null;

export const hideCheck = (laptop: Whose): void => localStorage.setItem(hiddenKey(laptop), '1');

/** The person and everything of theirs is leaving this laptop: whatever is remembered under their name or their keyring. */
export function forgetFirstRun({ entry }: Whose): void {
  const mine = [entry.person, entry.keyring].map((id) => `:${id}`);
  for (const key of Object.keys(localStorage)) {
    if (mine.some((end) => key.endsWith(end))) localStorage.removeItem(key);
  }
}
