/** Records edits as one act and says what came of it: a sentence when it could not be saved, spoken words when it could. */
import type { Laptop } from '../../bridge/laptop.ts';
import { recordEdits, type Edit } from '../../store/record.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { words } from '../words.ts';

export type Save = (edits: readonly Edit[], said: string) => Promise<string | null>;

export function useSave(laptop: Laptop): Save {
  const announce = useAnnounce();
  return async (edits, said) => {
    if (edits.length > 0) {
      const result = await recordEdits(laptop.store, edits, 'act');
      if (!result.ok) return words.problems.store(result.problem);
    }
    announce(said);
    return null;
  };
}
