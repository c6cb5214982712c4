/**
 * What the sealed part of a backup file says, as lines of JSON: who, then each record with its units as they showed and its
 * changes, then an end that counts them all and closes with a digest of every line before it.
 *
 *   who  ( record  unit*  change* )*  end
 */
import { canonical, type JsonObject } from '../../domain/canonical.ts';
import type { Hash } from '../../domain/chain.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { Kind } from '../../domain/record.ts';
import {
  backupLineSchema,
  contentVersion,
  type BackupChange,
  type BackupLine,
  type BackupWho,
} from '../../protocol/backup.ts';
import { groupLimitBytes } from '../../protocol/op.ts';
import { parse } from '../../protocol/parse.ts';
import { checkValue } from '../../protocol/values.ts';
import type { TakenRecord } from '../take-out.ts';
import { BackupFailure } from './failure.ts';

/** How much a file holds. */
export interface BackupCounts {
  readonly records: number;
  readonly units: number;
  readonly changes: number;
}

type LineOf<Is extends BackupLine['is']> = Extract<BackupLine, { readonly is: Is }>;

/** The lines of a file. */
export async function* linesOf(
  hash: Hash,
  who: BackupWho,
  records: AsyncIterable<TakenRecord>,
): AsyncGenerator<string, void> {
  const counts = { records: 0, units: 0, changes: 0 };
  let digest = '';
  const say = (line: BackupLine): string => {
    const text = JSON.stringify(line);
    digest = hash(digest + text);
    return text;
  };
  yield say(who);
  for await (const { id, kind, units, changes } of records) {
    yield say({ is: 'record', id, kind });
    for (const [unit, value] of units) yield say({ is: 'unit', unit, value });
    for (const change of changes) yield say({ is: 'change', ...change });
    counts.records += 1;
    counts.units += units.size;
    counts.changes += changes.length;
  }
  yield JSON.stringify({ is: 'end', ...counts, digest } satisfies LineOf<'end'>);
}

/** Far more than any laptop holds; what one record may take in memory. */
const mostRecords = 1_000_000;
const longestRecord = 64 * 1024 * 1024;

/** Who a file is of: its first line of content. */
export async function readWho(lines: AsyncIterable<string>): Promise<BackupWho> {
  for await (const text of lines) return whoIn(text);
  throw new BackupFailure('strange-content');
}

function whoIn(text: string): BackupWho {
  const said = jsonOf(text);
  // A later content may say everything else differently.
  const content = typeof said === 'object' && said !== null && 'content' in said ? said.content : null;
  if (typeof content === 'number' && content > contentVersion) throw new BackupFailure('newer-backup');
  const line = parse(backupLineSchema, said);
  if (line?.is !== 'who') throw new BackupFailure('strange-content');
  return line;
}

/**
 * The records of a file, one by one; the last comes only once the end has been found to fit everything before it. Fails on
 * whatever Plumbline would not have written: another order, a value that the schemas refuse, a key that could reach a prototype.
 */
export async function* recordsIn(hash: Hash, lines: AsyncIterable<string>): AsyncGenerator<TakenRecord, void> {
  const counts = { records: 0, units: 0, changes: 0 };
  const known = new Set<RecordId>();
  let open: OpenRecord | null = null;
  let ended = false;
  let begun = false;
  let digest = '';
  for await (const text of lines) {
    if (ended) throw new BackupFailure('strange-content');
    if (!begun) {
      whoIn(text);
      begun = true;
      digest = hash(text);
      continue;
    }
    const line = lineIn(text);
    if (line.is === 'end') {
      if (line.digest !== digest || !isSameCount(line, counts)) throw new BackupFailure('strange-content');
      ended = true;
      continue;
    }
    digest = hash(digest + text);
    if (line.is === 'record') {
      if (open !== null) yield open.record;
      if (known.has(line.id)) throw new BackupFailure('strange-content');
      if (known.size === mostRecords) throw new BackupFailure('too-large-backup');
      known.add(line.id);
      open = openRecord(line.id, line.kind);
      counts.records += 1;
      continue;
    }
    if (open === null || line.is === 'who') throw new BackupFailure('strange-content');
    open.add(line, text.length);
    counts[line.is === 'unit' ? 'units' : 'changes'] += 1;
  }
  if (!ended) throw new BackupFailure('strange-content');
  if (open !== null) yield open.record;
}

const isSameCount = (a: BackupCounts, b: BackupCounts): boolean =>
  a.records === b.records && a.units === b.units && a.changes === b.changes;

interface OpenRecord {
  readonly record: TakenRecord;
  add(line: LineOf<'unit'> | LineOf<'change'>, length: number): void;
}

function openRecord(id: RecordId, kind: Kind): OpenRecord {
  const units = new Map<string, JsonObject>();
  const changes: BackupChange[] = [];
  let length = 0;
  let group: { readonly id: string; bytes: number } = { id: '', bytes: 0 };
  return {
    record: { id, kind, units, changes },
    add(line, lineLength) {
      length += lineLength;
      if (length > longestRecord) throw new BackupFailure('too-large-backup');
      const bytes = sizeOf(line.value);
      if (line.is === 'unit') {
        if (units.has(line.unit)) throw new BackupFailure('strange-content');
        units.set(line.unit, line.value);
        return;
      }
      if (checkValue(kind, line.unit, line.value) !== null) throw new BackupFailure('strange-content');
      group = { id: line.group, bytes: bytes + (line.group === group.id ? group.bytes : 0) };
      if (group.bytes > groupLimitBytes) throw new BackupFailure('strange-content');
      const { is: _, ...change } = line;
      changes.push(change);
    },
  };
}

/** The size of a value that can be hashed; nothing else was ever recorded. */
function sizeOf(value: JsonObject): number {
  try {
    return canonical(value).length;
  } catch (error) {
    throw new BackupFailure('strange-content', error);
  }
}

function lineIn(text: string): BackupLine {
  const line = parse(backupLineSchema, jsonOf(text));
  if (line === null) throw new BackupFailure('strange-content');
  return line;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BackupFailure('strange-content', error);
  }
}
