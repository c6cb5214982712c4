/** What a backup file holds, for the person who looks at it before it comes in: how much, of whom, and what its audits name. */
import type { Named } from '../../domain/bring-in/choices.ts';
import { references, type Referent } from '../../domain/bring-in/references.ts';
import type { JsonObject } from '../../domain/canonical.ts';
import { auditState } from '../../domain/audit.ts';
import type { Tool } from '../../domain/tool.ts';
import type { BackupProblem, BackupWho } from '../../protocol/backup.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import { checkValue } from '../../protocol/values.ts';
import type { TakenRecord } from '../take-out.ts';
import type { OnProgress } from './bring-in.ts';
import { asBackupResult, BackupFailure, type Cancelled } from './failure.ts';
import type { OpenedBackup } from './read-backup.ts';

/** A service, team, tool or person of a file, and in how many audits and imports it is named. */
export interface NamedThere extends Named {
  readonly namedBy: number;
}

export interface BackupContents {
  readonly who: BackupWho;
  readonly audits: number;
  /** Of the audits, those that were submitted and not voided. */
  readonly submitted: number;
  readonly imports: number;
  readonly changes: number;
  readonly named: readonly NamedThere[];
}

/** Reads a file through to its end. */
export function readContents(
  signal: AbortSignal,
  backup: OpenedBackup,
  onProgress: OnProgress,
): Promise<Result<BackupContents, BackupProblem | StoreProblem | Cancelled>> {
  return asBackupResult(signal, async () => {
    const counts = { audits: 0, submitted: 0, imports: 0, changes: 0 };
    const named: Named[] = [];
    const namedBy = new Map<string, number>();
    for await (const record of backup.records(signal, onProgress)) {
      counts.changes += record.changes.length;
      if (record.kind === 'audit') counts.audits += 1;
      if (record.kind === 'audit' && isSubmitted(record)) counts.submitted += 1;
      if (record.kind === 'import') counts.imports += 1;
      named.push(...nameOf(record));
      for (const id of idsNamedBy(record)) namedBy.set(id, (namedBy.get(id) ?? 0) + 1);
    }
    const { who } = backup;
    return { who, ...counts, named: named.map((one) => ({ ...one, namedBy: namedBy.get(one.id) ?? 0 })) };
  });
}

function isSubmitted({ units }: TakenRecord): boolean {
  const state = auditState(Object.fromEntries(units), undefined);
  return state === 'awaiting moderation' || state === 'final';
}

const profileUnits: Readonly<Record<Referent, string>> = {
  service: 'profile',
  team: 'profile',
  person: 'profile',
  tool: 'definition',
};

function nameOf({ id, kind, units }: TakenRecord): readonly Named[] {
  if (kind !== 'service' && kind !== 'team' && kind !== 'person' && kind !== 'tool') return [];
  const value = units.get(profileUnits[kind]);
  if (value === undefined) return [];
  if (checkValue(kind, profileUnits[kind], value) !== null) throw new BackupFailure('strange-content');
  if (kind === 'tool') {
    const tool = value['tool'] as unknown as Tool;
    return [{ what: kind, id: tool.id, name: tool.name, tool }];
  }
  const { name, service, email } = value as { name: string; service?: string; email?: string };
  return [
    { what: kind, id, name, ...(service === undefined ? {} : { service }), ...(email === undefined ? {} : { email }) },
  ];
}

/** What an audit or an import names. */
function idsNamedBy({ kind, units }: TakenRecord): ReadonlySet<string> {
  const ids = new Set<string>();
  if (kind !== 'audit' && kind !== 'import') return ids;
  for (const [unit, value] of units) {
    const fields = (references[kind] as Readonly<Record<string, object>>)[unit] ?? {};
    for (const field of Object.keys(fields)) {
      const id = (value as JsonObject)[field];
      if (typeof id === 'string') ids.add(id);
    }
  }
  return ids;
}
