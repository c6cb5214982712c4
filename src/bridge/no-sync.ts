/** Syncing where there is no server: starts no worker, asks no network, and says so. */
import { signal } from '@preact/signals';
import { nothingMissing } from '../protocol/missing.ts';
import type { ShownSync, SyncBridge } from './sync-bridge.ts';

const noServer = { ok: false, problem: { kind: 'not-found' } } as const;

export interface NoSync extends SyncBridge {
  /** Says how many records have been written so far while a laptop is still being filled; null once it is. */
  filling(records: number | null): void;
}

export function noSync(): NoSync {
  const state = signal<ShownSync>({
    phase: 'laptop-only',
    provedEqualMs: null,
    problem: null,
    clockOffsetMs: null,
    receiving: null,
  });
  const nothing = async (): Promise<void> => undefined;
  return {
    state,
    start: nothing,
    syncNow: nothing,
    stop: nothing,
    leave: async () => ({ ok: true, value: null }),
    openRecord: async () => ({ ok: true, value: false }),
    heldList: async () => ({ ok: true, value: { waiting: 0, groups: [] } }),
    missingList: async () => ({ ok: true, value: nothingMissing }),
    searchCase: async () => noServer,
    disclose: async () => noServer,
    decide: async () => ({ ok: true, value: [] }),
    tellLoss: async () => ({ ok: true, value: null }),
    tellExport: async () => ({ ok: true, value: null }),
    filling(receiving) {
      state.value = { ...state.value, receiving };
    },
  };
}
