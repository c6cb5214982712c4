import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { themeIds } from '../../../src/domain/themes.ts';
import { sectionById } from '../../../src/domain/tool.ts';
import { builtInTool, builtInTools } from '../../../src/domain/tools/built-in.ts';
import { checksUnit, familyOf, sectionUnit } from '../../../src/domain/unit-names.ts';
import { groupLimitBytes } from '../../../src/protocol/op.ts';
import { checkValue } from '../../../src/protocol/values.ts';

const test = suite('built-in tools');

const duplicates = (ids: readonly string[]): string[] => ids.filter((id, i) => ids.indexOf(id) !== i);

test('are found by id, and nothing else is', () => {
  assert.equal(
    builtInTools.map(({ id }) => id),
    ['assessment-service@1.0.0', 'early-help@1.0.0'],
  );
  for (const tool of builtInTools) assert.is(builtInTool(tool.id), tool);
  for (const id of ['early-help@1.0.1', 'early-help', '', null, undefined]) assert.is(builtInTool(id), undefined);
});

test('share no section and no check, so that a figure by section never mixes two', () => {
  const sections = builtInTools.flatMap((tool) => tool.sections);
  assert.equal(duplicates(sections.map(({ id }) => id)), []);
  assert.equal(duplicates(sections.flatMap(({ checks }) => checks.map(({ id }) => id))), []);
  assert.equal(duplicates(builtInTools.flatMap((tool) => tool.sections.map(({ title }) => tool.name + title))), []);
});

for (const tool of builtInTools) {
  const { name, sections, scale } = tool;

  test(`${name} passes the schema that any tool must pass, within the size of one change`, () => {
    assert.is(checkValue('tool', 'definition', { tool }), null);
    assert.ok(JSON.stringify(tool).length < groupLimitBytes / 2);
    assert.is(tool.id, `${tool.family}@${tool.version}`);
  });

  test(`${name} has nine sections whose ids name units`, () => {
    assert.is(sections.length, 9);
    for (const { id } of sections) {
      assert.is(familyOf('audit', sectionUnit(id)), 'section:*');
      assert.is(familyOf('audit', checksUnit(id)), 'checks:*');
      assert.is(sectionById(tool, id)?.id, id);
    }
  });

  test(`${name} has 3 to 6 prompts a section, and exactly one that asks what difference it made`, () => {
    for (const { id, prompts } of sections) assert.ok(prompts.length >= 3 && prompts.length <= 6, id);
    assert.is(sections.flatMap(({ prompts }) => prompts).filter(({ impact }) => impact === true).length, 1);
  });

  test(`${name} describes every grade of its critical sections, in its scale’s own grades`, () => {
    const grades = scale.grades.map(({ id }) => id).sort();
    for (const { id, critical, descriptors } of sections) {
      assert.ok(!critical || descriptors !== undefined, id);
      if (descriptors !== undefined) assert.equal(Object.keys(descriptors).sort(), grades, id);
    }
  });

  test(`${name} tags every section with built-in themes`, () => {
    for (const { id, themes } of sections) {
      assert.ok(themes.length > 0, id);
      assert.ok(
        themes.every((theme) => (themeIds as readonly string[]).includes(theme)),
        id,
      );
    }
  });

  test(`${name} hears practitioner, child and parent, and has overall rules`, () => {
    assert.equal(tool.voices, ['practitioner', 'child', 'parent']);
    assert.equal(tool.overall, { id: 'overall-rules-1', softLimit: 2 });
    assert.equal([tool.readBackMonths, tool.judgeMonths], [12, 6]);
  });

  test(`${name} names no person and asks for none`, () => {
    assert.not(/child’s name|full name|date of birth/i.test(JSON.stringify(tool)));
  });
}

test('the critical sections are those of the field', () => {
  const critical = builtInTools.map((tool) => tool.sections.filter((section) => section.critical).map(({ id }) => id));
  assert.equal(critical, [['child-seen', 'risk-analysis', 'section-47'], ['risk-stepping']]);
});

test('only conditional sections may be not applicable', () => {
  const conditional = builtInTools.flatMap((tool) => tool.sections.filter((section) => section.mayBeNotApplicable));
  assert.equal(
    conditional.map(({ id }) => id),
    ['section-47', 'team-around-family'],
  );
});

test.run();
