/** What an auditor writes: about the section in front of them, in the tone of its grade. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chanceFrom } from '../../../src/domain/example/chance.ts';
import { answerChecks } from '../../../src/domain/example/checks.ts';
import { factsOf } from '../../../src/domain/example/lexicon.ts';
import { toolFor } from '../../../src/domain/example/programme.ts';
import { services } from '../../../src/domain/example/story.ts';
import type { Tone } from '../../../src/domain/example/topic.ts';
import { openNotebook, toneOf, writeEvidence, writeRationale, type Pen } from '../../../src/domain/example/writing.ts';
import { sectionById, type Section, type Tool } from '../../../src/domain/tool.ts';
import { careLeavers } from '../../../src/domain/tools/care-leavers.ts';
import { sha256, sure } from '../any.ts';

const test = suite('writing for the example');

const chanceOf = chanceFrom(sha256, 'writing');

function penFor(tool: Tool): Pen {
  const chance = chanceOf(tool.id);
  return { facts: factsOf('pathways', tool, '18-25', '2026-05-04', chance), chance, notebook: openNotebook() };
}

const written = (section: Section, tone: Tone): readonly string[] => {
  const pen = penFor(careLeavers);
  return Array.from({ length: 60 }, () => writeEvidence(section, tone, pen));
};

test('speaks of what the section asks about, where several sections share their themes', () => {
  const aboutMoney = (id: string): number =>
    written(sure(sectionById(careLeavers, id)), 'good').filter((text) => /bank account/.test(text)).length;
  assert.ok(aboutMoney('leaver-money') > 1.5 * aboutMoney('leaver-keeping-in-touch'));
});

test('calls a care leaver a young person and names their personal adviser, never a parent’s social worker', () => {
  for (const text of written(sure(careLeavers.sections[0]), 'fair')) {
    assert.not.match(text, /the child\b|social worker/i);
  }
});

test('gives a rationale that says which grade it is for', () => {
  const pen = penFor(careLeavers);
  const section = sure(careLeavers.sections[0]);
  const rationales = (['good', 'poor'] as const).map((tone) =>
    Array.from({ length: 40 }, () => writeRationale(section, tone, pen)).join(' '),
  );
  const [good = '', poor = ''] = rationales;
  assert.match(good, /Good/);
  assert.not.match(good, /[Ii]nadequate/);
  assert.match(poor, /[Ii]nadequate/);
});

test('has a tone for every place of a scale, whatever its length', () => {
  assert.equal(
    [0, 1, 2, 3].map((rank) => toneOf(rank, 4)),
    ['best', 'good', 'fair', 'poor'],
  );
  assert.equal(
    [0, 1].map((rank) => toneOf(rank, 2)),
    ['best', 'poor'],
  );
  assert.is(toneOf(0, 1), 'best');
});

test('answers checks with days that do not go back, the better the grade the more of them met', () => {
  const section = sure(careLeavers.sections.find(({ checks }) => checks.length > 1));
  const dated: Section = { ...section, checks: section.checks.map((check) => ({ ...check, answer: 'date' })) };
  const met = (tone: Tone): number => {
    const chance = chanceOf(`checks ${tone}`);
    const all = Array.from({ length: 200 }, () => sure(answerChecks(dated, tone, '2026-05-04', chance)).answers);
    for (const answers of all) {
      const days = Object.values(answers).filter((answer) => /^\d/.test(answer));
      assert.equal([...days].sort(), days);
      for (const day of days) assert.ok(day < '2026-05-04');
    }
    return all.flatMap((answers) => Object.values(answers)).filter((answer) => /^\d/.test(answer)).length;
  };
  assert.ok(met('good') > met('fair') && met('fair') > met('poor'));
  assert.is(answerChecks(dated, null, '2026-05-04', chanceOf('none')), null);
  assert.is(answerChecks({ ...dated, checks: [] }, 'good', '2026-05-04', chanceOf('none')), null);
});

test('uses the tool of the service’s own family, and one that this build has in any case', () => {
  const families = Object.fromEntries(services.map((service) => [service.key, toolFor(service).family]));
  assert.equal(families, {
    'early-help': 'early-help',
    hub: 'front-door',
    assessment: 'assessment-service',
    'child-in-need': 'child-in-need',
    safeguarding: 'child-protection',
    'looked-after': 'children-looked-after',
    pathways: 'care-leavers',
    disability: 'general-practice',
    fostering: 'general-practice',
  });
  assert.is(toolFor({ tools: ['of-another-time'] }).family, 'general-practice');
});

test.run();
