/**
 * What the doors of the gate share: where it stands, whose copies are here, the one laptop that is open, and what the tabs
 * of one person tell each other about it.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { ExampleAuthority } from '../domain/example/example-authority.ts';
import type { Hash } from '../domain/chain.ts';
import type { NewId } from '../domain/ids.ts';
import type { ImportAccess } from '../protocol/import-job.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import type { CouncilReturn } from '../protocol/session.ts';
import type { Timers } from '../protocol/timers.ts';
import type { ExampleDatabases } from '../store/example-databases.ts';
import type { LeftHere } from '../store/hand-over.ts';
import type { Keyrings } from '../store/keyring.ts';
import type { Copy, KeyringEntry } from '../store/keyring-entry.ts';
import type { Store } from '../store/open.ts';
import type { Doors } from './doors.ts';
import type { Gate } from './gate-state.ts';
import { readForgotten } from './forgotten.ts';
import type { Holds } from './holds.ts';
import type { ImportBridge } from './import-bridge.ts';
import type { Losses } from './losses.ts';
import { openLaptop, type Closing, type LaptopDeps, type OpenLaptop } from './laptop.ts';
import { ownPasskey } from './own-passkey.ts';
import type { Reminder } from './owed-sign-out.ts';
import type { PageNotes } from './page-notes.ts';
import type { Passkeys } from './passkeys.ts';
import type { SummaryBridge } from './summary-bridge.ts';
import type { ServerBridge } from './sync-bridge.ts';

export interface GateDeps {
  readonly keyrings: Keyrings;
  readonly passkeys: Passkeys;
  readonly doors: Doors;
  readonly holds: Holds;
  readonly timers: Timers;
  readonly newId: NewId;
  readonly hash: Hash;
  /** By this laptop's clock. */
  readonly now: () => number;
  /** Browsers seal and work offline on secure addresses only. */
  readonly isSecure: boolean;
  readonly newSync: () => ServerBridge;
  readonly openSummary: (copy: Copy) => SummaryBridge;
  readonly newImport: (access: ImportAccess) => ImportBridge;
  /** Calls back when the computer has slept. Returns how to stop. */
  readonly onSlept: (run: () => void) => () => void;
  readonly openStore: (
    copy: Copy,
    key: CryptoKey,
    onBlocked: (isBlocked: boolean) => void,
  ) => Promise<Result<Store, StoreProblem>>;
  /** Somebody comes back from the council's provider; null when nobody does. */
  readonly councilReturn: CouncilReturn | null;
  /** Leaves for a page of the server: `here`, or in a window of its own beside the open app. */
  readonly goTo: (path: string, where: 'here' | 'beside') => void;
  /** The token of an invitation link that led here, or null. */
  readonly invitationToken: string | null;
  /** Takes what led here out of the address: a used token, a page of somebody else's. */
  readonly clearAddress: () => void;
  readonly owedSignOut: Reminder;
  /** What makes the example up; null when it is neither on this laptop nor to be had. */
  readonly loadExample: () => Promise<ExampleAuthority | null>;
  readonly exampleDatabases: ExampleDatabases;
  readonly losses: Losses;
  /** The page's own storage. */
  readonly notes: PageNotes;
  /** What a copy says of itself without its key; null when it cannot be opened. */
  readonly readLeft: (database: string) => Promise<LeftHere | null>;
  /** What is said of changes that the server cannot read, when a copy that is to be forgotten hands them over. */
  readonly leavingWhy: string;
  /** Asks the browser to keep this origin's storage when space is short. */
  readonly askToPersist: () => Promise<void>;
}

/** A laptop about to be opened, as the door it comes through makes it. */
export type Coming = Pick<
  LaptopDeps,
  'entry' | 'key' | 'store' | 'session' | 'sync' | 'account' | 'endSession' | 'beside' | 'beforeForgetting'
> & {
  /** Where the gate goes as it closes, if it was let in. */
  readonly onClosing: (how: Closing) => void;
  readonly onClosed?: (how: Closing) => Promise<void>;
};

