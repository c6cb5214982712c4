/** An import over HTTP: accepted whole from a QA lead, held from everybody else, counted by whoever leads its service. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditRow } from '../../src/domain/audit-row.ts';
import { splitValue } from '../../src/domain/fields.ts';
import { ofstedScale } from '../../src/domain/grade.ts';
import type { PersonId, RecordId, ServiceId, TeamId, ToolId } from '../../src/domain/ids.ts';
import type { ImportedAudit } from '../../src/domain/import/apply.ts';
import { auditUnits } from '../../src/domain/import/audit-units.ts';
import { importedTool } from '../../src/domain/import/imported-tool.ts';
import type { SummaryQuery } from '../../src/domain/summary.ts';
import { summarise } from '../../src/domain/tally.ts';
import { hash, newId, type Edit, type Laptop } from './client.ts';
import {
  addPerson,
  event,
  firstQaLead,
  grant,
  section,
  service,
  startServer,
  team,
  type TestServer,
} from './example.ts';
import { assertSound } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  place: { service: ServiceId; team: TeamId; auditor: null };
}

const test = suite<Context>('an import');

test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
  context.place = { service: newId() as ServiceId, team: newId() as TeamId, auditor: null };
  await context.quinn.write(
    service(context.place.service, 'Assessment'),
    team(context.place.team, 'East', context.place.service),
  );
});
test.after.each(async ({ server }) => {
  await assertSound(server);
  await server.stop();
});

const columns = ['Risk', 'Plan'].map((title) => ({ heading: title, title }));
const tool = importedTool(
  newId() as ToolId,
  { name: 'Imported: tracker', scale: ofstedScale, columns, hasOverall: true },
  new Set(),
);
const grade = (name: string) => ({ kind: 'grade', grade: name, label: name }) as const;

/** The groups of an import, as the app writes them: one for itself, one for its tool, one for each row. */
function groupsOf({ quinn, place }: Context, record: string, grades: readonly string[], by = quinn): Edit[][] {
  const person = by.session.person as PersonId;
  const common = {
    ...{ import: record as RecordId, tool, columns: [1, 2], selection: 'random' as const, by: person },
    ...{ atMs: Date.now(), rowReference: 'Row', notApplicableReason: 'n.a. in the imported file' },
  };
  const audits = grades.map((overall, at): Edit[] => {
    const audit: ImportedAudit = {
      ...{ day: '2025-03-09', dayFrom: 0, service: 'Assessment', team: 'East', reference: null, auditor: null },
      grades: { 1: grade('good'), 2: { kind: 'blank' } },
      overall: grade(overall),
    };
    const id = newId();
    const units = auditUnits(common, { row: at + 2, key: hash(`row ${at}`), audit, place });
    return units.map(({ unit, value }) => ({ record: id, kind: 'audit', unit, value }));
  });
  const source = {
    ...{ file: 'tracker.csv', digest: 'd'.repeat(64), rows: grades.length, tool: tool.id },
    ...{ by: person, at: Date.now(), mapping: '' },
  };
  return [
    [{ record, kind: 'import', unit: 'source', value: source }],
    [{ record: tool.id, kind: 'tool', unit: 'definition', value: { tool } }],
    ...audits,
    [{ record, kind: 'import', unit: 'finished', value: { by: person, at: Date.now(), reason: '' } }],
  ];
}

async function outcomes(laptop: Laptop, groups: readonly Edit[][]): Promise<string[]> {
  const { body, problem } = await laptop.push(groups.flatMap((group) => laptop.seal(group)));
  if (problem) throw new Error(problem.kind);
  return [...new Set(body.results.map((result) => (result.outcome === 'held' ? result.code : result.outcome)))];
}

const grades = ['outstanding', 'good', 'good', 'requires-improvement', 'inadequate', 'inadequate'];

test('a QA lead’s is accepted whole, and whoever leads the service counts its audits', async (context) => {
  const { quinn, place } = context;
  const lead = await addPerson(quinn, 'Lee', grant('team-lead', { services: [place.service] }));
  const elsewhere = await addPerson(quinn, 'Kay', grant('team-lead', { services: [newId()] }));
  assert.equal(await outcomes(quinn, groupsOf(context, newId(), grades)), ['accepted']);

  await lead.pull();
  const audits = [...lead.records.values()].filter(({ kind }) => kind === 'audit');
  const rows = audits.map(({ id, units }) => {
    const plain = Object.entries(units).map(
      ([unit, { value }]) => [unit, splitValue('audit', unit, value).plain] as const,
    );
    return auditRow(id, Object.fromEntries(plain), () => []);
  });
  const query: SummaryQuery = {
    ...{ measure: 'overall', by: 'month', filter: { services: [place.service] } },
    ...{ grades: ofstedScale.grades.map(({ id }) => id), goodOrBetter: ofstedScale.goodOrBetter },
  };
  const { total, groups } = summarise(rows, query, 0);
  assert.equal(
    [total.grades.map(({ count }) => count), total.base, groups.map(({ key }) => key)],
    [[1, 2, 1, 2], 6, ['2025-03']],
  );
  assert.ok([...lead.records.values()].some(({ kind, units }) => kind === 'import' && 'finished' in units));

  await elsewhere.pull();
  assert.is([...elsewhere.records.values()].filter(({ kind }) => kind === 'audit').length, 0);
});

test('nobody else’s is: a team lead’s and an auditor’s are held, row by row, and nobody is sent them', async (context) => {
  const { quinn, place, server } = context;
  const lead = await addPerson(quinn, 'Lee', grant('team-lead', { services: [place.service] }));
  const auditor = await addPerson(quinn, 'Alex', grant('auditor'));
  for (const laptop of [lead, auditor]) {
    assert.equal(await outcomes(laptop, groupsOf(context, newId(), grades, laptop)), ['not-allowed']);
  }
  await quinn.pull();
  const kinds = new Set([...quinn.records.values()].map(({ kind }) => kind));
  assert.equal([kinds.has('audit'), kinds.has('import'), kinds.has('tool')], [false, false, false]);
  assert.ok(server.rows('select * from held').length > 0, 'what was held is not lost');
});

test('an auditor does not bring in an audit of their own as an imported one', async (context) => {
  const alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
  const mine = { ...context, place: { ...context.place, auditor: alex.session.person as never } };
  const [, , audit = []] = groupsOf(mine, newId(), ['good'], alex);
  assert.equal(await outcomes(alex, [audit]), ['group', 'not-allowed']);
});

test('once in, its audits are closed to everybody, the importer too; taken back it is by one event', async (context) => {
  const { quinn } = context;
  const record = newId();
  const groups = groupsOf(context, record, ['good']);
  assert.equal(await outcomes(quinn, groups), ['accepted']);
  const audit = groups[2]?.[0]?.record ?? '';
  assert.equal(await outcomes(quinn, [[section(audit, 'inadequate')]]), ['not-allowed']);
  assert.equal(await outcomes(quinn, [[event(audit, 'submitted', quinn.session.person)]]), ['not-allowed']);
  const undone = {
    record,
    kind: 'import',
    unit: 'undone',
    value: { by: quinn.session.person, at: 1, reason: '' },
  } as const;
  assert.equal(await outcomes(quinn, [[undone]]), ['accepted']);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  assert.equal(await outcomes(alex, [[{ ...undone, value: { ...undone.value, by: alex.session.person } }]]), [
    'not-allowed',
  ]);
});

test.run();
