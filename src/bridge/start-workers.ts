/** Starts the sync worker. Kept apart from what talks to it, which is tested without one. */
import syncUrl from '../../workers/sync.ts?worker&url';
import { trustedUrl } from './trusted-url.ts';

export const startSyncWorker = (): Worker =>
  new Worker(trustedUrl(syncUrl), { type: 'module', name: 'plumbline-sync' });
