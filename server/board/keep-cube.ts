/**
 * Keeps the cube that was made last, in memory: making it reads every audit. Promises:
 *
 *  - what is told was made no longer than `keptMs` before it was asked for, and on the same day
 *  - it is made once for all who ask meanwhile; when that fails, whoever asks next makes it again
 */
import type { Cube } from '../../src/domain/board/cube.ts';
import type { Lacking } from '../../src/protocol/sync.ts';
import type { Authority } from '../db/authorities.ts';
import type { Database } from '../db/transact.ts';
import type { Log } from '../log.ts';
import { readLacking } from '../sync/lacking.ts';
import { londonDay } from '../sync/standing.ts';
import { countCube } from './count-cube.ts';

export interface KeptCube extends Lacking {
  readonly madeMs: number;
  readonly cube: Cube;
}

export interface CubeKeeper {
  newest(): Promise<KeptCube>;
}

/** A restart, another server of the same database and midnight make another sooner. */
export const keptMs = 60 * 60 * 1000;

export interface CubeDeps {
  readonly database: Database;
  readonly authority: Authority;
  readonly now: () => number;
  readonly log: Log;
}

export function keepCube({ database, authority, now, log }: CubeDeps): CubeKeeper {
  let kept: KeptCube | null = null;
  let making: Promise<KeptCube> | null = null;

  const isFresh = ({ madeMs }: KeptCube): boolean => {
    const nowMs = now();
    return nowMs >= madeMs && nowMs - madeMs < keptMs && londonDay(nowMs) === londonDay(madeMs);
  };
  async function make(): Promise<KeptCube> {
    const madeMs = now();
    // Before it is counted: what comes back meanwhile is then said to be missing, and not passed over.
    const ask = { authority, person: null, nowMs: madeMs };
    const lacking = await database.read((tx) => readLacking(tx, ask, [{ kind: 'audit', by: 'all' }]));
    const { cube, audits } = await countCube(database, authority.id, madeMs);
    log({ event: 'cube-made', audits, tookMs: now() - madeMs });
    kept = { madeMs, cube, ...lacking };
    return kept;
  }
  return {
    newest() {
      if (kept !== null && isFresh(kept)) return Promise.resolve(kept);
      return (making ??= make().finally(() => (making = null)));
    },
  };
}
