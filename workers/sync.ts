/**
 * Entry of the sync worker: gives the logic in `sync/` its clock, randomness, timers and channel, and exposes it. Nothing is
 * decided here.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { AccountApi, SyncApi } from '../src/protocol/threads.ts';
import { unlockedProof } from '../src/store/unlocked-proof.ts';
import { accountOn } from './sync/account.ts';
import { syncApi } from './sync/api.ts';
import { openTabChannel } from './sync/channel.ts';
import { openLaptop } from './sync/open-laptop.ts';
import type { Timers } from '../src/protocol/timers.ts';
import { exposeApi } from './expose-api.ts';
import { textHasher } from './hash-text.ts';
import { openTransport } from './sync/transport.ts';

const now = () => Date.now();
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const newId = () => bytesToHex(randomBytes(16));
const hash = textHasher();
const timers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const sync = syncApi({
  openLaptop: (ticket, key) => openLaptop({ ticket, key, now, newId, hash, randomBytes }),
  openTransport: (watch) => openTransport({ origin: '', now, newNonce: newId, timers, ...watch }),
  openChannel: openTabChannel,
  proofOf: unlockedProof,
  locks: navigator.locks,
  timers,
  now,
  random: Math.random,
  newId,
});
const account = accountOn(sync.accountTransport, sync.signedIn);
addEventListener('online', () => void sync.api.nudge());

const api: SyncApi & AccountApi = { ...sync.api, ...account };
exposeApi(api);
