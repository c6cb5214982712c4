/**
 * Which confirmed rows a session may have written, so that a first download does not ask the disk for rows it cannot hold.
 *
 * It knows something only where it began with an empty copy, and goes by the total that is kept with the rows: while the total is the
 * one that this session left, nobody else has put a row or taken one. Where it is another, every row may be there.
 *
 * The ids are remembered as one bit each in a table of a fixed size, so memory does not follow the number of rows. Ids that share a bit
 * cost a question to the disk, and nothing else.
 */
import { emptyDigest } from '../domain/digest.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Total } from './state.ts';

export interface Brought {
  /** The ids of which a row may be there, when the rows add up to `total`. */
  mayHold(total: Total | undefined, ids: readonly RecordId[]): readonly RecordId[];
  /** Rows of these ids were written, after which all add up to `total`. For the write that `mayHold` was asked for last. */
  wrote(ids: readonly RecordId[], total: Total | undefined): void;
}

/** Hexadecimal digits of an id that choose its bit: a million bits, 128 KB. */
const digits = 5;

export function newBrought(): Brought {
  const bits = new Uint8Array(16 ** digits / 8);
  let left: Total = { count: 0, digest: emptyDigest };
  let isAsLeft = false;
  const place = (id: RecordId): readonly [at: number, bit: number] => {
    const number = Number.parseInt(id.slice(-digits), 16);
    return [number >> 3, 1 << (number & 7)];
  };
  return {
    mayHold(total, ids) {
      isAsLeft = total?.count === left.count && total.digest === left.digest;
      if (!isAsLeft) return ids;
      return ids.filter((id) => {
        const [at, bit] = place(id);
        return ((bits[at] ?? 0) & bit) !== 0;
      });
    },
    wrote(ids, total) {
      if (!isAsLeft || total === undefined) return;
      left = total;
      for (const id of ids) {
        const [at, bit] = place(id);
        bits[at] = (bits[at] ?? 0) | bit;
      }
    },
  };
}
