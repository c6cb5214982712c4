/**
 * The two texts by which people find a case again, each one line: what may be kept of what was typed, and what is wrong with
 * it. The limits are those of `src/protocol/values`; a test holds them equal.
 */
import { audits as say } from '../words/audits.ts';
import { keepable } from './typed-text.ts';

export type CaseLine = 'reference' | 'initials';

const referenceLimit = 60;
const initialsLimit = 6;

/** Typed or pasted text as it is kept: on one line, without what cannot be kept. */
export const oneLine = (text: string): string => keepable(text).replace(/\s+/g, ' ').trim();

/** Why the text cannot be kept, or null when it can. Initials may be left out, a reference may not. */
export function caseLineProblem(line: CaseLine, text: string): string | null {
  const { length } = oneLine(text);
  if (line === 'initials') return length > initialsLimit ? say.initialsTooLong : null;
  if (length === 0) return say.needReference;
  return length > referenceLimit ? say.referenceTooLong : null;
}
