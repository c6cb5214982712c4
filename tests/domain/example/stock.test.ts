/** The stock of sentences: whole in every tone, and readable whatever is drawn. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chanceFrom } from '../../../src/domain/example/chance.ts';
import { factsOf } from '../../../src/domain/example/lexicon.ts';
import { expand } from '../../../src/domain/example/sentences.ts';
import * as general from '../../../src/domain/example/stock/general.ts';
import { notObtained, said } from '../../../src/domain/example/stock/voices.ts';
import { services } from '../../../src/domain/example/story.ts';
import { tones, topic, type Topic } from '../../../src/domain/example/topic.ts';
import { topicsOf } from '../../../src/domain/example/topics.ts';
import { themeIds } from '../../../src/domain/themes.ts';
import type { Section } from '../../../src/domain/tool.ts';
import { builtInTools } from '../../../src/domain/tools/built-in.ts';
import { sha256, sure } from '../any.ts';

const test = suite('the stock of sentences');

const sectionWith = (...themes: string[]): Section => ({
  id: 'any',
  title: 'Any',
  critical: false,
  mayBeNotApplicable: false,
  prompts: [],
  checks: [],
  themes,
});
const topics: readonly Topic[] = [
  ...new Set(themeIds.flatMap((theme) => topicsOf(sectionWith(theme)))),
  general.practice,
  general.impact,
];

test('has for every side of practice each tone, and reasons in each', () => {
  for (const { reasons, aspects } of topics) {
    for (const tone of tones) {
      assert.ok(reasons[tone].length > 0, `no reason: ${aspects[0]?.good[0]}`);
      for (const aspect of aspects) assert.ok(aspect[tone].length > 0, `no ${tone} beside: ${aspect.good[0]}`);
    }
  }
  for (const { aspects } of Object.values(said)) for (const tone of tones) assert.ok(sure(aspects[0])[tone].length > 0);
});

test('gives a section of any themes, or of none that are known, something to say', () => {
  for (const themes of [[], ['a-theme-of-2030'], ...themeIds.map((theme) => [theme])]) {
    assert.ok(topicsOf(sectionWith(...themes)).length > 0);
  }
});

const everySentence: readonly string[] = [
  ...[...topics, ...Object.values(said)].flatMap(({ aspects }) =>
    aspects.flatMap((aspect) => Object.values(aspect).flat()),
  ),
  ...Object.values(notObtained).flat(),
  ...general.openings,
  ...general.closings,
  ...general.exemptionReasons,
  ...general.extensionReasons,
  ...general.voidReasons,
  ...Object.values(general.overallReasons).flat(),
];

test('reads as sentences: filled in, with a capital, a full stop and no name in them', () => {
  const of = chanceFrom(sha256, 'stock');
  assert.ok(everySentence.length > 500);
  for (const { key } of services) {
    const facts = factsOf(key, sure(builtInTools[0]), '10-15', '2026-05-04', of(key));
    for (const [i, sentence] of everySentence.entries()) {
      const text = expand(sentence, facts, of(`${key} ${i}`));
      assert.match(text, /^[“\p{Lu}][^{}|]*[.?]”?$/u, sentence);
      assert.not.match(text, /  |\bone (days|weeks|months)\b| ,|\.\.|undefined/, text);
    }
  }
});

test('has reasons that stand within a sentence', () => {
  for (const { reasons } of topics) {
    for (const reason of Object.values(reasons).flat()) assert.match(reason, /^[\p{Ll}{].*[^.]$/u);
  }
});

test('refuses a slot that no fact fills, and a line without its mark', () => {
  assert.throws(() => expand('{nobody} was asked.', {}, chanceFrom(sha256, 'a')('b')), 'nobody');
  assert.throws(() => topic('A line without a mark.'), 'no mark');
});

test('is filled from the inside out', () => {
  const chance = chanceFrom(sha256, 'a')('b');
  assert.match(
    expand('{child} waited {twice|{4-8} weeks}.', { child: ['the child'] }, chance),
    /^The child waited (twice|\w+ weeks)\.$/,
  );
});

test.run();
