/** What one person alone has done on a laptop of their own, for tests that take it elsewhere. All of it made up. */
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../../src/domain/ids.ts';
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import type { WriteAsk } from '../../../src/store/backup/write-backup.ts';
import { firstEdits } from '../../../src/store/first-edits.ts';
import { memoryPort } from '../../../src/store/memory-port.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { recordEdits, type Edit } from '../../../src/store/record.ts';
import { hash, newId } from '../../server/client.ts';
import { allocation, caseOf, section, service, team } from '../../server/example.ts';
import { nullCipher } from '../laptop.ts';
import { fileOf, whoOf } from './files.ts';

/** A laptop of one person alone. */
export interface Alone {
  readonly store: Store;
  readonly clock: { ms: number };
  readonly authority: AuthorityId;
  readonly person: PersonId;
  readonly service: string;
  readonly team: string;
  readonly otherService: string;
  readonly otherTeam: string;
  readonly tool: string;
  readonly import: string;
  /** Submitted in March, in April and not at all; of the other service; with the own tool; imported. */
  readonly audits: readonly RecordId[];
}

export const [march, april] = [Date.parse('2026-03-10T10:00:00Z'), Date.parse('2026-04-10T10:00:00Z')];

export async function aloneLaptop(): Promise<Alone> {
  const ids = () => newId() as RecordId;
  const [authority, person] = [newId() as AuthorityId, newId() as PersonId];
  const clock = { ms: march };
  const opened = await openStore({
    ...{ port: memoryPort(), cipher: nullCipher, authority, person, hash, newId },
    device: newId() as DeviceId,
    now: () => clock.ms,
  });
  if (!opened.ok) throw new Error(opened.problem.kind);
  const store = opened.value;
  const [service1, team1, otherService, otherTeam, tool, imported] = [ids(), ids(), ids(), ids(), ids(), ids()];
  const audits = Array.from({ length: 6 }, ids);
  const [a, b, c, d, e, f] = audits as [RecordId, RecordId, RecordId, RecordId, RecordId, RecordId];
  const act = async (...edits: { record: string; kind: string; unit: string; value: object }[]) => {
    clock.ms += 60_000;
    const saved = await recordEdits(
      store,
      edits.map((edit) => ({ base: null, ...edit, value: edit.value as JsonObject }) as Edit),
      'act',
    );
    if (!saved.ok) throw new Error(JSON.stringify(saved.problem));
  };
  const done = (record: string, unit: 'submitted' | 'finished') => ({
    ...{ record, kind: unit === 'submitted' ? 'audit' : 'import', unit },
    value: { by: person, at: clock.ms, reason: '' },
  });
  const here = { service: service1, team: team1, auditor: person, tool: assessmentService.id };
  await act(
    ...firstEdits(person as string as RecordId, { name: 'Alex', email: 'alex@home.example', authorityName: 'Own' }),
  );
  await act(service(service1, 'Assessment'), team(team1, 'Team 1', service1));
  await act(service(otherService, 'Of nobody else'));
  await act(team(otherTeam, 'Alone', otherService));
  const own = { ...assessmentService, id: tool, family: 'own', name: 'Own tool' };
  await act({ record: tool, kind: 'tool', unit: 'definition', value: { tool: own } });
  await act(caseOf(a, 'A-1'), allocation(a, here));
  await act(section(a, 'inadequate', 'at first', 'allocation-start'));
  await act(section(a, 'good', 'on reflection', 'allocation-start'));
  await act(done(a, 'submitted'));
  clock.ms = april;
  await act(caseOf(b, 'B-1'), allocation(b, here));
  await act(section(b, 'inadequate', 'gaps', 'allocation-start'));
  await act(done(b, 'submitted'));
  await act(caseOf(c, 'C-1'), allocation(c, here));
  await act(section(c, 'good', 'not finished', 'allocation-start'));
  await act(caseOf(d, 'D-1'), allocation(d, { ...here, service: otherService, team: otherTeam }));
  await act(section(d, 'good', 'of the other service', 'allocation-start'));
  await act(caseOf(e, 'E-1'), allocation(e, { ...here, tool }));
  await act(section(e, 'good', 'with a tool of my own', 'allocation-start'));
  const source = { file: 'old.csv', digest: 'a'.repeat(64), rows: 1, tool, by: person, at: clock.ms, mapping: 'all' };
  await act({ record: imported, kind: 'import', unit: 'source', value: source });
  await act(
    caseOf(f, 'F-1'),
    allocation(f, { ...here, tool, auditor: null }),
    {
      record: f,
      kind: 'audit',
      unit: 'imported',
      value: { import: imported, row: 'b'.repeat(64), line: 2, day: '2026-01-20' },
    },
    section(f, 'inadequate', '', 'allocation-start'),
    { ...done(f, 'submitted'), value: { by: person, at: march, reason: '' } },
  );
  await act(done(imported, 'finished'));
  return {
    store,
    clock,
    authority,
    person,
    service: service1,
    team: team1,
    otherService,
    otherTeam,
    tool,
    import: imported,
    audits,
  };
}

export const fileOfAlone = ({ store, authority, person }: Alone, changes: Partial<WriteAsk> = {}): Promise<Blob> =>
  fileOf(store, { who: whoOf({ authority, person, authorityName: 'Own', name: 'Alex' }), ...changes });
