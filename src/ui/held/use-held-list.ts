/** The held groups that the person in front of the laptop decides about, and how many there are. */
import type { Laptop } from '../../bridge/laptop.ts';
import { heldAskLimit, type HeldList } from '../../protocol/held.ts';
import { useAsked, type Asked } from '../data/use-asked.ts';

const all = (sync: Laptop['sync']) => sync.heldList(heldAskLimit);
const onlyHowMany = (sync: Laptop['sync']) => sync.heldList(0);

export const useHeldList = (laptop: Laptop): Asked<HeldList> => useAsked(laptop, all);

/** How many wait for a decision; 0 where nobody asked, or before the first answer. */
export const useHeldCount = (laptop: Laptop, wanted: boolean): number =>
  useAsked(laptop, onlyHowMany, wanted).answer?.waiting ?? 0;
