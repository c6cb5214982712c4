/**
 * What its author has on this laptop of a part that a held change is about, apart from that change. Sent again, the held change
 * would supersede it (`domain/fold`: a device's own earlier ops), however much later it was written, so `held` sends nothing
 * before its author has had both in front of them.
 *
 * Promises: never left out is what was written after the held change. Of a change that has no place in the chain nobody can say
 * any more what came before it: then whatever the author has counts, but what the change was written over.
 */
import { sameValue, type JsonObject } from '../domain/canonical.ts';
import { parseOpId, type DeviceId, type OpId } from '../domain/ids.ts';
import { openPending, openUnit } from './boxes.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import type { ConfirmedUnit, ConfirmedVersion, PendingRow, QuarantineRow } from './rows.ts';
import { stateIn } from './state.ts';

/** Why a held change is not sent again: what its author has of the same part since was not shown to them. */
export const writtenSince = 'written-since';

/** The author's own version of the part, as it would go out of sight. */
export interface LaterVersion {
  readonly value: JsonObject;
  /** Whether it says something else than the held change. */
  readonly differs: boolean;
  /** When it was last changed: by this laptop's clock, or, once the server has confirmed it, by its stamp. */
  readonly atMs: number;
  /** Its op once that is confirmed; null before. */
  readonly op: OpId | null;
}

/** Where such a version lies: in a row that is not settled, or among the confirmed versions of the unit. */
export type LaterRow = { readonly pending: PendingRow } | { readonly confirmed: ConfirmedUnit; readonly op: OpId };

/** Of each of these rows, where its author's later version lies; null where there is none. */
export async function laterIn(
  tx: ReadTx,
  store: Pick<Store, 'birth'>,
  rows: readonly QuarantineRow[],
): Promise<(LaterRow | null)[]> {
  const { device } = await stateIn(tx, store);
  const records = [...new Set(rows.map(({ record }) => record))];
  const found = new Map(
    await Promise.all(
      records.map(
        async (id) =>
          [id, await Promise.all([tx.whereEqual('pending', 'record', id), tx.get('confirmed', id)])] as const,
      ),
    ),
  );
  return rows.map((row) => {
    const [pending = [], confirmed] = found.get(row.record) ?? [];
    const newest = pending.filter(({ unit, n }) => unit === row.unit && n > row.n).sort((a, b) => b.n - a.n)[0];
    if (newest !== undefined) return { pending: newest };
    const unit = confirmed?.units[row.unit];
    const own = unit && [unit, ...unit.others].find((version) => isLater(version, row, device));
    return unit && own ? { confirmed: unit, op: own.op } : null;
  });
}

/** Whether the server has confirmed it as this device's, and `row` neither was written over it nor comes behind it. */
function isLater({ op }: ConfirmedVersion, { link, base, settles }: QuarantineRow, device: DeviceId): boolean {
  const at = parseOpId(op);
  if (at.device !== device || op === base || settles.includes(op)) return false;
  return link?.device !== device || at.seq > link.seq;
}

/** The same place, with the same in it. */
export const isSameLater = (a: LaterRow | null, b: LaterRow | null): boolean => nameOf(a) === nameOf(b);

const nameOf = (row: LaterRow | null): string =>
  row === null ? '' : 'op' in row ? row.op : `${row.pending.n} ${row.pending.change}`;

/** A held row with its value. */
export interface OpenedHeld {
  readonly row: QuarantineRow;
  readonly value: JsonObject;
}

/** Opens what `laterIn` has found for these. */
export const openLater = (
  { cipher }: Pick<Store, 'cipher'>,
  held: readonly OpenedHeld[],
  found: readonly (LaterRow | null)[],
): Promise<(LaterVersion | null)[]> =>
  Promise.all(
    held.map(async ({ row, value: heldValue }, i) => {
      const later = found[i];
      if (later == null) return null;
      if ('pending' in later) {
        const { value } = await openPending(cipher, later.pending);
        return { value, differs: !sameValue(value, heldValue), atMs: later.pending.editedMs, op: null };
      }
      const unit = await openUnit(cipher, row.record, row.unit, later.confirmed);
      const version = [unit, ...unit.others].find(({ op }) => op === later.op) ?? unit;
      const { value, stamp, op } = version;
      return { value, differs: !sameValue(value, heldValue), atMs: stamp.ms, op };
    }),
  );

/** By the number of each held row, the version of its author's that sending it again would take out of sight. */
export async function readLater(store: Store, held: readonly OpenedHeld[]): Promise<ReadonlyMap<number, LaterVersion>> {
  const rows = held.map(({ row }) => row);
  const found = await store.port.read(['meta', 'pending', 'confirmed'], (tx) => laterIn(tx, store, rows));
  const opened = await openLater(store, held, found);
  return new Map(
    rows.flatMap(({ n }, i): [number, LaterVersion][] => {
      const later = opened[i];
      return later?.differs === true ? [[n, later]] : [];
    }),
  );
}