export interface Hall {
  readonly deps: GateDeps;
  readonly gate: ReadonlySignal<Gate>;
  go(next: Gate): void;
  /** To unlocking where somebody has a copy here, else to the welcome; before that, to what is to be read of one that is no more. */
  toDoor(): void;
  toWelcome(): void;
  entries(): readonly KeyringEntry[];
  setEntries(entries: readonly KeyringEntry[]): void;
  openStore(copy: Copy, key: CryptoKey): Promise<Result<Store, StoreProblem>>;
  /** Another window keeps a laptop from being opened. */
  readonly blocked: ReadonlySignal<boolean>;
  /** Opens a laptop, unless the gate has moved on from `from` meanwhile. */
  letIn(coming: Coming, from: Gate): Promise<void>;
  opened(): OpenLaptop | null;
}

/** Held by every tab that has a copy open, from before it is let in until its store is closed. */
export const openCopy = (keyring: string): string => `plumbline-open:${keyring}`;

export function openHall(deps: GateDeps): Hall {
  const { doors, timers } = deps;
  const gate = signal<Gate>({ kind: 'starting' });
  const blocked = signal(false);
  let entries: readonly KeyringEntry[] = [];
  let open: OpenLaptop | null = null;
  const go = (next: Gate): void => {
    gate.value = next;
  };

  doors.listen((message) => {
    const key = open?.key() ?? null;
    const mine = open?.laptop.entry.keyring;
    if (message.kind === 'gone') return forgetEntry(message.keyring);
    if (open === null || mine === undefined) return;
    switch (message.kind) {
      case 'ask':
        if (key !== null && message.keyrings.includes(mine)) doors.post({ kind: 'offer', keyring: mine, key });
        return;
      case 'lock':
        if (message.keyring === mine) void open.lockedElsewhere();
        return;
      case 'active':
        if (message.keyring === mine) open.touchedElsewhere();
        return;
      case 'offer':
        return;
      default:
        return message satisfies never;
    }
  });

  /** Another tab has seen a copy go. */
  function forgetEntry(keyring: string): void {
    entries = entries.filter((entry) => entry.keyring !== keyring);
    if (gate.value.kind === 'unlock') toDoor();
  }

  /** What another tab, or this one, has changed of the entries that are known here: a passkey that came or went. */
  async function freshen(): Promise<void> {
    const listed = await deps.keyrings.list();
    if (!listed.ok) return;
    entries = entries.map((known) => listed.value.find(({ keyring }) => keyring === known.keyring) ?? known);
    if (gate.value.kind === 'unlock') {
      const shown = new Set(gate.value.entries.map(({ keyring }) => keyring));
      go({ kind: 'unlock', entries: entries.filter(({ keyring }) => shown.has(keyring)) });
    }
  }

  function toDoor(): void {
    const forgotten = readForgotten(deps.notes);
    if (forgotten !== null) return go({ kind: 'forgotten', forgotten });
    if (entries.length === 0) return toWelcome();
    go({ kind: 'unlock', entries });
    void freshen();
  }

  const toWelcome = (): void => go({ kind: 'welcome', canGoBack: entries.length > 0 });
  return {
    deps,
    gate,
    go,
    toWelcome,
    toDoor,
    entries: () => entries,
    setEntries(next) {
      entries = next;
    },
    openStore: (copy, key) => deps.openStore(copy, key, (isBlocked) => void (blocked.value = isBlocked)),
    blocked,
    async letIn(coming, from) {
      const { keyring } = coming.entry;
      const kept = entries.find((entry) => entry.keyring === keyring);
      let isIn = false;
      await deps.losses.look(coming.entry, coming.store);
      const release = await deps.holds.hold(openCopy(keyring));
      const next = await openLaptop({
        ...coming,
        summary: deps.openSummary(coming.entry),
        newImport: deps.newImport,
        onSlept: deps.onSlept,
        losses: deps.losses,
        notes: deps.notes,
        holds: deps.holds,
        ownPasskey: kept === undefined ? null : ownPasskey(kept, { ...deps, onChange: () => void freshen() }),
        timers,
        goBeside: (path) => deps.goTo(path, 'beside'),
        tellTabs: (kind) => doors.post({ kind, keyring }),
        onClosing(how) {
          open = null;
          if (isIn) coming.onClosing(how);
        },
        async onClosed(how) {
          release();
          await coming.onClosed?.(how);
        },
      });
      open = next;
      isIn = gate.value === from;
      if (isIn) go({ kind: 'open', laptop: next.laptop });
      else await next.lockedElsewhere();
    },
    opened: () => open,
  };
}
