/** Starts the workers. Kept apart from what talks to them, which is tested without one. */
import importUrl from '../../workers/import.ts?worker&url';
import sleepUrl from '../../workers/sleep.ts?worker&url';
import summaryUrl from '../../workers/summary.ts?worker&url';
import syncUrl from '../../workers/sync.ts?worker&url';
import { trustedUrl } from './trusted-url.ts';

export const startSyncWorker = (): Worker =>
  new Worker(trustedUrl(syncUrl), { type: 'module', name: 'plumbline-sync' });

export const startSummaryWorker = (): Worker =>
  new Worker(trustedUrl(summaryUrl), { type: 'module', name: 'plumbline-summary' });

export const startSleepWorker = (): Worker =>
  new Worker(trustedUrl(sleepUrl), { type: 'module', name: 'plumbline-sleep' });

export const startImportWorker = (): Worker =>
  new Worker(trustedUrl(importUrl), { type: 'module', name: 'plumbline-import' });
