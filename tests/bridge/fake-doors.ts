/** The tabs of one browser, on one laptop: doors between them, keyrings and stores they share, and a server's account side. */
import { signal, type Signal } from '@preact/signals';
import type { Doors } from '../../src/bridge/doors.ts';
import { startGate, type RunningGate } from '../../src/bridge/gate.ts';
import type { ImportBridge } from '../../src/bridge/import-bridge.ts';
import type { SummaryBridge } from '../../src/bridge/summary-bridge.ts';
import { openLosses } from '../../src/bridge/losses.ts';
import type { PageNotes } from '../../src/bridge/page-notes.ts';
import type { Passkeys } from '../../src/bridge/passkeys.ts';
import type { Holds } from '../../src/bridge/holds.ts';
import type { ServerBridge } from '../../src/bridge/sync-bridge.ts';
import type { ExampleAuthority } from '../../src/domain/example/example-authority.ts';
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import { doorMessageSchema, type DoorMessage } from '../../src/protocol/channels.ts';
import type { CopyStanding } from '../../src/protocol/laptops.ts';
import { nothingMissing } from '../../src/protocol/missing.ts';
import { parse } from '../../src/protocol/parse.ts';
import type { Result, StoreProblem, SyncProblem } from '../../src/protocol/problem.ts';
import { depositMark, type CouncilReturn, type Session } from '../../src/protocol/session.ts';
import type { AccountApi, SyncState } from '../../src/protocol/threads.ts';
import { leftHere, leftTables } from '../../src/store/hand-over.ts';
import type { Keyrings } from '../../src/store/keyring.ts';
import type { Copy, KeyringEntry } from '../../src/store/keyring-entry.ts';
import { unsent } from '../../src/store/rows.ts';
import { memoryPort, type MemoryPort } from '../../src/store/memory-port.ts';
import type { Store } from '../../src/store/open.ts';
import { authority, countedIds, hash, hex, laptop, me, somebody } from '../store/laptop.ts';
import { fakeTime, type FakeTime } from '../workers/sync/fake-time.ts';

export const password = 'a password that is long';
export const passphrase = 'a passphrase that is long';
/** Behind the recovery code of every laptop of one person alone. */
export const codeSecret = '0842108421'.repeat(4);

const sessionOf = (person: PersonId, name: string): Session => ({
  authority,
  authorityName: 'Testshire',
  person,
  name,
  email: `${name.toLowerCase()}@example.org`,
});
export const alex = sessionOf(me, 'Alex');
export const blake = sessionOf(somebody, 'Blake');

export interface FakeBrowser {
  readonly time: FakeTime;
  /** What happened, in order. */
  readonly log: string[];
  readonly ports: Map<string, MemoryPort>;
  readonly rows: Map<
    string,
    { entry: KeyringEntry; passphrase: string; secret: string; renewal?: string | undefined; key: CryptoKey }
  >;
  readonly deposits: Map<string, string>;
  /** Names that tabs hold now. */
  readonly held: Set<{ readonly name: string }>;
  /** The page's own storage, outside any database. */
  readonly notes: PageNotes;
  /** The secret of the passkey at hand; null for none, and whoever is asked for one refuses. */
  passkey: Uint8Array<ArrayBuffer> | null;
  /** Copies that are to be forgotten, by keyring, as the server tells a locked app. */
  readonly revoked: Map<string, CopyStanding['revoked']>;
  readonly goneKeyrings: string[];
  /** What every tab's sync says. */
  readonly syncState: Signal<SyncState>;
  /** Hands over what a copy has. */
  leave: () => Promise<Result<null, SyncProblem>>;
  /** What was saved so far is no longer only here. */
  allSent(): Promise<void>;
  /** What account calls answer instead. */
  fails: Partial<Record<keyof AccountApi, SyncProblem>>;
  storeProblem: StoreProblem | null;
  /** What the example is made from; null when it is not to be had. */
  example: ExampleAuthority | null;
  owed: boolean;
  isSecure: boolean;
  /** Whether what needs no key can be read without opening a copy. */
  isReadable: boolean;
  /** The browser is killed when the wraps of a keyring that is removed are destroyed. */
  diesAtRemoval: boolean;
  signedIn: PersonId | null;
  /** Every tab so far is gone without a word. */
  crash(): void;
  send(message: unknown): void;
  /** The computer slept: every open copy of every tab is told, in the order in which they were opened. */
  sleep(): void;
  tab(invitationToken?: string | null, councilReturn?: CouncilReturn | null): Promise<RunningGate>;
}

