/**
 * What crosses between the page and its workers (through Comlink): types only. Everything here survives structured
 * cloning; expected failures are returned as data, since an Error loses its class on the way.
 */
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../domain/ids.ts';
import type { Figure, Summary, SummaryQuery } from '../domain/summary.ts';
import type { Decided, HeldList, LeadSays } from './held.ts';
import type { Inspection } from './import.ts';
import type {
  FileReading,
  ImportAccess,
  ImportCheck,
  ImportPlan,
  ImportProgress,
  ImportStop,
  ImportWritten,
  InspectAsked,
} from './import-job.ts';
import type { CopyStanding, LaptopShown, RevokeForm } from './laptops.ts';
import type { ExportNote } from './export.ts';
import type { Loss } from './loss.ts';
import type { DiscloseAsk, DiscloseReply, SearchReply } from './subject-access.ts';
import type { MissingList } from './missing.ts';
import type { Cursor } from './sync.ts';
import type { Account, AuthorityReply, Invitation, Session } from './session.ts';
import type { Enrolment, Result, SyncProblem } from './problem.ts';

/** One person's opened store, as a worker needs it to open it too. */
export interface StoreTicket {
  readonly database: string;
  readonly authority: AuthorityId;
  readonly person: PersonId;
}

/** What the sync worker needs besides: under which device the store was made, and by what the server knows the copy while it is locked. */
export interface SyncTicket extends StoreTicket {
  readonly device: DeviceId;
  readonly keyring: string;
}

export interface SummaryApi {
  /** Answers while the thread lives and reads its store: another one may open it anew. */
  ping(): Promise<true>;
  /** Opens the store for reading. No key: percentages are made from plain columns. */
  open(ticket: StoreTicket): Promise<void>;
  /** Calls `onAnswer` with the answer now and after each change; a new query replaces the one before. */
  watch(query: SummaryQuery, onAnswer: (summary: Summary) => void): Promise<void>;
  /** Ids of the audits behind a figure, newest month first: one page, and how many there are in all. */
  auditsBehind(
    query: SummaryQuery,
    figure: Figure,
    offset: number,
    limit: number,
  ): Promise<{ readonly ids: readonly RecordId[]; readonly total: number }>;
  close(): Promise<void>;
}

/** What the page shows of syncing. Times are milliseconds by the server's clock. */
export interface SyncState {
  readonly phase: 'off' | 'offline' | 'connecting' | 'syncing' | 'idle' | 'signed-out' | 'paused';
  /** When both were last proved equal by digest with nothing left to send; null before, after a later push and after what contradicts it, until the next proof. */
  readonly provedEqualMs: number | null;
  readonly problem: SyncProblem | null;
  /** Since when syncing fails at a server that is there, once that is more than one failure; null or absent when it does not. */
  readonly stuckSinceMs?: number | null;
  /** Server time minus this laptop's, in milliseconds; null before the first contact. */
  readonly clockOffsetMs: number | null;
  /** First download: records received so far, or null when it is done. */
  readonly receiving: number | null;
}

export interface SyncApi {
  /** Starts syncing (as leader, or waiting to become it) under the person's unlocked key. */
  start(ticket: SyncTicket, key: CryptoKey, onState: (state: SyncState) => void): Promise<void>;
  /** Tries now, whatever the timers and `navigator.onLine` say. */
  syncNow(): Promise<void>;
  /** The person came back to the tab: tries now, unless signed out or paused. */
  nudge(): Promise<void>;
  /** Fetches one record in full. `false` when the server has none for this person. */
  openRecord(record: RecordId): Promise<Result<boolean, SyncProblem>>;
  /** The held groups that this person decides about; with `limit` 0 only how many there are. */
  heldList(limit: number): Promise<Result<HeldList, SyncProblem>>;
  /** What a restore of the server did not bring back; with `limit` 0 only how many changes. */
  missingList(limit: number): Promise<Result<MissingList, SyncProblem>>;
  /** All audits that something is held of under a case reference. */
  searchCase(reference: string): Promise<Result<SearchReply, SyncProblem>>;
  /** What is held of one of them, a page of its history at a time. */
  disclose(ask: DiscloseAsk): Promise<Result<DiscloseReply, SyncProblem>>;
  /** What became of each group, in the order asked. */
  decide(says: LeadSays): Promise<Result<readonly Decided[], SyncProblem>>;
  /** Tells the server's log what the browser has lost. */
  tellLoss(loss: Loss): Promise<Result<null, SyncProblem>>;
  /** Tells the server's log of a file that was made here. */
  tellExport(made: ExportNote): Promise<Result<null, SyncProblem>>;
  /**
   * Hands over all that the server does not have, because the copy is to be forgotten. `why` is said of what it could not read as
   * changes.
   */
  leave(why: string): Promise<Result<null, SyncProblem>>;
  /** Sends what is left for at most `graceMs`, then stops and drops the key. */
  stop(graceMs: number): Promise<void>;
  /** Answers at once: the heartbeat of the thread. */
  ping(): Promise<true>;
}

/** Name and email of a person whose invitation asks for them: the first QA lead of an authority. */
export interface JoinProfile {
  readonly name: string;
  readonly email: string;
}

