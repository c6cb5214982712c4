/**
 * What the page asks of an import and is told of it, across the thread: the look before anything is written, the plan that
 * is written, and why either ended. Types only.
 */
import type { PersonId, RecordId } from '../domain/ids.ts';
import type { ImportPlaces, NewPlace } from '../domain/import/decided-places.ts';
import type { FoundNames, NamedPlace } from '../domain/import/found-names.ts';
import type { ImportMapping } from '../domain/import/mapping.ts';
import type { ImportReport } from '../domain/import/report.ts';
import type { Tool } from '../domain/tool.ts';
import type { Day, SelectionMethod } from '../domain/values.ts';
import type { Delimiter, FileLayout, ImportProblem } from './import.ts';
import type { StoreProblem } from './problem.ts';
import type { SyncTicket } from './threads.ts';

/** Why an import did not go on. What it has written is whole audits, and stays. */
export type ImportStop =
  | ImportProblem
  | StoreProblem
  /** A column names more of them than an authority has: it is another column. */
  | { readonly kind: 'too-many-names'; readonly place: NamedPlace; readonly limit: number }
  /** The rows to be written name what nobody has decided about: since the look, an import has been undone. */
  | { readonly kind: 'look-again' }
  /** Another tab of this person is writing an import. */
  | { readonly kind: 'one-at-a-time' }
  /** Its thread died, or did not answer in time. */
  | { readonly kind: 'thread-lost' };

/** Whose store it goes into, and the key to it. */
export interface ImportAccess {
  readonly ticket: SyncTicket;
  readonly key: CryptoKey;
}

/** What a person chooses instead of what is found in the file. */
export interface InspectAsked {
  readonly delimiter?: Delimiter;
  readonly headerRow?: number;
}

/** How the rows are found, and what they mean. */
export interface FileReading {
  readonly layout: FileLayout;
  readonly mapping: ImportMapping;
}

export interface ImportCheck {
  /** SHA-256 of the file's bytes. */
  readonly digest: string;
  /** Of every row of the file. */
  readonly report: ImportReport;
  /** Of the rows that are not here yet: what would be written, and what would be left out. */
  readonly fresh: ImportReport;
  /** What the audits that would be written name. */
  readonly names: FoundNames;
  /** Their first and last day; null where none has a day. */
  readonly days: { readonly first: Day; readonly last: Day } | null;
  /** How many of them each day has. */
  readonly perDay: ReadonlyMap<Day, number>;
  /** How many rows of the file are here already, by the import they came in with. */
  readonly here: ReadonlyMap<RecordId, number>;
}

export interface ImportPlan extends FileReading {
  /** The import's own record: a new one, or one that stopped half-way and goes on. */
  readonly record: RecordId;
  readonly file: string;
  readonly digest: string;
  /** How many audits the whole import has, with those that are here already. */
  readonly rows: number;
  /** How it was read, in words, one line each. */
  readonly readAs: string;
  readonly tool: Tool;
  readonly places: ImportPlaces;
  /** Made first, where they are not there yet. */
  readonly make: readonly NewPlace[];
  readonly selection: SelectionMethod;
  readonly by: PersonId;
  readonly atMs: number;
  readonly rowReference: string;
  readonly notApplicableReason: string;
}

export interface ImportProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Audits written so far. */
  readonly written: number;
}

export interface ImportWritten {
  /** `stopped`: called off between two audits; what was written stays. */
  readonly outcome: 'finished' | 'stopped';
  readonly written: number;
}
