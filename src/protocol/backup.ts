/**
 * The shapes of a backup file: its readable first line, and the lines of its encrypted content (docs/data.md has both, byte by
 * byte). Every line is parsed by these before it is believed. The values of changes are checked by `checkValue`, one by one.
 */
import * as v from 'valibot';
import { kinds } from '../domain/record.ts';
import {
  authorityId,
  count,
  hashText,
  jsonObject,
  opIdText,
  personId,
  recordId,
  settlesLimit,
  stampSchema,
  unitName,
} from './op.ts';
import { heldCodes } from './problem.ts';
import { line } from './text.ts';
import { protocolVersion } from './version.ts';

export const backupFormat = 'plumbline-backup';
/** Of the file's layout. A file with a later one is not read. */
export const backupVersion = 1;
/** Of what units and values may say. A file with a later one is not read. */
export const contentVersion = protocolVersion;

/** The first line ends within this many bytes, or the file is not ours. */
export const headerLimitBytes = 1024;
/** Seconds of work on a slow laptop; a file that asks for more was made to keep it busy. */
const mostIterations = 10_000_000;
export const leastChunkBytes = 1024;
const mostChunkBytes = 1024 * 1024;

const hex16 = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const between = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Enough to tell our file from another and which version it has. */
export const anyHeaderSchema = v.looseObject({ format: v.literal(backupFormat), version: count });

export const backupHeaderSchema = v.strictObject({
  format: v.literal(backupFormat),
  version: v.literal(backupVersion),
  made: v.pipe(v.string(), v.isoTimestamp()),
  key: v.strictObject({
    from: v.literal('PBKDF2-SHA256'),
    iterations: between(1, mostIterations),
    salt: hex16,
  }),
  content: v.strictObject({
    sealed: v.literal('AES-256-GCM'),
    chunkBytes: between(leastChunkBytes, mostChunkBytes),
    packed: v.literal('gzip'),
  }),
});
export type BackupHeader = v.InferOutput<typeof backupHeaderSchema>;

const who = v.object({
  is: v.literal('who'),
  content: count,
  home: v.picklist(['server', 'laptop']),
  authority: authorityId,
  authorityName: line(200),
  person: personId,
  name: line(200),
  email: line(200),
  madeMs: count,
});
/** Whose work it is, and where it was kept besides. */
export type BackupWho = v.InferOutput<typeof who>;

const held = v.object({ code: v.picklist([...heldCodes, 'not-brought-in']), why: line(2000), heldMs: count });

const change = v.object({
  is: v.literal('change'),
  group: hex16,
  unit: unitName,
  value: jsonObject,
  claimed: stampSchema,
  base: v.nullable(opIdText),
  settles: v.pipe(v.array(opIdText), v.maxLength(settlesLimit)),
  held: v.nullable(held),
});
/** One change this person made, as it was recorded. */
export type BackupChange = Omit<v.InferOutput<typeof change>, 'is'>;

/** What a file says it holds, and the digest of every line before this one. */
const end = v.object({ is: v.literal('end'), records: count, units: count, changes: count, digest: hashText });

export const backupLineSchema = v.variant('is', [
  who,
  /** Begins a record: its units and its changes follow. */
  v.object({ is: v.literal('record'), id: recordId, kind: v.picklist(kinds) }),
  /** A unit as it showed. */
  v.object({ is: v.literal('unit'), unit: unitName, value: jsonObject }),
  change,
  end,
]);
export type BackupLine = v.InferOutput<typeof backupLineSchema>;

/** Why a file cannot be written, or read, or not here. Nothing of it has been brought in then. */
export type BackupProblem =
  /** The disk is full, or was taken away. */
  | { readonly kind: 'unwritable-backup' }
  | { readonly kind: 'not-a-backup' }
  | { readonly kind: 'newer-backup' }
  /** The first line is ours and asks for what no file of ours asks for. */
  | { readonly kind: 'strange-backup' }
  /** Or the first line was changed: the two look the same. */
  | { readonly kind: 'wrong-file-passphrase' }
  /** Bytes are missing, changed, out of order or too many. */
  | { readonly kind: 'damaged-backup' }
  /** It opens, and holds what Plumbline does not write. */
  | { readonly kind: 'strange-content' }
  /** Unpacked it would be larger than any laptop's work. */
  | { readonly kind: 'too-large-backup' }
  /** The browser could not read it: moved, changed or taken away since it was chosen. */
  | { readonly kind: 'unreadable-backup' }
  /** It is another person's of this council, or another council's: it belongs there. */
  | { readonly kind: 'another-persons' }
  | { readonly kind: 'another-councils' }
  /** This laptop has a copy of the same work: what is missing is brought in there. */
  | { readonly kind: 'already-here' }
  /** It is of a council's server: it is brought in there, and opens no laptop of its own. */
  | { readonly kind: 'of-a-server' };