/** What a sign-in may bring besides: a code of the second factor, and the keyring whose recovery secret it is to fetch. */
export interface SignInMore {
  readonly code?: string;
  readonly recovers?: string;
}

/** Whose secret is deposited, and for which copy: a session of somebody else's is refused. */
export interface DepositOf {
  readonly keyring: string;
  readonly device: DeviceId;
  readonly person: PersonId;
}

/** Account calls, made by the sync worker because its transport alone touches the network. */
export interface AccountApi {
  /** The authority whose server this is, and whether its own accounts sign in. */
  authority(): Promise<Result<AuthorityReply, SyncProblem>>;
  session(): Promise<Result<Session, SyncProblem>>;
  signIn(email: string, password: string, more?: SignInMore): Promise<Result<Session, SyncProblem>>;
  signOut(): Promise<Result<null, SyncProblem>>;
  invitation(token: string): Promise<Result<Invitation, SyncProblem>>;
  join(token: string, password: string, profile?: JoinProfile): Promise<Result<Session, SyncProblem>>;
  invite(person: PersonId): Promise<Result<{ readonly link: string; readonly expiresMs: number }, SyncProblem>>;
  /** Says whether a person may sign in at all. */
  access(person: PersonId, allowed: boolean): Promise<Result<null, SyncProblem>>;
  /** The accounts there are, for a QA lead. */
  accounts(): Promise<Result<{ readonly accounts: readonly Account[] }, SyncProblem>>;
  /** Changes one's own password: every other session ends. Who is signed in, as after a sign-in. `code`: of the second factor in use. */
  changePassword(password: string, newPassword: string, code?: string): Promise<Result<Session, SyncProblem>>;
  /**
   * Begins setting up a second factor; `confirmFactor` takes it into use. `code`: of the second factor in use, when there is one.
   */
  beginFactor(password: string, code: string | undefined): Promise<Result<Enrolment, SyncProblem>>;
  confirmFactor(code: string): Promise<Result<null, SyncProblem>>;
  removeFactor(password: string, code: string): Promise<Result<null, SyncProblem>>;
  /** Takes away somebody else's. */
  resetFactor(person: PersonId): Promise<Result<null, SyncProblem>>;
  /** Unties somebody from their account at the council's provider. */
  unlinkCouncil(person: PersonId): Promise<Result<null, SyncProblem>>;
  /** The notices of this account up to this one have been read. */
  noticed(atMs: number): Promise<Result<null, SyncProblem>>;
  deposit(copy: DepositOf, secret: string): Promise<Result<null, SyncProblem>>;
  /** Whether the server holds the secret with this mark for the keyring. */
  deposited(keyring: string, mark: string): Promise<Result<boolean, SyncProblem>>;
  recover(keyring: string): Promise<Result<{ readonly secret: string }, SyncProblem>>;
  /** The laptops this person may see. */
  laptops(): Promise<Result<{ readonly laptops: readonly LaptopShown[] }, SyncProblem>>;
  /** What this person calls a laptop of theirs; empty for nothing. */
  nameLaptop(device: DeviceId, name: string): Promise<Result<null, SyncProblem>>;
  /** Has the copy on a laptop forgotten. `password`: for a stolen one, of whoever says so, where they have one. */
  revokeLaptop(
    device: DeviceId,
    form: RevokeForm,
    reason: string,
    password: string | undefined,
  ): Promise<Result<null, SyncProblem>>;
  /** Whether a copy here is to be forgotten. Needs no session and no key. */
  standing(asked: CopyAsked): Promise<Result<CopyStanding, SyncProblem>>;
  /** A copy that was here is no more, and so many changes went with it that the server does not have. */
  gone(copy: Pick<CopyAsked, 'keyring' | 'device'>, givenUp: number): Promise<Result<null, SyncProblem>>;
}

/**
 * A copy as a locked app knows it. `acknowledged`: the last change of it that a server has taken; `kept`: the same of each device
 * of which ops are retained.
 */
export interface CopyAsked {
  readonly keyring: string;
  readonly device: DeviceId;
  readonly acknowledged: number;
  readonly cursor: Cursor | null;
  readonly kept: readonly { readonly device: DeviceId; readonly seq: number }[];
}

type OnImportProgress = (progress: ImportProgress) => void;

/** One job at a time: a new one ends the one before, between two audits. */
export interface ImportApi {
  ping(): Promise<true>;
  /** Says what is in a file. */
  inspect(file: File, asked: InspectAsked, onProgress: OnImportProgress): Promise<Result<Inspection, ImportStop>>;
  /** Reads every row as it would be read, and writes nothing. */
  check(
    access: ImportAccess,
    file: File,
    reading: FileReading,
    onProgress: OnImportProgress,
  ): Promise<Result<ImportCheck, ImportStop>>;
  /** Writes what is not here yet. The same plan again goes on where it ended. */
  write(
    access: ImportAccess,
    file: File,
    plan: ImportPlan,
    onProgress: OnImportProgress,
  ): Promise<Result<ImportWritten, ImportStop>>;
  /** Ends the job that is running, between two audits. */
  stop(): Promise<void>;
}
