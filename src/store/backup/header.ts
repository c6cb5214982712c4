/**
 * The first line of a backup file: readable, and nothing in it identifies anybody. What it asks for is bounded before it is
 * done. Its hash goes into the associated data of every chunk, so that no chunk opens under another first line.
 */
import { parse } from '../../protocol/parse.ts';
import {
  anyHeaderSchema,
  backupFormat,
  backupHeaderSchema,
  backupVersion,
  headerLimitBytes,
  type BackupHeader,
} from '../../protocol/backup.ts';
import type { NewId } from '../../domain/ids.ts';
import { passphraseIterations } from '../keyring.ts';
import { passphraseKey } from '../wrapping.ts';
import { BackupFailure } from './failure.ts';

/** Small enough that a page goes on answering between two, large enough that their tags do not show in the size. */
const chunkBytes = 64 * 1024;

export interface HeaderLine {
  readonly header: BackupHeader;
  /** The line with its end, as it stands in the file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface HeaderOptions {
  /** 16 random bytes, as hex digits: the salt. */
  readonly newId: NewId;
  readonly madeMs: number;
  /** Smaller in tests only. */
  readonly iterations?: number;
  readonly chunk?: number;
}

export function newHeader({
  newId,
  madeMs,
  iterations = passphraseIterations,
  chunk = chunkBytes,
}: HeaderOptions): HeaderLine {
  const header: BackupHeader = {
    format: backupFormat,
    version: backupVersion,
    made: new Date(madeMs).toISOString(),
    key: { from: 'PBKDF2-SHA256', iterations, salt: newId() },
    content: { sealed: 'AES-256-GCM', chunkBytes: chunk, packed: 'gzip' },
  };
  return { header, bytes: new TextEncoder().encode(`${JSON.stringify(header)}\n`) };
}

const lineEnd = 10;

/** The first line of a file. Fails when it is not ours, is of a later version, or asks for too much. */
export async function readHeader(file: Blob): Promise<HeaderLine> {
  const start = await bytesOf(file, 0, headerLimitBytes);
  const end = start.indexOf(lineEnd);
  if (end < 0) throw new BackupFailure('not-a-backup');
  const bytes = start.slice(0, end + 1);
  const said = jsonOf(bytes);
  const any = parse(anyHeaderSchema, said);
  if (any === null) throw new BackupFailure('not-a-backup');
  if (any.version > backupVersion) throw new BackupFailure('newer-backup');
  const header = parse(backupHeaderSchema, said);
  if (header === null) throw new BackupFailure('strange-backup');
  return { header, bytes };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new BackupFailure('not-a-backup', error);
  }
}

/** Bytes of a file from `from` to before `to`. Fails when the browser cannot read it any more. */
export async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch (error) {
    throw new BackupFailure('unreadable-backup', error);
  }
}

/** The key of a file from its passphrase. */
export function fileKey({ key: { iterations, salt } }: BackupHeader, passphrase: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(salt.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return passphraseKey(passphrase, bytes, iterations);
}

export async function headerHash({ bytes }: HeaderLine): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
