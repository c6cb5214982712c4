/**
 * What goes into a sealed box and how it comes out again. Which fields stay outside is decided by `domain/fields` alone.
 *
 *   pending row       plain columns  +  box { fields, salt }
 *   note of a held row                                     box { note }
 *   confirmed unit    plain columns of the shown version and each other  +  one box { versions } of their fields, in order;
 *                     no box where none has a field to seal, as in most units of an audit sent as columns
 *
 * The salt is in the box because a plain salt beside a leaf would let a thief with a guess at a case reference check it.
 */
import type { JsonObject } from '../domain/canonical.ts';
import { joinValue, splitValue } from '../domain/fields.ts';
import type { NewId, RecordId } from '../domain/ids.ts';
import type { UnitState, UnitVersion } from '../domain/record.ts';
import type { Cipher, Place } from './cipher.ts';
import type { ConfirmedUnit, ConfirmedVersion, Noted, PendingRow, Sealed } from './rows.ts';

export interface SealedValue {
  readonly plain: JsonObject;
  readonly sealed: Sealed;
}

/** Seals one change's value for `pending`, with a new salt. */
export async function sealPending(
  cipher: Cipher,
  newId: NewId,
  { record, kind, unit, value }: Pick<PendingRow, 'record' | 'kind' | 'unit'> & { readonly value: JsonObject },
): Promise<SealedValue> {
  const { plain, fields } = split(kind, unit, value);
  return { plain, sealed: await cipher.seal({ table: 'pending', record, unit }, { fields, salt: newId() }) };
}

/** The value and salt of a pending (or quarantined) row. */
export async function openPending(
  cipher: Cipher,
  { record, unit, plain, sealed }: PendingRow,
): Promise<{ readonly value: JsonObject; readonly salt: string }> {
  const box = await cipher.open({ table: 'pending', record, unit }, sealed);
  return { value: joinValue(plain, box['fields'] as JsonObject), salt: box['salt'] as string };
}

/** Seals what somebody said about a held change. */
export const sealNote = (cipher: Cipher, { record, unit }: Of, note: string): Promise<Sealed> =>
  cipher.seal({ table: 'quarantine', record, unit }, { note });

export async function openNote(cipher: Cipher, { record, unit }: Of, { sealed }: Noted): Promise<string> {
  return (await cipher.open({ table: 'quarantine', record, unit }, sealed))['note'] as string;
}

type Of = Pick<PendingRow, 'record' | 'unit'>;

/** Seals one unit as the server sent it, with every other. */
export async function sealUnit(
  cipher: Cipher,
  record: RecordId,
  kind: string,
  unit: string,
  state: UnitState,
): Promise<ConfirmedUnit> {
  const versions = [state, ...state.others].map((version) => ({ version, ...split(kind, unit, version.value) }));
  const [shown, ...others] = versions.map(({ version, plain }) => rowVersion(version, plain));
  if (shown === undefined) throw new Error(`The unit ${unit} of ${record} has no version`);
  const hasFields = versions.some(({ fields }) => Object.keys(fields).length > 0);
  const box = { versions: versions.map(({ fields }) => fields) };
  return { ...shown, others, sealed: hasFields ? await cipher.seal(confirmedPlace(record, unit), box) : null };
}

/** A confirmed unit as the server sent it. */
export async function openUnit(cipher: Cipher, record: RecordId, unit: string, row: ConfirmedUnit): Promise<UnitState> {
  const box = row.sealed === null ? null : await cipher.open(confirmedPlace(record, unit), row.sealed);
  const fields = (box?.['versions'] ?? []) as readonly JsonObject[];
  const [shown, ...others] = [row, ...row.others].map(({ op, author, stamp, plain }, i): UnitVersion => ({
    op,
    author,
    stamp,
    value: joinValue(plain, fields[i] ?? {}),
  }));
  if (shown === undefined) throw new Error(`The unit ${unit} of ${record} has no version`);
  return { ...shown, others };
}

/** A confirmed unit by its plain columns alone: its box stays shut. */
export function plainUnit(row: ConfirmedUnit): UnitState {
  const version = ({ op, author, stamp, plain }: ConfirmedVersion): UnitVersion => ({
    op,
    author,
    stamp,
    value: plain,
  });
  return { ...version(row), others: row.others.map(version) };
}

const confirmedPlace = (record: RecordId, unit: string): Place => ({ table: 'confirmed', record, unit });

function split(
  kind: string,
  unit: string,
  value: JsonObject,
): { readonly plain: JsonObject; readonly fields: JsonObject } {
  const { plain, list, text } = splitValue(kind, unit, value);
  return { plain, fields: joinValue(list, text) };
}

const rowVersion = ({ op, author, stamp }: UnitVersion, plain: JsonObject): ConfirmedVersion => ({
  op,
  author,
  stamp,
  plain,
});
