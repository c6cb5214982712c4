import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ToolId } from '../../../src/domain/ids.ts';
import type { Tool } from '../../../src/domain/tool.ts';
import { builtInTools } from '../../../src/domain/tools/built-in.ts';
import { childInNeed } from '../../../src/domain/tools/child-in-need.ts';
import { sectionChoices, sectionName } from '../../../src/ui/percentages/names.ts';

const test = suite('names of sections');

const second: Tool = {
  ...childInNeed,
  id: 'child-in-need@2.0.0' as ToolId,
  version: '2.0.0',
  sections: childInNeed.sections.map((section) =>
    section.id === 'cin-ending' ? { ...section, id: 'cin-transfer', title: 'Transfer' } : section,
  ),
};

test('a title that two tools have is told apart by the tool, and no other is', () => {
  assert.is(sectionName('cin-oversight', builtInTools), 'Management oversight and supervision (Child in Need)');
  assert.is(sectionName('leaver-health', builtInTools), 'Health and well-being (Care Leavers)');
  assert.is(sectionName('section-47', builtInTools), 'Section 47 enquiry');
  assert.is(sectionName('nowhere', builtInTools), 'A section this laptop does not know');
});

test('every section is offered once, under the name of its tool', () => {
  const choices = sectionChoices([...builtInTools, second], '');
  assert.is(choices.length, builtInTools.flatMap(({ sections }) => sections).length + 1);
  assert.is(new Set(choices.map(({ value }) => value)).size, choices.length);
  assert.equal(choices.at(-1), { value: 'cin-transfer', label: 'Transfer', group: 'Child in Need' });
});

test('only the sections of a chosen tool are offered, also those it shares with another version', () => {
  const labels = sectionChoices([...builtInTools, second], second.id).map(({ label }) => label);
  assert.equal(
    labels,
    second.sections.map(({ title }) => title),
  );
});

test.run();
