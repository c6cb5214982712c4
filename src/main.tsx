/**
 * Composition root of the page: the clock, chance, timers and the browser's own things are named here and passed in. Nothing
 * is decided here.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { render } from 'preact';
import { openDoors } from './bridge/doors.ts';
import { startGate } from './bridge/gate.ts';
import { holdsOn } from './bridge/holds.ts';
import { openImportBridge } from './bridge/import-bridge.ts';
import { openLosses } from './bridge/losses.ts';
import type { Reminder } from './bridge/owed-sign-out.ts';
import { notesOn } from './bridge/page-notes.ts';
import { passkeysOn } from './bridge/passkeys.ts';
import { serviceWorkerOf } from './bridge/service-worker.ts';
import { watchSleeps } from './bridge/sleep-bridge.ts';
import { startImportWorker, startSleepWorker, startSummaryWorker, startSyncWorker } from './bridge/start-workers.ts';
import { checkStorage, type PageMarks } from './bridge/storage-check.ts';
import { openSummaryBridge } from './bridge/summary-bridge.ts';
import { openSyncBridge } from './bridge/sync-bridge.ts';
import { openUpdates } from './bridge/update-bridge.ts';
import { beginVisit, type RunMark } from './bridge/visit.ts';
import type { ExampleAuthority } from './domain/example/example-authority.ts';
import type { Result, StoreProblem } from './protocol/problem.ts';
import { readCouncilReturn } from './protocol/session.ts';
import type { Timers } from './protocol/timers.ts';
import { aesCipher } from './store/cipher.ts';
import { openDexiePort } from './store/dexie-port.ts';
import { exampleDatabases } from './store/example-databases.ts';
import { leftHere, leftTables, type LeftHere } from './store/hand-over.ts';
import { openKeyrings } from './store/keyring.ts';
import type { Copy } from './store/keyring-entry.ts';
import { openStore, type Store } from './store/open.ts';
import { App } from './ui/app.tsx';
import { dayAt } from './ui/format.ts';
import { laptops } from './ui/words/laptops.ts';

const now = () => Date.now();
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const newId = () => bytesToHex(randomBytes(16));
const hash = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));
const timers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

async function openLaptopStore(
  copy: Copy,
  key: CryptoKey,
  onBlocked: (isBlocked: boolean) => void,
): Promise<Result<Store, StoreProblem>> {
  const { database, authority, person, device } = copy;
  const port = await openDexiePort(database, { onBlocked });
  if (!port.ok) return port;
  const cipher = aesCipher(key, randomBytes);
  const opened = await openStore({ port: port.value, cipher, authority, person, device, now, newId, hash });
  if (!opened.ok) await port.value.close();
  return opened;
}

/** A worker is told no more of the keyring than it needs. */
const ticketOf = ({ database, authority, person }: Copy) => ({ database, authority, person });

function onReturn(run: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') run();
  };
  document.addEventListener('visibilitychange', seen);
  return () => document.removeEventListener('visibilitychange', seen);
}

const owedKey = 'plumbline-sign-out-owed';
const owedSignOut: Reminder = {
  isSet: () => localStorage.getItem(owedKey) !== null,
  set: (owed) => (owed ? localStorage.setItem(owedKey, '1') : localStorage.removeItem(owedKey)),
};

/** A cookie without an end: browsers drop it as they are closed. */
const runMark: RunMark = {
  read: () => /(?:^|; )plumbline-run=([0-9a-f]{32})/.exec(document.cookie)?.[1] ?? null,
  write(run) {
    document.cookie = `plumbline-run=${run}; Path=/; SameSite=Strict; Secure`;
  },
};

const keptKey = (keyring: string) => `plumbline-kept:${keyring}`;
const marks: PageMarks = {
  read: (keyring) => localStorage.getItem(keptKey(keyring)),
  write: (keyring, run) => localStorage.setItem(keptKey(keyring), run),
};

async function askToPersist(): Promise<void> {
  await navigator.storage.persist();
}

/** A file of its own: whoever works never loads it. It is on the laptop with the others once the app is installed. */
async function loadExample(): Promise<ExampleAuthority | null> {
  const made = await import('./domain/example/example-authority.ts').catch(() => null);
  return made === null ? null : made.exampleAuthority({ today: dayAt(now()), hash });
}

const invitationToken = location.pathname === '/join' && location.hash !== '' ? location.hash.slice(1) : null;

const holds = holdsOn(navigator.locks);
const visit = beginVisit({ holds, mark: runMark, newId });

const notes = notesOn(() => localStorage);

/** Opens what is there, reads what needs no key, and closes it. */
async function readLeft(database: string): Promise<LeftHere | null> {
  const port = await openDexiePort(database, { mayCreate: false });
  if (!port.ok) return null;
  const left = await port.value.read(leftTables, leftHere).catch(() => null);
  await port.value.close();
  return left;
}

const gate = startGate({
  keyrings: openKeyrings({ randomBytes, newId, now }),
  passkeys: passkeysOn({
    container: navigator.credentials as CredentialsContainer | undefined,
    kind: typeof PublicKeyCredential === 'undefined' ? undefined : PublicKeyCredential,
    host: location.hostname,
    randomBytes,
  }),
  doors: openDoors(),
  holds,
  timers,
  newId,
  hash,
  now,
  isSecure: isSecureContext,
  newSync: () => openSyncBridge({ startWorker: startSyncWorker, timers, onReturn }),
  openSummary: (copy) => openSummaryBridge({ ticket: ticketOf(copy), startWorker: startSummaryWorker, timers }),
  newImport: (access) => openImportBridge({ access, startWorker: startImportWorker, timers }),
  onSlept: (run) => watchSleeps({ startWorker: startSleepWorker, timers, onSlept: run }),
  openStore: openLaptopStore,
  invitationToken,
  councilReturn: readCouncilReturn(location.pathname, location.hash),
  goTo: (path, where) => (where === 'here' ? location.assign(path) : void window.open(path, '_blank', 'noopener')),
  clearAddress: () => history.replaceState(null, '', '/'),
  owedSignOut,
  loadExample,
  exampleDatabases,
  losses: openLosses({ notes, now }),
  notes,
  readLeft,
  leavingWhy: laptops.leavingWhy,
  askToPersist,
});

const update = openUpdates({
  workbox: import.meta.env.PROD ? serviceWorkerOf('/service-worker.js') : null,
  putAway: () => gate.putAway(),
  reload: () => location.reload(),
});

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no place for the app.');
render(<App gate={gate} update={update} checkStorage={(laptop) => checkStorage(laptop, { visit, marks })} />, root);
