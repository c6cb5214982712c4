/**
 * A copy that has not been compared with the server for as long as the council allows is dropped by the laptop itself, wherever
 * it lies: what the server has. What it does not have yet stays, sealed, and all comes back with the next contact (FAULTS S30).
 * How long that is, the settings say; a board viewer, who is sent none, is told it with the cube.
 */
import { settingsId } from '../domain/unit-names.ts';
import type { RecordId } from '../domain/ids.ts';
import { cubeDaysIn } from './board.ts';
import { dropConfirmed } from './inbox.ts';
import type { Store } from './open.ts';
import { stateIn } from './state.ts';
import { comparedKey, momentIn } from './sync-meta.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Whether it was dropped, `graceMs` after that. Asked by this laptop's clock as it is and as the server last put it right. */
export async function dropStale(store: Store, graceMs: number): Promise<boolean> {
  const isStale = await store.port.read(['meta', 'confirmed'], async (tx) => {
    const [state, comparedMs, settings, cubeDays] = await Promise.all([
      stateIn(tx, store),
      momentIn(tx, comparedKey),
      tx.get('confirmed', settingsId as RecordId),
      cubeDaysIn(tx),
    ]);
    const days = settings === undefined ? cubeDays : settings.units['retention']?.plain['laptopDays'];
    if (typeof days !== 'number' || comparedMs === null) return false;
    // By either: a clock that is put right, or wrong for once, while there is no server to ask, makes no copy old.
    const now = store.now();
    return Math.min(now, now + state.clock.offsetMs) - comparedMs > days * dayMs + graceMs;
  });
  if (isStale) await dropConfirmed(store);
  return isStale;
}
