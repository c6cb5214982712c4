import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PersonId, RecordId, ToolId } from '../../../src/domain/ids.ts';
import { nothingChosen, placesDraft } from '../../../src/domain/import/places.ts';
import type { ImportPlan } from '../../../src/protocol/import-job.ts';
import { checkValue } from '../../../src/protocol/values.ts';
import type { Organisation } from '../../../src/ui/data/organisation.ts';
import {
  importPlan,
  knownPlaces,
  knownTool,
  suggestedToolName,
  toolNameError,
  toolWanted,
  type PlanInput,
} from '../../../src/ui/import/plan.ts';
import { countedIds, hex, me, somebody } from '../../store/laptop.ts';
import { entry, looked, organisation, type Looked } from './a-flow.ts';

const test = suite<Looked>('the plan of an import');

test.before.each(async (context) => {
  Object.assign(context, await looked());
});

function planOf(
  { reading, inspection, check }: Looked,
  to: Organisation,
  name = 'Tracker 2026.csv',
): ImportPlan | null {
  const places = placesDraft(check.names, knownPlaces(to), nothingChosen);
  const input: PlanInput = {
    ...{ fileName: name, reading, columns: inspection.columns, check, places, person: me },
    ...{ toolName: 'Imported: Tracker 2026', selection: 'random', nowMs: 5, today: '2026-05-04' },
  };
  return importPlan(input, to, countedIds());
}

test('makes a tool of the graded columns, and what nobody knows yet, there from the first audit on', (context) => {
  const plan = planOf(context, organisation());
  assert.ok(plan);
  assert.equal(
    plan.tool.sections.map(({ id, title }) => [id, title]),
    [
      ['risk', 'Risk'],
      ['plan', 'Plan'],
    ],
  );
  assert.equal([plan.tool.overall, plan.rows, plan.file], ['given', 2, 'Tracker 2026.csv']);
  assert.equal(
    plan.make.map(({ kind, value }) => [kind, value.name, value.from]),
    [
      ['service', 'Assessment', '2026-03-01'],
      ['team', 'East', '2026-03-01'],
    ],
  );
  assert.is(checkValue('tool', 'definition', { tool: plan.tool }), null);
});

test('joins the tool of an earlier import with the same columns instead of making another', (context) => {
  const { reading, inspection } = context;
  const earlier = toolWanted(reading, inspection.columns, 'Imported: Tracker 2025', hex(0x99));
  const to = organisation({ tools: [earlier] });
  assert.is(knownTool(to, reading, inspection.columns)?.name, 'Imported: Tracker 2025');
  assert.is(planOf(context, to)?.tool.id, hex(0x99));
});

test('goes on with this person’s import of the same file and tool that stopped half-way, and with no other', (context) => {
  const { reading, inspection, check } = context;
  const tool = toolWanted(reading, inspection.columns, 'Imported', hex(0x99));
  const half = entry({ tool: tool.id, id: hex(0x77) as RecordId });
  const here = { ...check, here: new Map([[half.id, 3]]) };
  const plan = planOf({ ...context, check: here }, organisation({ tools: [tool], imports: [half] }));
  assert.equal([plan?.record, plan?.rows], [half.id, 5]);
  const event = { by: me, at: 1, reason: '' };
  const others = [
    { digest: 'e'.repeat(64) },
    { by: somebody as PersonId },
    { finished: event },
    { undone: event },
    { tool: hex(0x98) as ToolId },
  ];
  for (const other of others) {
    const imports = [{ ...half, ...other }];
    assert.is.not(planOf(context, organisation({ tools: [tool], imports }))?.record, half.id);
  }
});

test('there is none while a name is undecided', (context) => {
  const twin = (id: string) => ({ id, name: 'Assessment', was: [], from: '2020-01-01', to: null, record: null });
  const services = [twin('a'), twin('b')] as never;
  assert.is(planOf(context, organisation({ services })), null);
});

test('a tool is named after its file, within what a name may be', () => {
  assert.is(suggestedToolName('Case audits 2025.csv'), 'Imported: Case audits 2025');
  assert.is(suggestedToolName('no ending'), 'Imported: no ending');
  assert.is(toolNameError(suggestedToolName(`${'x'.repeat(118)}😀.csv`)), null);
  assert.ok(toolNameError(' ') !== null && toolNameError('x'.repeat(121)) !== null);
});

test('a file name that no record can hold is made one that it can', (context) => {
  for (const fileName of ['\u0000\n', `a\ud800${'x'.repeat(300)}.csv`, 'two\nlines.csv']) {
    const plan = planOf(context, organisation(), fileName);
    assert.ok(plan);
    const { file, digest, rows, tool, by, atMs, readAs } = plan;
    const source = { file, digest, rows, tool: tool.id, by, at: atMs, mapping: readAs };
    assert.is(checkValue('import', 'source', source), null, JSON.stringify(fileName));
  }
});

test.run();
