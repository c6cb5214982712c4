/** What is said beside figures of laptops that had not been heard from. */
import type { Unheard } from '../../protocol/sync.ts';
import { momentText } from '../format.ts';
import { percentages as say } from '../words/percentages.ts';

export const unheardSentence = ({ laptops, sinceMs, atMs }: Unheard): string =>
  say.unheard(laptops, momentText(sinceMs), momentText(atMs));
