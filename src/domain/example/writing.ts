/** Writes what an auditor would: evidence of 50 to 400 words, a rationale, what people said. Each text once and never again. */
import type { Section } from '../tool.ts';
import type { Chance } from './chance.ts';
import type { Facts } from './lexicon.ts';
import { expand, wordsIn } from './sentences.ts';
import { closings, openings, practice, rationales } from './stock/general.ts';
import { tones, type Tone, type Topic, type Toned } from './topic.ts';
import { topicsOf } from './topics.ts';

/** The texts written so far. */
export type Written = Set<string>;

/** Whose words these are, and where they find chance. */
export interface Pen {
  readonly facts: Facts;
  readonly chance: Chance;
  readonly written: Written;
}

export const leastWords = 50;
export const mostWords = 400;

/** How often a sentence of an evidence text has each tone, by the tone of its grade: best, good, fair, poor. */
const mixtures: Readonly<Record<Tone, readonly [number, number, number, number]>> = {
  best: [0.8, 0.2, 0, 0],
  good: [0.05, 0.75, 0.2, 0],
  fair: [0, 0.3, 0.63, 0.07],
  poor: [0, 0.1, 0.28, 0.62],
};

/** The tone of a grade by its place on a scale, best first. */
export const toneOf = (rank: number, grades: number): Tone =>
  tones[Math.round((rank * (tones.length - 1)) / Math.max(1, grades - 1))] ?? 'fair';

export function writeEvidence(section: Section, tone: Tone, pen: Pen): string {
  return once(pen, () => {
    const { chance } = pen;
    // Many short texts and a few long ones, as auditors write them.
    const wanted = leastWords + (mostWords - leastWords) * chance.share() ** 2.4;
    const opening = chance.happens(0.4) ? [say(openings, pen)] : [];
    const sentences = [...opening];
    let words = wordsIn(opening.join(' '));
    for (const { aspect, own } of aspectsOf(section, chance)) {
      if (words >= wanted) break;
      const isFirst = sentences.length === opening.length;
      const sentence = say(aspect[isFirst || !own ? tone : mixed(tone, chance)], pen);
      const more = wordsIn(sentence);
      if (words + more > mostWords) break;
      sentences.push(sentence);
      words += more;
    }
    return inParagraphs(sentences, chance);
  });
}

/** The section's own aspects, topic by topic in turn, and after most of them what holds for any practice. */
function aspectsOf(section: Section, chance: Chance): { readonly aspect: Toned; readonly own: boolean }[] {
  const lists = topicsOf(section).map(({ aspects }) => chance.shuffled(aspects));
  const longest = Math.max(...lists.map(({ length }) => length));
  const own = Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
  const general = chance.shuffled(practice.aspects).map((aspect) => ({ aspect, own: false }));
  const all = own.map((aspect) => ({ aspect, own: true }));
  return [...all.slice(0, 3), ...general.slice(0, 1), ...all.slice(3), ...general.slice(1)];
}

function mixed(tone: Tone, chance: Chance): Tone {
  const at = chance.share();
  let sum = 0;
  return tones.find((_, i) => at < (sum += mixtures[tone][i] ?? 0)) ?? tone;
}

const perParagraph = 5;

function inParagraphs(sentences: readonly string[], chance: Chance): string {
  const size = perParagraph + chance.between(-1, 2);
  const count = Math.ceil(sentences.length / size);
  return Array.from({ length: count }, (_, at) => sentences.slice(at * size, (at + 1) * size).join(' ')).join('\n\n');
}

/** Why this grade: two reasons of its tone, and what speaks for the next grade, from another side of practice. */
export function writeRationale(section: Section, tone: Tone, pen: Pen): string {
  return once(pen, () => {
    const { chance } = pen;
    const topics = topicsOf(section);
    const reasons = topics.slice(0, 2).flatMap((topic) => topic.reasons[tone]);
    const [why = '', also = why] = chance.shuffled(reasons);
    const beside = [practice, ...topics.slice(2)].flatMap((topic) => topic.reasons[nextTo[tone]]);
    const facts = { ...pen.facts, why: [why], also: [also], but: beside };
    const closing = chance.happens(0.4) ? [say(closings, pen)] : [];
    return [say(rationales[tone], { ...pen, facts }), ...closing].join(' ');
  });
}

/** The tone that speaks against a grade: what keeps it from being better or worse. */
const nextTo: Readonly<Record<Tone, Tone>> = { best: 'fair', good: 'fair', fair: 'good', poor: 'good' };

/** What somebody said: the first aspect, and one to three of the others. */
export function writeWords(topic: Topic, tone: Tone, pen: Pen): string {
  return once(pen, () =>
    pen.chance
      .shuffled(topic.aspects.slice(1))
      .slice(0, pen.chance.between(1, 3))
      .reduce((said, aspect) => `${said} ${say(aspect[tone], pen)}`, say(topic.aspects[0]?.[tone] ?? [], pen)),
  );
}

export const say = (sentences: readonly string[], { facts, chance }: Pen): string =>
  expand(chance.pick(sentences), facts, chance);

const mostTries = 500;

/** Writes until it is a text that nobody has written yet. */
function once({ written }: Pen, write: () => string): string {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const text = write();
    if (written.has(text)) continue;
    written.add(text);
    return text;
  }
  throw new Error(`The stock of sentences gives nothing new after ${written.size} texts`);
}
