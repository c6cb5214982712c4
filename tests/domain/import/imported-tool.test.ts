import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { ToolId } from '../../../src/domain/ids.ts';
import { importedTool, mostSections, sameTool, sectionIds } from '../../../src/domain/import/imported-tool.ts';
import { builtInTools } from '../../../src/domain/tools/built-in.ts';
import { familyOf, sectionUnit } from '../../../src/domain/unit-names.ts';
import { checkValue } from '../../../src/protocol/values.ts';

const test = suite('the tool of an import');
const hex = (digit: string): ToolId => digit.repeat(32) as ToolId;
const nothing = new Set<string>();
const columns = [
  { heading: 'Help and protection', title: 'Help and protection' },
  { heading: 'In care', title: 'Children in care' },
];
const wanted = { name: 'Imported: tracker', scale: ofstedScale, columns, hasOverall: true };
const tool = importedTool(hex('a'), wanted, nothing);

test('has a section for each graded column, an overall grade that is given, and nothing to fill in', () => {
  assert.equal(
    tool.sections.map(({ id, title, checks, prompts }) => [id, title, checks.length + prompts.length]),
    [
      ['help-and-protection', 'Help and protection', 0],
      ['in-care', 'Children in care', 0],
    ],
  );
  assert.equal([tool.overall, tool.voices, tool.scale], ['given', [], ofstedScale]);
});

const acceptable = (value: object): unknown => checkValue('tool', 'definition', { tool: value });

test('is a tool as the schema has it, also with an overall grade alone and with as many sections as there may be', () => {
  assert.is(acceptable(tool), null);
  assert.is(acceptable(importedTool(hex('a'), { ...wanted, columns: [] }, nothing)), null);
  assert.ok(acceptable(importedTool(hex('a'), { ...wanted, columns: [], hasOverall: false }, nothing)));
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ heading: `H${at}`, title: `H${at}` }));
  assert.is(acceptable(importedTool(hex('a'), { ...wanted, columns: many(mostSections) }, nothing)), null);
  assert.ok(acceptable(importedTool(hex('a'), { ...wanted, columns: many(mostSections + 1) }, nothing)));
});

test('is the one of an earlier import with the same columns, titles and scale, whatever it is called', () => {
  const again = importedTool(hex('b'), { ...wanted, name: 'Imported: tracker (2)' }, nothing);
  assert.is(sameTool([...builtInTools, tool], again)?.id, tool.id);
  const others = [
    { ...wanted, hasOverall: false },
    { ...wanted, columns: [...columns].reverse() },
    { ...wanted, columns: columns.map((column) => ({ ...column, title: `${column.title}?` })) },
    { ...wanted, scale: { ...ofstedScale, id: 'other' } },
  ];
  for (const other of others) assert.is(sameTool([tool], importedTool(hex('b'), other, nothing)), undefined);
});

test('never takes the id of a section that another tool has', () => {
  const taken = new Set(builtInTools.flatMap(({ sections }) => sections.map(({ id }) => id)));
  const [first = ''] = taken;
  const made = importedTool(hex('a'), { ...wanted, columns: [{ heading: first, title: first }] }, taken);
  assert.equal(
    made.sections.map(({ id }) => id),
    [`${first}-2`],
  );
});

test('any headings, empty, alike or in any script, give different ids that a unit may have', () => {
  const heading = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', 'Grade', 'grade ', '日本'),
  );
  fc.assert(
    fc.property(fc.array(heading, { maxLength: mostSections }), (headings) => {
      const ids = sectionIds(headings, nothing);
      assert.is(new Set(ids).size, headings.length);
      for (const id of ids) assert.is(familyOf('audit', sectionUnit(id)), 'section:*', id);
      assert.equal(sectionIds(headings, nothing), ids);
    }),
  );
});

test.run();
