/** What practitioner, child and parent said, or why they were not heard. */
import type { Voice } from '../tool.ts';
import type { AgeBand, VoiceValue } from '../values.ts';
import { notObtained, said, tooYoung } from './stock/voices.ts';
import type { Tone } from './topic.ts';
import { say, writeWords, type Pen } from './writing.ts';

const obtainedShares: Readonly<Record<Voice, number>> = { practitioner: 0.78, child: 0.45, parent: 0.55 };

export function writeVoice(voice: Voice, tone: Tone, ageBand: AgeBand, pen: Pen): VoiceValue {
  const notHeard = (because: string): VoiceValue => ({ obtained: false, words: '', because });
  if (voice === 'child' && ageBand === '0-4') return notHeard(tooYoung);
  if (!pen.chance.happens(obtainedShares[voice])) return notHeard(say(notObtained[voice], pen));
  return { obtained: true, words: writeWords(said[voice], tone, pen), because: '' };
}
