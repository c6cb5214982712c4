/** Writes what an auditor would: evidence of 50 to 400 words, a rationale, what people said. Each text once and never again. */
import type { Section } from '../tool.ts';
import type { Chance } from './chance.ts';
import type { Facts } from './lexicon.ts';
import { relevanceTo } from './relevance.ts';
import { expand, wordsIn } from './sentences.ts';
import { closings, impact, openings, practice, rationales } from './stock/general.ts';
import { tones, type Tone, type Topic, type Toned } from './topic.ts';
import { topicsOf } from './topics.ts';

/** What is kept while an authority is written. */
export interface Notebook {
  /** The texts so far. */
  readonly texts: Set<string>;
  /** What of the stock belongs to each section. */
  readonly sources: Map<Section, Sources>;
}

interface Sources {
  readonly aspects: ReadonlyMap<Toned, number>;
  readonly reasons: Readonly<Record<Tone, ReadonlyMap<string, number>>>;
}

export const openNotebook = (): Notebook => ({ texts: new Set(), sources: new Map() });

/** What one action is written with. */
export interface Pen {
  readonly facts: Facts;
  readonly chance: Chance;
  readonly notebook: Notebook;
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
    const ending = section.prompts.some((prompt) => prompt.impact === true)
      ? [say(chance.pick(impact.aspects)[tone], pen)]
      : [];
    const body: string[] = [];
    let words = wordsIn([...opening, ...ending].join(' '));
    for (const { aspect, own } of aspectsFor(section, pen)) {
      if (words >= wanted && body.length > 0) break;
      // What comes first carries the grade; what holds for any practice agrees with it.
      const sentence = say(aspect[body.length === 0 || !own ? tone : mixed(tone, chance)], pen);
      const more = wordsIn(sentence);
      if (words + more > mostWords) break;
      body.push(sentence);
      words += more;
    }
    return inParagraphs([...opening, ...body, ...ending], chance);
  });
}

/** The section's own aspects, what belongs to it most the soonest, and between them what holds for any practice. */
function aspectsFor(
  section: Section,
  { chance, notebook }: Pen,
): readonly { readonly aspect: Toned; readonly own: boolean }[] {
  const { aspects } = sourcesOf(section, notebook);
  const own = chance
    .weighted([...aspects.keys()], (aspect) => aspects.get(aspect) ?? 0)
    .map((aspect) => ({ aspect, own: true }));
  const general = chance.shuffled(practice.aspects).map((aspect) => ({ aspect, own: false }));
  const early = chance.between(0, 1);
  return [...own.slice(0, 3), ...general.slice(0, early), ...own.slice(3), ...general.slice(early)];
}

function sourcesOf(section: Section, { sources }: Notebook): Sources {
  const known = sources.get(section);
  if (known !== undefined) return known;
  const topics = topicsOf(section);
  const reasonsOf = (tone: Tone): ReadonlyMap<string, number> =>
    relevanceTo(section, [...new Set(topics.flatMap((topic) => topic.reasons[tone]))], (reason) => reason);
  const found: Sources = {
    aspects: relevanceTo(
      section,
      topics.flatMap((topic) => topic.aspects),
      (aspect) => Object.values(aspect).flat().join(' '),
    ),
    reasons: { best: reasonsOf('best'), good: reasonsOf('good'), fair: reasonsOf('fair'), poor: reasonsOf('poor') },
  };
  sources.set(section, found);
  return found;
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

/** Why this grade: two reasons of its tone, and what keeps it from the grade next to it. */
export function writeRationale(section: Section, tone: Tone, pen: Pen): string {
  return once(pen, () => {
    const { chance, notebook } = pen;
    const reasons = sourcesOf(section, notebook).reasons[tone];
    const own = chance.weighted([...reasons.keys()], (reason) => reasons.get(reason) ?? 0);
    const [why = '', also = ''] = [...own, ...chance.shuffled(practice.reasons[tone])];
    const facts = { ...pen.facts, why: [why], also: [also], but: practice.reasons[nextTo[tone]] };
    const closing = chance.happens(0.4) ? [say(closings, pen)] : [];
    return [say(rationales[tone], { ...pen, facts }), ...closing].join(' ');
  });
}

const nextTo: Readonly<Record<Tone, Tone>> = { best: 'fair', good: 'fair', fair: 'good', poor: 'good' };

/** What somebody said: the first aspect, and one to three of the others. */
export function writeWords(topic: Topic, tone: Tone, pen: Pen): string {
  return once(pen, () => {
    const [first, ...others] = topic.aspects;
    if (first === undefined) throw new Error('There is nothing that somebody could have said');
    const aspects = [first, ...pen.chance.shuffled(others).slice(0, pen.chance.between(1, 3))];
    return aspects.map((aspect) => say(aspect[tone], pen)).join(' ');
  });
}

export const say = (sentences: readonly string[], { facts, chance }: Pen): string =>
  expand(chance.pick(sentences), facts, chance);

const mostTries = 500;

/** Writes until it is a text that nobody has written yet. */
function once({ notebook: { texts } }: Pen, write: () => string): string {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const text = write();
    if (texts.has(text)) continue;
    texts.add(text);
    return text;
  }
  throw new Error(`The stock of sentences gives nothing new after ${texts.size} texts`);
}
