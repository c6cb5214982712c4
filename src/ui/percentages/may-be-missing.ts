/** What is said beside figures of what they may lack: on the screen, and in the files that are made of them. */
import { notBackLimit, type Lacking, type NotBack, type Unheard } from '../../protocol/sync.ts';
import { readLacking } from '../../store/lacking.ts';
import type { Store } from '../../store/open.ts';
import { readCompared, readIsReceiving } from '../../store/sync-meta.ts';
import { momentText } from '../format.ts';
import { percentages as say } from '../words/percentages.ts';

/** From then on it is said how old they are. */
const oldAfterMs = 24 * 60 * 60 * 1000;

export interface MayBeMissing {
  /** Records are on their way, or were when the line broke. */
  readonly isReceiving: boolean;
  /** When this laptop was last compared with the server; null before, and where there is none. */
  readonly comparedMs: number | null;
  readonly lacking: Lacking;
  readonly nowMs: number;
}

/** That they are old, or null. */
export const oldSentence = ({ comparedMs, nowMs }: Pick<MayBeMissing, 'comparedMs' | 'nowMs'>): string | null =>
  comparedMs !== null && nowMs - comparedMs > oldAfterMs ? say.oldFigures(momentText(comparedMs)) : null;

export const unheardSentence = ({ laptops, sinceMs, atMs }: Unheard): string =>
  say.unheard(laptops, momentText(sinceMs), momentText(atMs));

export const notBackSentence = ({ changes, noticedMs, atMs }: NotBack): string =>
  say.notBack(changes, changes >= notBackLimit, momentText(noticedMs), momentText(atMs));

/** What this laptop knows of it now. */
export async function readMayBeMissing(store: Store): Promise<Omit<MayBeMissing, 'nowMs'>> {
  const [isReceiving, comparedMs, lacking] = await Promise.all([
    readIsReceiving(store),
    readCompared(store),
    readLacking(store),
  ]);
  return { isReceiving, comparedMs, lacking };
}

/** All of it. */
export const mayBeMissing = ({ isReceiving, lacking, ...age }: MayBeMissing): readonly string[] =>
  [isReceiving ? say.stillArriving : null, oldSentence(age), ...lackingSentences(lacking)].filter(isSaid);

/** What the server said of it. */
export const lackingSentences = ({ unheard, notBack }: Lacking): readonly string[] =>
  [unheard && unheardSentence(unheard), notBack && notBackSentence(notBack)].filter(isSaid);

const isSaid = (sentence: string | null | undefined): sentence is string => sentence !== null && sentence !== undefined;
