/** What is said beside figures of what they may lack: on the screen, and in the files that are made of them. */
import type { Unheard } from '../../protocol/sync.ts';
import { momentText } from '../format.ts';
import { percentages as say } from '../words/percentages.ts';

/** From then on it is said how old they are. */
const oldAfterMs = 24 * 60 * 60 * 1000;

interface MayBeMissing {
  /** When this laptop was last proved equal to the server; null before, and where there is none. */
  readonly provedEqualMs: number | null;
  readonly unheard: Unheard | null;
  readonly nowMs: number;
}

/** That they are old, or null. */
export const oldSentence = ({ provedEqualMs, nowMs }: Omit<MayBeMissing, 'unheard'>): string | null =>
  provedEqualMs !== null && nowMs - provedEqualMs > oldAfterMs ? say.oldFigures(momentText(provedEqualMs)) : null;

export const unheardSentence = ({ laptops, sinceMs, atMs }: Unheard): string =>
  say.unheard(laptops, momentText(sinceMs), momentText(atMs));

/** All of it. */
export const mayBeMissing = ({ unheard, ...proved }: MayBeMissing): readonly string[] =>
  [oldSentence(proved), unheard && unheardSentence(unheard)].filter((sentence) => sentence !== null);
