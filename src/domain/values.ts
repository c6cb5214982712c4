/**
 * The value of every unit, kind by kind. Types only; `src/protocol/values` has the schema of each, held to these types.
 * No field holds a child's name: a local case reference, optionally initials and an age band.
 */
import type { GradeId } from './grade.ts';
import type { CycleId, PersonId, RecordId, ServiceId, TeamId, ToolId } from './ids.ts';
import type { Tool } from './tool.ts';

/** `YYYY-MM-DD` */
export type Day = string;

export const selectionMethods = [
  'random',
  'stratified',
  'thematic',
  'closure',
  'referred',
  'inspection',
  'other',
] as const;
export type SelectionMethod = (typeof selectionMethods)[number];

export const ageBands = ['unborn', '0-4', '5-9', '10-15', '16-17', '18-25'] as const;
export type AgeBand = (typeof ageBands)[number];

export interface CaseValue {
  readonly reference: string;
  readonly initials: string | null;
  readonly ageBand: AgeBand | null;
  readonly header: Readonly<Record<string, string>>;
}

export interface AllocationValue {
  readonly tool: ToolId;
  readonly service: ServiceId;
  readonly team: TeamId;
  readonly auditor: PersonId | null;
  readonly moderator: PersonId | null;
  readonly due: Day | null;
  readonly selection: SelectionMethod;
  readonly cycle: CycleId | null;
  readonly extendedTo: Day | null;
  readonly extensionApprover: PersonId | null;
  readonly extensionReason: string;
  readonly exempt: boolean;
  readonly exemptionApprover: PersonId | null;
  readonly exemptionReason: string;
}

export interface SectionValue {
  readonly grade: GradeId | null;
  readonly notApplicable: boolean;
  readonly notApplicableReason: string;
  readonly evidence: string;
  readonly rationale: string;
}

/** By check id: `yes`, `no`, `na` or a day. An unanswered check has no entry. */
export interface ChecksValue {
  readonly answers: Readonly<Record<string, string>>;
}

export interface OverallValue {
  readonly suggested: GradeId | null;
  readonly chosen: GradeId | null;
  /** The rule that made the suggestion or the limit; empty when there was none. */
  readonly rule: string;
  readonly reason: string;
}

export interface VoiceValue {
  /** null until the auditor says whether it was obtained. */
  readonly obtained: boolean | null;
  readonly words: string;
  readonly because: string;
}

export interface ConcernValue {
  readonly raised: boolean;
  readonly told: string;
  /** `YYYY-MM-DDTHH:MM` as the auditor gave it, local time. */
  readonly toldAt: string | null;
  readonly how: string;
}

/** An event is written once. `at` is milliseconds by the laptop's clock, corrected by the known server offset. */
export interface EventValue {
  readonly by: PersonId;
  readonly at: number;
  readonly reason: string;
}

/**
 * What was wrong in an audit that was closed already, put right in the same group as this is written (UK GDPR Article 16): why,
 * by whom and when. What stood there before is in the history alone: it may be another child's.
 */
export interface CorrectionValue extends EventValue {
  /** The unit that was corrected. */
  readonly unit: 'case';
}

/** An audit that was graded elsewhere and came in with an import: written once, when it comes in. */
export interface ImportedValue {
  readonly import: RecordId;
  /** The identity of its row in the file: the same row again is the same audit. */
  readonly row: string;
  /** The number of its row in the file, from 1, as a spreadsheet shows it. */
  readonly line: number;
  /** The day the file gives it; null where it gives none. */
  readonly day: Day | null;
}

/**
 * One import of graded records. Its audits count from the moment they are here until the event `undone`; the event
 * `finished` says that every row was written.
 */
export interface ImportSourceValue {
  /** The file's name. */
  readonly file: string;
  /** SHA-256 of the file's bytes, 64 hex digits. */
  readonly digest: string;
  /** How many audits the whole import has. */
  readonly rows: number;
  readonly tool: ToolId;
  readonly by: PersonId;
  /** Milliseconds since 1970, by the laptop's corrected clock. */
  readonly at: number;
  /** How the columns and labels were read, in words, one line each. */
  readonly mapping: string;
}

export interface FormerName {
  readonly name: string;
  readonly until: Day;
}

export interface ServiceValue {
  readonly name: string;
  readonly from: Day;
  readonly to: Day | null;
  readonly was: readonly FormerName[];
}

export interface TeamValue extends ServiceValue {
  readonly service: ServiceId;
}

export interface PersonValue {
  readonly name: string;
  readonly email: string;
}

export const roleNames = [
  'auditor',
  'moderator',
  'team-lead',
  'head-of-service',
  'qa-lead',
  'administrator',
  'board-viewer',
] as const;
export type RoleName = (typeof roleNames)[number];

/** What a grant of each role names: without any of it, a role that names some reaches nothing. */
export const roleScopes: Readonly<Record<RoleName, readonly ('services' | 'teams')[]>> = {
  auditor: [],
  moderator: ['services', 'teams'],
  'team-lead': ['services', 'teams'],
  'head-of-service': ['services'],
  'qa-lead': [],
  administrator: [],
  'board-viewer': [],
};

/** A role in force from `from` to `to` inclusive. Empty lists mean no service and no team, never "all". */
export interface RoleGrant {
  readonly role: RoleName;
  readonly services: readonly ServiceId[];
  readonly teams: readonly TeamId[];
  readonly from: Day;
  readonly to: Day | null;
}

export interface RolesValue {
  readonly grants: readonly RoleGrant[];
}

export interface ToolValue {
  readonly tool: Tool;
}

/** How long audits say whose case they are, in months from their last change; null: for ever. */
export interface RetentionValue {
  readonly months: number | null;
  readonly cycles: readonly { readonly cycle: CycleId; readonly months: number | null }[];
  /** A laptop that has not reached the server for so many days drops its copy of what it was sent; null: never. */
  readonly laptopDays: number | null;
}

/** A legal hold: nothing is erased while it is on. */
export interface HoldValue {
  readonly on: boolean;
  /** Also every other audit of the same case. */
  readonly wholeCase: boolean;
  readonly by: PersonId;
  readonly at: number;
  readonly why: string;
}

/** Written by the server when it has erased an audit's content. */
export interface ErasedValue {
  /** Who set the period. */
  readonly by: PersonId;
  readonly at: number;
  readonly certificate: string;
  /** The hash of what was left (`keptHash`). */
  readonly kept: string;
}

/** What an erasure did: how many audits and changes, last changed from which day to which, and the chain before it. */
export interface CertificateValue {
  readonly at: number;
  readonly by: PersonId;
  readonly audits: number;
  readonly changes: number;
  readonly from: Day;
  readonly to: Day;
  readonly place: number;
  readonly head: string;
}

/** Written by the server when somebody has looked for all that is held about one case: numbers alone. */
export interface SearchValue {
  readonly at: number;
  readonly by: PersonId;
  /** How many audits were found, and how many changes they have. */
  readonly audits: number;
  readonly changes: number;
}

export interface AuthorityValue {
  readonly name: string;
}
