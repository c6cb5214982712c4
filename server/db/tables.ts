/**
 * The tables as queries see them. What holds on every database Plumbline runs on: ids and JSON are text, a boolean is 0 or
 * 1, a time is milliseconds since 1970, and `authority` is part of every key.
 */
import type { Generated, Transaction } from 'kysely';
import type {
  AccountTable,
  SessionTable,
  WrongTryTable,
  NoticeTable,
  SecondFactorTable,
  RecoveryCodeTable,
  IdentityTable,
  CouncilTryTable,
  InvitationTable,
  RecoveryTable,
  LaptopTable,
  RevocationTable,
} from './account-tables.ts';

export interface AuthorityTable {
  readonly id: string;
  readonly epoch: string;
  /** The server's own pen: the person and device under which it writes its few ops. Nobody can sign in as it. */
  readonly server_person: string;
  readonly server_device: string;
  /** The person the bootstrap link makes the first QA lead. */
  readonly first_person: string;
  /** The newest version given, and the history head there. */
  readonly version: number;
  readonly head: string;
  readonly created_ms: number;
  /** Tells the key of the recovery deposits from any other; null until a server has brought one. */
  readonly recovery_key: string | null;
}

export interface DeviceTable {
  readonly authority: string;
  readonly device: string;
  readonly person: string;
  readonly seq: number;
  readonly head: string;
  readonly seen_ms: number;
}

/** Every op ever received: accepted, held or waiting. Never deleted; changed once, when one that waited, or that a lead accepts, is let in. */
export interface OpTable {
  readonly authority: string;
  readonly device: string;
  readonly seq: number;
  readonly person: string;
  readonly grp: string;
  readonly group_size: number;
  readonly record: string;
  readonly kind: string;
  readonly unit: string;
  readonly claimed_ms: number;
  readonly claimed_count: number;
  readonly order_ms: number;
  readonly order_count: number;
  readonly base: string | null;
  readonly settles: string;
  readonly value: string;
  readonly salt: string;
  readonly leaf: string;
  readonly prev: string;
  readonly received_ms: number;
  /** The roles the person had when it was received, as JSON. */
  readonly roles: string;
  readonly accepted: number;
  /** The record's version that holds it; null when held or waiting. */
  readonly version: number | null;
  /** The salted hash of its value when that was erased (`value` is what was left, and `salt` empty); null otherwise. */
  readonly value_hash: string | null;
}

/** The chain over everything that was taken, in that order (`domain/server-chain`). Never updated, never deleted. */
export interface ChainTable {
  readonly authority: string;
  /** From 1 on, without a gap. */
  readonly place: number;
  readonly what: string;
  readonly subject: string;
  readonly number: number;
  readonly head: string;
}

/** Ops that were not accepted when they came, and why. Their content is in `op`. */
export interface HeldTable {
  readonly authority: string;
  readonly device: string;
  readonly seq: number;
  readonly person: string;
  readonly record: string;
  readonly code: string;
  readonly why: string;
  readonly held_ms: number;
  /** `undecided`, or the newest decision about its group. */
  readonly state: Generated<string>;
}

/** What was decided about a held group, each decision a row. Never updated, never deleted. */
export interface DecisionTable {
  readonly authority: string;
  readonly device: string;
  readonly grp: string;
  /** From 1 on, for each group. */
  readonly number: number;
  /** Whose ops they are. */
  readonly author: string;
  readonly what: string;
  readonly by_person: string;
  readonly why: string;
  /** When it was decided, by the clock of where it was; and when it reached the server. */
  readonly at_ms: number;
  readonly received_ms: number;
  /** What was discarded on a laptop without ever having been received as ops, as JSON; null otherwise. */
  readonly content: string | null;
  /** What the chain has of its words: `decisionHash`, and the salt of that. */
  readonly salt: string;
  readonly hash: string;
}

