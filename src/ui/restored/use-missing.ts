/** What a restore of the council's server did not bring back, and how much of it there is. */
import type { Laptop } from '../../bridge/laptop.ts';
import { missingListLimit, type MissingList } from '../../protocol/missing.ts';
import { useAsked, type Asked } from '../data/use-asked.ts';

const all = (sync: Laptop['sync']) => sync.missingList(missingListLimit);
const onlyHowMany = (sync: Laptop['sync']) => sync.missingList(0);

export const useMissing = (laptop: Laptop): Asked<MissingList> => useAsked(laptop, all);

/** The same without its groups; null where nobody asked, or before the first answer. */
export const useMissingCount = (laptop: Laptop, wanted: boolean): MissingList | null =>
  useAsked(laptop, onlyHowMany, wanted).answer;
