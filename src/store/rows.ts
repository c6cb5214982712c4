/**
 * The rows of a laptop's store. Everything but `plain` columns (listed in `src/domain/fields`), ids, stamps and hashes is
 * inside a `Sealed` box; a sentinel typed into any other field is found nowhere on disk.
 */
import type { JsonObject } from '../domain/canonical.ts';
import type { Digest } from '../domain/digest.ts';
import type { DeviceId, GroupId, OpId, PersonId, RecordId } from '../domain/ids.ts';
import type { Projection } from '../domain/projection.ts';
import type { Kind } from '../domain/record.ts';
import type { Stamp } from '../domain/stamp.ts';
import type { AuthorDecision } from '../protocol/held.ts';
import type { HeldCode } from '../protocol/problem.ts';

/** AES-256-GCM: a fresh 96-bit IV and the ciphertext with its tag. */
export interface Sealed {
  /** Of the way in which it is sealed (`cipher`); without one it is the first. */
  readonly version?: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface ConfirmedVersion {
  readonly op: OpId;
  readonly author: PersonId;
  readonly stamp: Stamp;
  readonly plain: JsonObject;
}

export interface ConfirmedUnit extends ConfirmedVersion {
  readonly others: readonly ConfirmedVersion[];
  /** The sealed fields of the shown version and of each other, in that order; null where no version has any. */
  readonly sealed: Sealed | null;
}

/** The server's projection of one record. Written only by `inbox`. */
export interface ConfirmedRow {
  readonly id: RecordId;
  readonly kind: Kind;
  /**
   * The server history that `version` belongs to, the epoch and how many were left behind before: versions of two histories
   * are never compared.
   */
  readonly epoch: string;
  readonly version: number;
  readonly projection: Projection;
  /** Of an audit, its confirmed auditor; null for everything else. Found by index. */
  readonly auditor: string | null;
  /** Of the units in this row; computed here, never copied from the server. */
  readonly digest: Digest;
  readonly units: Readonly<Record<string, ConfirmedUnit>>;
}

/** Where a sealed op stands in its device's chain. */
export interface Link {
  readonly device: DeviceId;
  readonly seq: number;
  readonly leaf: string;
  readonly prev: string;
}

/** One change this person made that the server has not settled. Written only by `record` and `outbox`. */
export interface PendingRow {
  /** Local number, ascending: the order in which things were done. */
  readonly n: number;
  readonly group: GroupId;
  readonly groupSize: number;
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly plain: JsonObject;
  /** The unit's sealed fields, and the op's salt. */
  readonly sealed: Sealed;
  readonly claimed: Stamp;
  readonly base: OpId | null;
  readonly settles: readonly OpId[];
  /** Keystrokes may still coalesce into this row. */
  readonly typing: boolean;
  /** When it was first recorded and last changed, milliseconds by this laptop's own clock. */
  readonly startedMs: number;
  readonly editedMs: number;
  /** The change number of its newest edit: the record changed here then. */
  readonly change: number;
  /** Given when the leader seals a batch, and kept apart (`links`) until the server's answer is settled; null before. */
  readonly link: Link | null;
  /**
   * The server version that holds it; 0 until the server has accepted it, because an index holds no nulls. It stays until
   * a pull brings that version.
   */
  readonly serverVersion: number;
}

/** The `serverVersion` of what the server has not accepted yet: its versions begin at 1. */
export const unsent = 0;

/**
 * The `serverVersion` of what the server keeps and has not let in yet, because it does not fit (protocol: Waiting). No cursor
 * covers it.
 */
export const waiting = Number.MAX_SAFE_INTEGER;

/**
 * A row whose history the server has lost, to be sent once more: under the same op id, by which a server that has it after all
 * knows it, but where this laptop has become another device since. A batch is of one device.
 */
export const unsentAgain = (row: PendingRow, device: DeviceId): PendingRow => ({
  ...row,
  link: row.link?.device === device ? row.link : null,
  serverVersion: unsent,
});

export const isUnsent = ({ serverVersion }: PendingRow): boolean => serverVersion === unsent;

/**
 * Why a change is in quarantine: the server's word; that it was in a file and did not come in; or that its author has decided
 * what becomes of it and the server has not heard that yet.
 */
export type QuarantineCode = KeptCode | AuthorDecision;
export type KeptCode = HeldCode | 'not-brought-in';

type SaidBy = 'server' | 'file' | 'author';

const saidBy: Readonly<Record<QuarantineCode, SaidBy>> = {
  'not-allowed': 'server',
  invalid: 'server',
  closed: 'server',
  group: 'server',
  'not-brought-in': 'file',
  discarded: 'author',
  resent: 'author',
};

/** The codes that are somebody's word. */
export const codesSaidBy = (who: SaidBy): readonly QuarantineCode[] =>
  (Object.keys(saidBy) as QuarantineCode[]).filter((code) => saidBy[code] === who);

/** Refused by the server; what was left out of a file asks nobody for anything. */
export type RefusedRow = QuarantineRow & { readonly code: HeldCode };

export const isRefused = (row: QuarantineRow): row is RefusedRow => saidBy[row.code] === 'server';

/** A change that was not accepted, by the server, here, or on its way in from a file: kept, with the reason, until a person decides. */
export interface QuarantineRow extends PendingRow {
  readonly code: QuarantineCode;
  readonly why: string;
  readonly heldMs: number;
  /** A lead has sent it back, with a note in the box. */
  readonly returned?: Noted;
  /** Its author has discarded it or sent it again: why is in the box, `code` says which. Gone once the server knows. */
  readonly decided?: Noted;
}

/** Whether nobody has decided yet what becomes of it. */
export const isKept = <Row extends QuarantineRow>(row: Row): row is Row & { readonly code: KeptCode } =>
  row.decided === undefined;

/** Who said something about a change, and when; what they said is sealed. */
export interface Noted {
  readonly by: PersonId;
  readonly atMs: number;
  readonly sealed: Sealed;
}

/**
 * One row per record that was changed here by anything but an edit (an edit's change number is in its pending row, which
 * saves it a write). Together they let a reader ask "what changed after n?".
 */
export interface ChangeRow {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly change: number;
}

/** Many records of one kind that were changed at once: the last has the number `change`, the one before it the number before it. */
export interface TogetherRow {
  readonly change: number;
  readonly kind: Kind;
  readonly records: readonly RecordId[];
}

/** One op as it went over the wire, sealed to the server's public key: nobody here can read it. */
export interface RetainedBox {
  readonly seq: number;
  readonly group: GroupId;
  readonly box: Uint8Array<ArrayBuffer>;
}

/**
 * Neighbouring ops of one device that the server has acknowledged at once, retained for a server that is restored from a
 * backup: the first, and those behind it.
 */
export interface RetainedRow extends RetainedBox {
  /** `device:seq` of the first, the seq in 16 digits: the order of each device's chain. */
  readonly place: string;
  readonly device: DeviceId;
  /** When they were acknowledged, milliseconds by the server's clock. */
  readonly settledMs: number;
  /** In the order of their chain; absent in rows of older builds, which held one op each. */
  readonly behind?: readonly RetainedBox[];
}

export interface MetaRow {
  readonly name: string;
  readonly value: unknown;
}

export interface Rows {
  readonly confirmed: ConfirmedRow;
  readonly pending: PendingRow;
  readonly quarantine: QuarantineRow;
  readonly changes: ChangeRow;
  readonly meta: MetaRow;
  readonly retained: RetainedRow;
  readonly together: TogetherRow;
}

export type TableName = keyof Rows;

/** Primary key of each table. */
export interface Keys {
  readonly confirmed: RecordId;
  readonly pending: number;
  readonly quarantine: number;
  readonly changes: RecordId;
  readonly meta: string;
  readonly retained: string;
  readonly together: number;
}

/**
 * Secondary indexes, none unique. A row without the field, or with null in it, is not in the index: `plain.auditor` holds the
 * allocations that give an audit to somebody.
 */
export const indexes = {
  confirmed: ['kind', 'auditor'],
  pending: ['record', 'change', 'kind', 'plain.auditor', 'serverVersion'],
  quarantine: ['record', 'code'],
  changes: ['change'],
  meta: [],
  retained: ['device', 'settledMs'],
  together: [],
} as const satisfies { readonly [T in TableName]: readonly ((keyof Rows[T] & string) | 'plain.auditor')[] };

export type IndexOf<T extends TableName> = (typeof indexes)[T][number];
