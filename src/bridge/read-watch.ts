/**
 * Tells the server which audits of other people were read here, so that it can say who opened one (security S31). Those that
 * came in full are read without asking it, offline too. Noted by their ids alone; the server notes the moment at which it is told.
 */
import type { RecordId } from '../domain/ids.ts';
import type { SyncBridge } from './sync-bridge.ts';
import { tellLater, type TellLater, type TellLaterDeps } from './tell-later.ts';

export interface ReadWatch extends Pick<TellLater, 'stop'> {
  /** Somebody else's audit is on the screen. */
  noteRead(record: RecordId): void;
}

interface ReadWatchDeps extends TellLaterDeps {
  readonly sync: Pick<SyncBridge, 'state' | 'openRecord'>;
}

export function watchReads(deps: ReadWatchDeps): ReadWatch {
  const { note, stop } = tellLater(deps, 'plumbline-read:', (record) => deps.sync.openRecord(record as RecordId));
  return { noteRead: (record) => note(record, ''), stop };
}
