/** What tests of the import screens share: a file as it was looked at, and an authority it comes to. */
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import { auditReader } from '../../../src/domain/import/apply.ts';
import { NameTally } from '../../../src/domain/import/found-names.ts';
import { suggestMapping, type ImportMapping, type MappingDraft } from '../../../src/domain/import/mapping.ts';
import { ReportTally } from '../../../src/domain/import/report.ts';
import { builtInTools } from '../../../src/domain/tools/built-in.ts';
import type { FileReading, ImportCheck } from '../../../src/protocol/import-job.ts';
import type { Inspection } from '../../../src/protocol/import.ts';
import type { ImportEntry, Organisation } from '../../../src/ui/data/organisation.ts';
import { mappingOf } from '../../../src/ui/import/mapping-form.ts';
import { me } from '../../store/laptop.ts';
import { allRows, fileOf, inspected } from '../../workers/import/reading.ts';

export const lines = [
  'Audit date,Service,Team,Case reference,Auditor,Overall grade,Risk,Plan,Comments',
  '2026-03-01,Assessment,East,C-1,Ash,Good,Good,Good,remark',
  '2026-04-01,Assessment,East,C-2,Ash,Inadequate,Good,Good,remark',
  ',Assessment,West,C-3,,Good,Good,Met,remark',
];

export interface Looked {
  readonly inspection: Inspection;
  readonly draft: MappingDraft;
  readonly mapping: ImportMapping;
  readonly reading: FileReading;
  readonly check: ImportCheck;
}

/** A file looked at and through, as suggested, undated rows left out. */
export async function looked(rows: readonly string[] = lines): Promise<Looked> {
  const file = fileOf(...rows);
  const inspection = await inspected(file);
  const draft: MappingDraft = { ...suggestMapping(inspection.columns, ofstedScale), undated: 'leave-out' };
  const mapping = mappingOf(draft, inspection.columns);
  if (mapping === null) throw new Error('The draft has errors');
  const reading = { layout: inspection.layout, mapping };
  const tally = new ReportTally(mapping, 50);
  const names = new NameTally();
  const read = auditReader(mapping);
  for (const { row, cells } of await allRows(file, inspection.layout)) {
    const applied = read(cells);
    tally.add(row, applied);
    if (applied.ok) names.add(applied.audit);
  }
  const report = tally.answer();
  const days = { first: '2026-03-01', last: '2026-04-01' };
  const check = {
    digest: 'd'.repeat(64),
    report,
    fresh: report,
    names: names.answer(),
    days,
    perDay: new Map(),
    here: new Map(),
  };
  return { inspection, draft, mapping, reading, check };
}

export const organisation = (changes: Partial<Organisation> = {}): Organisation => ({
  authorityName: 'Testshire',
  services: [],
  teams: [],
  people: [],
  tools: builtInTools,
  imports: [],
  ...changes,
});

/** An import that stopped half-way. */
export const entry = (changes: Partial<ImportEntry>): ImportEntry => ({
  id: 'f'.repeat(32) as RecordId,
  file: 'tracker.csv',
  digest: 'd'.repeat(64),
  rows: 2,
  tool: 'tool' as ImportEntry['tool'],
  by: me,
  at: 1_750_000_000_000,
  mapping: '',
  finished: null,
  undone: null,
  record: null as never,
  ...changes,
});
