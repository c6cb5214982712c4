/**
 * Why something is held, as one line of bounded length: it may quote a key of what was sent, or be what a laptop says that it was told
 * (Regather 2), and it is kept, sent to leads, and put into its author's backup file, which holds no other.
 */
import { shortTextLimit, tidyText } from '../../src/protocol/text.ts';

export const reasonLine = (why: string): string =>
  // Tidied again: the cut may go through a character.
  tidyText(tidyText(why).replace(/\n/g, ' ').slice(0, shortTextLimit));