/** Each record as it stands, with the facts that scope asks for as columns. */
export interface RecordTable {
  readonly authority: string;
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly changed_ms: number;
  readonly digest: string;
  /** The digest of what its moderator is sent while they are blind to it; null when nobody is. */
  readonly blind: string | null;
  readonly units: string;
  readonly service: string | null;
  readonly team: string | null;
  readonly auditor: string | null;
  readonly moderator: string | null;
  /** Of a person's record: the email signed in with, in lower case. */
  readonly email: string | null;
}

/** How many records of a cell there are, and the sums of their digests (`sums`). An empty text is no service, anybody, or nobody's. */
export interface RecordSumTable {
  readonly authority: string;
  readonly auditor: string;
  readonly moderator: string;
  readonly kind: string;
  readonly service: string;
  readonly team: string;
  readonly count: number;
  readonly digest: string;
  readonly sent: string;
}

/** The history head at each version. */
export interface VersionTable {
  readonly authority: string;
  readonly version: number;
  readonly record: string;
  readonly head: string;
}

/** Who opened which record, first and last; the last time says for how long it is sent to them in full. */
export interface OpenedTable {
  readonly authority: string;
  readonly person: string;
  readonly record: string;
  readonly first_ms: number;
  readonly last_ms: number;
}

/** Which records a search for a case found. */
export interface FoundTable {
  readonly authority: string;
  readonly search: string;
  readonly record: string;
}

/** When it was last noticed that this database is a backup that was put back. */
export interface RestoredTable {
  readonly authority: string;
  readonly noticed_ms: number;
}

/** What each laptop knew of a history that is not this one, when it last said so for the first time in 30 days. */
export interface ContradictedTable {
  readonly authority: string;
  readonly device: string;
  readonly person: string;
  /** Of the history it knew. */
  readonly epoch: string;
  readonly noticed_ms: number;
}

/** Ops that do not fit yet, because what they stand on was lost. Their content is in `op`. */
export interface WaitingTable {
  readonly authority: string;
  readonly device: string;
  readonly seq: number;
  readonly since_ms: number;
  readonly why: string;
  /** Whether it comes with the server's own receipt for having been accepted before. */
  readonly receipted: number;
  /** When it was judged last, and the authority's version then. */
  readonly asked_ms: number;
  readonly asked_version: number;
}

/**
 * Ops that this server has had and lost: a laptop has seen them confirmed, or they are from a gap in a device's chain, of
 * which no more is known. Those that have come back are in `op`.
 */
export interface MissingTable {
  readonly authority: string;
  readonly device: string;
  readonly seq: number;
  readonly person: string | null;
  readonly record: string | null;
  readonly kind: string | null;
  readonly unit: string | null;
  readonly told_ms: number;
  readonly made_ms: number | null;
  /** Each teller has a row of their own; empty where it was told before that was kept. */
  readonly told_by: string;
  /** 1 once a second person has told the same; 0 while it is one person's word. */
  readonly firm: number;
}

/** The public half of the key file, so that another one is noticed. */
export interface ServerKeyTable {
  readonly authority: string;
  readonly public: string;
}

export interface Tables {
  readonly authority: AuthorityTable;
  readonly device: DeviceTable;
  readonly op: OpTable;
  readonly chain: ChainTable;
  readonly held: HeldTable;
  readonly decision: DecisionTable;
  readonly record: RecordTable;
  readonly record_sum: RecordSumTable;
  readonly version: VersionTable;
  readonly opened: OpenedTable;
  readonly found: FoundTable;
  readonly account: AccountTable;
  readonly session: SessionTable;
  readonly wrong_try: WrongTryTable;
  readonly notice: NoticeTable;
  readonly identity: IdentityTable;
  readonly council_try: CouncilTryTable;
  readonly second_factor: SecondFactorTable;
  readonly recovery_code: RecoveryCodeTable;
  readonly invitation: InvitationTable;
  readonly recovery: RecoveryTable;
  readonly laptop: LaptopTable;
  readonly revocation: RevocationTable;
  readonly restored: RestoredTable;
  readonly contradicted: ContradictedTable;
  readonly waiting: WaitingTable;
  readonly missing: MissingTable;
  readonly server_key: ServerKeyTable;
}

/** What every query function takes: an open transaction, so that no query can run outside one. */
export type Tx = Transaction<Tables>;