const off: SyncState = { phase: 'off', provedEqualMs: null, problem: null, clockOffsetMs: null, receiving: null };

export function fakeNotes(): PageNotes {
  const notes = new Map<string, string>();
  return {
    names: () => [...notes.keys()],
    read: (name) => notes.get(name) ?? null,
    write: (name, text) => void notes.set(name, text),
    remove: (name) => void notes.delete(name),
  };
}

export function fakeBrowser(): FakeBrowser {
  const time = fakeTime();
  const newId = countedIds(0x9000);
  const ends = new Set<(message: unknown) => void>();
  const sleepers = new Set<() => void>();
  const fails = (call: keyof AccountApi): { ok: false; problem: SyncProblem } | null => {
    browser.log.push(call);
    const problem = browser.fails[call];
    return problem === undefined ? null : { ok: false, problem };
  };
  const signedInAs = (session: Session): Result<Session, SyncProblem> => {
    browser.signedIn = session.person;
    return { ok: true, value: session };
  };

  const account: AccountApi = {
    authority: async () => fails('authority') ?? { ok: true, value: { authorityName: alex.authorityName } },
    session: async () => fails('session') ?? { ok: false, problem: { kind: 'signed-out' } },
    signIn: async (email, given) => {
      const session = [alex, blake].find((one) => one.email === email);
      const failed = fails('signIn');
      if (failed !== null) return failed;
      if (session === undefined || given !== password) return { ok: false, problem: { kind: 'wrong-credentials' } };
      return signedInAs(session);
    },
    signOut: async () => {
      const failed = fails('signOut');
      if (failed !== null) return failed;
      browser.signedIn = null;
      return { ok: true, value: null };
    },
    invitation: async () => fails('invitation') ?? { ok: false, problem: { kind: 'bad-invitation' } },
    join: async (_token, _password, profile) => {
      const failed = fails('join');
      if (failed !== null) return failed;
      browser.log.push(`profile:${profile?.name ?? ''}`);
      return signedInAs(alex);
    },
    invite: async () => fails('invite') ?? { ok: false, problem: { kind: 'not-found' } },
    access: async () => fails('access') ?? { ok: false, problem: { kind: 'not-found' } },
    accounts: async () => fails('accounts') ?? { ok: true, value: { accounts: [] } },
    changePassword: async () => fails('changePassword') ?? { ok: false, problem: { kind: 'not-found' } },
    beginFactor: async () => fails('beginFactor') ?? { ok: false, problem: { kind: 'not-found' } },
    confirmFactor: async () => fails('confirmFactor') ?? { ok: false, problem: { kind: 'wrong-code' } },
    removeFactor: async () => fails('removeFactor') ?? { ok: false, problem: { kind: 'wrong-code' } },
    unlinkCouncil: async () => fails('unlinkCouncil') ?? { ok: false, problem: { kind: 'not-found' } },
    resetFactor: async () => fails('resetFactor') ?? { ok: false, problem: { kind: 'not-found' } },
    noticed: async () => fails('noticed') ?? { ok: true, value: null },
    deposit: async ({ keyring }, secret) => {
      const failed = fails('deposit');
      if (failed !== null) return failed;
      browser.deposits.set(keyring, secret);
      return { ok: true, value: null };
    },
    deposited: async (keyring, mark) => {
      const secret = browser.deposits.get(keyring);
      return fails('deposited') ?? { ok: true, value: secret !== undefined && depositMark(hash, secret) === mark };
    },
    laptops: async () => fails('laptops') ?? { ok: true, value: { laptops: [] } },
    nameLaptop: async () => fails('nameLaptop') ?? { ok: true, value: null },
    revokeLaptop: async () => fails('revokeLaptop') ?? { ok: true, value: null },
    standing: async ({ keyring }) =>
      browser.fails.standing
        ? { ok: false, problem: browser.fails.standing }
        : { ok: true, value: { revoked: browser.revoked.get(keyring) ?? null } },
    gone: async ({ keyring }, givenUp) => {
      browser.log.push(`gone:${givenUp}`);
      browser.goneKeyrings.push(keyring);
      return { ok: true, value: null };
    },
    recover: async (keyring) => {
      const secret = browser.deposits.get(keyring);
      return (
        fails('recover') ??
        (secret === undefined ? { ok: false, problem: { kind: 'not-found' } } : { ok: true, value: { secret } })
      );
    },
  };

  const keyrings: Keyrings = {
    list: async () => ({ ok: true, value: [...browser.rows.values()].map(({ entry }) => entry) }),
    create: async ({ home, session, passphrase: chosen }) => {
      const { person, email } = session;
      const keyring = newId();
      const entry: KeyringEntry = {
        keyring,
        home,
        authority: session.authority as AuthorityId,
        authorityName: session.authorityName,
        person: person as PersonId,
        label: email,
        database: `plumbline-${keyring}`,
        device: newId() as DeviceId,
        createdMs: 0,
        deposited: false,
        passkey: null,
      };
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
      const secret = home === 'laptop' ? codeSecret : hex(1);
      browser.rows.set(keyring, { entry, passphrase: chosen, secret, key });
      return { ok: true, value: { entry, key, recoverySecret: secret } };
    },
    markDeposited: async (entry) => {
      const row = browser.rows.get(entry.keyring);
      if (row === undefined) return { ok: false, problem: { kind: 'storage-failed', why: 'gone' } };
      row.entry = { ...entry, deposited: true };
      return { ok: true, value: row.entry };
    },
    unlock: async ({ keyring }, given) => {
      const row = browser.rows.get(keyring);
      if (row === undefined) return { ok: false, problem: { kind: 'no-such-keyring' } };
      return row.passphrase === given
        ? { ok: true, value: row.key }
        : { ok: false, problem: { kind: 'wrong-passphrase' } };
    },
    serverSecret: async ({ keyring, home }) => {
      const row = browser.rows.get(keyring);
      return home === 'server' ? (row?.renewal ?? row?.secret ?? null) : null;
    },
    serverHolds: async ({ keyring }, _key, secret) => {
      const row = browser.rows.get(keyring);
      if (row === undefined || secret !== (row.renewal ?? row.secret)) return false;
      Object.assign(row, { secret, renewal: undefined });
      return true;
    },
    unlockWithPasskey: async ({ keyring }, [first]) => {
      const row = browser.rows.get(keyring);
      return row?.entry.passkey && first === browser.passkey?.[0]
        ? { ok: true, value: row.key }
        : { ok: false, problem: { kind: 'wrong-passkey' } };
    },
    addPasskey: async ({ keyring }, given, { credential, asked }) => {
      const row = browser.rows.get(keyring);
      if (row === undefined) return { ok: false, problem: { kind: 'no-such-keyring' } };
      if (row.passphrase !== given) return { ok: false, problem: { kind: 'wrong-passphrase' } };
      row.entry = { ...row.entry, passkey: { credential, asked, addedMs: 1 } };
      return { ok: true, value: row.entry };
    },
    dropPasskey: async (entry) => {
      const dropped = { ...entry, passkey: null };
      const row = browser.rows.get(entry.keyring);
      if (row !== undefined) row.entry = dropped;
      return dropped;
    },
    unlockWithRecovery: async ({ keyring, home }, secret, chosen) => {
      const row = browser.rows.get(keyring);
      if (row === undefined || row.secret !== secret) return { ok: false, problem: { kind: 'wrong-recovery-secret' } };
      row.passphrase = chosen;
      if (home === 'server') row.renewal = hex(2);
      return { ok: true, value: row.key };
    },
    remove: async ({ keyring, database }) => {
      browser.log.push('keyring removed');
      if (browser.diesAtRemoval) {
        const row = browser.rows.get(keyring);
        if (row !== undefined) row.entry = { ...row.entry, deposited: false };
        return new Promise<never>(() => undefined);
      }
      browser.rows.delete(keyring);
      browser.ports.delete(database);
    },
  };

  const newSync = (): ServerBridge => ({
    account,
    state: browser.syncState,
    start: async ({ person }) => void browser.log.push(`sync:${person === me ? 'alex' : 'blake'}`),
    syncNow: async () => undefined,
    openRecord: async () => ({ ok: true, value: true }),
    searchCase: async () => ({ ok: false, problem: { kind: 'not-found' } }),
    disclose: async () => ({ ok: false, problem: { kind: 'not-found' } }),
    missingList: async () => ({ ok: true, value: nothingMissing }),
    heldList: async () => ({ ok: true, value: { waiting: 0, groups: [] } }),
    decide: async () => ({ ok: true, value: [] }),
    tellLoss: async () => ({ ok: true, value: null }),
    tellExport: async () => ({ ok: true, value: null }),
    async leave() {
      const left = await browser.leave();
      if (left.ok) await browser.allSent();
      return left;
    },
    stop: async () => void browser.log.push('sync stopped'),
  });
  const openSummary = (): SummaryBridge => ({
    summary: signal(null),
    failed: signal(false),
    watch: () => undefined,
    auditsBehind: async () => null,
    close: async () => undefined,
  });
  const newImport = (): ImportBridge => {
    const none = async () => ({ ok: false, problem: { kind: 'cancelled' } }) as const;
    const close = async () => void browser.log.push('import closed');
    return { inspect: none, check: none, write: none, stop: async () => undefined, close };
  };
  const openStore = async (copy: Copy): Promise<Result<Store, StoreProblem>> => {
    const { database, person, device } = copy;
    if (browser.storeProblem !== null) return { ok: false, problem: browser.storeProblem };
    const port = browser.ports.get(database) ?? memoryPort();
    browser.ports.set(database, port);
    // A tab closes its own connection, not the database.
    const mine = { ...port, close: async () => void browser.log.push('store closed') } as MemoryPort;
    return { ok: true, value: (await laptop({ port: mine, person, device, authority: copy.authority })).store };
  };

  const holds: Holds = {
    hold: async (name) => {
      const one = { name };
      browser.held.add(one);
      return () => void browser.held.delete(one);
    },
    ifFree: async (name, work) => {
      if (![...browser.held].some((one) => one.name === name)) await work();
    },
  };

  /** Secrets are copied as a browser does: whoever gets one may set it to zero. */
  const passkeys: Passkeys = {
    mayHave: async () => true,
    make: async () => {
      browser.log.push('passkey made');
      if (browser.passkey === null) return { ok: false, problem: { kind: 'passkey-refused' } };
      const [credential, asked] = [new Uint8Array([1]), new Uint8Array([2])];
      return { ok: true, value: { credential, asked, secret: browser.passkey.slice() } };
    },
    ask: async () => {
      browser.log.push('passkey asked');
      if (browser.passkey === null) return { ok: false, problem: { kind: 'passkey-refused' } };
      return { ok: true, value: browser.passkey.slice() };
    },
    forget: () => void browser.log.push('passkey forgotten'),
  };

  const doors = (): Doors => {
    const listeners = new Set<(message: DoorMessage) => void>();
    const end = (data: unknown) => {
      const message = parse(doorMessageSchema, data);
      if (message !== null) for (const listener of listeners) listener(message);
    };
    ends.add(end);
    return {
      post: (message) => ends.forEach((other) => other !== end && other(message)),
      listen(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
  };

  const browser: FakeBrowser = {
    revoked: new Map(),
    goneKeyrings: [],
    syncState: signal(off),
    leave: async () => ({ ok: true, value: null }),
    async allSent() {
      for (const port of browser.ports.values())
        await port.write(['pending'], 'strict', async (tx) => {
          const rows = await tx.whereEqual('pending', 'serverVersion', unsent);
          return tx.deleteMany(
            'pending',
            rows.map(({ n }) => n),
          );
        });
    },
    time,
    log: [],
    ports: new Map(),
    rows: new Map(),
    deposits: new Map(),
    held: new Set(),
    notes: fakeNotes(),
    passkey: null,
    fails: {},
    storeProblem: null,
    example: null,
    owed: false,
    isSecure: true,
    isReadable: true,
    diesAtRemoval: false,
    signedIn: null,
    crash() {
      ends.clear();
      browser.held.clear();
    },
    sleep: () => [...sleepers].forEach((run) => run()),
    send: (message) => ends.forEach((end) => end(message)),
    async tab(invitationToken = null, councilReturn = null) {
      const gate = startGate({
        keyrings,
        passkeys,
        doors: doors(),
        holds,
        timers: time.timers,
        newId,
        hash,
        now: () => 1_750_000_000_000,
        isSecure: browser.isSecure,
        newSync,
        openSummary,
        newImport,
        onSlept(run) {
          sleepers.add(run);
          return () => void sleepers.delete(run);
        },
        openStore,
        invitationToken,
        councilReturn,
        goTo: (path, where) => void browser.log.push(`goes ${where}: ${path}`),
        clearAddress: () => browser.log.push('address cleared'),
        loadExample: async () => browser.example,
        exampleDatabases: {
          list: async () => [...browser.ports.keys()].filter((name) => name.startsWith('plumbline-example-')),
          remove: async (name) => {
            browser.log.push('example removed');
            browser.ports.delete(name);
          },
        },
        owedSignOut: { isSet: () => browser.owed, set: (owed) => (browser.owed = owed) },
        notes: browser.notes,
        readLeft: async (database) =>
          browser.isReadable ? ((await browser.ports.get(database)?.read(leftTables, leftHere)) ?? null) : null,
        leavingWhy: 'taken',
        losses: openLosses({ notes: browser.notes, now: () => 1_750_000_000_000 }),
        askToPersist: async () => void browser.log.push('persist'),
      });
      await time.settle();
      return gate;
    },
  };
  return browser;
}
