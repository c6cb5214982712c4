/**
 * The log: one line of JSON per event, from a closed list of events, with ids and counts. Never a body, a name, an email, a
 * text or a token: what is not a field of the list below cannot be written.
 */
import type { PersonId, RecordId } from '../src/domain/ids.ts';
import type { ExportNote } from '../src/protocol/export.ts';
import type { RevokeForm } from '../src/protocol/laptops.ts';
import type { CouncilRefusal } from '../src/protocol/session.ts';
import type { Unclaimed } from './auth/claim.ts';
import type { Proof } from './sync/regathering.ts';

export type LogEvent =
  | { readonly event: 'started'; readonly port: number; readonly metricsPort?: number }
  | { readonly event: 'stopping' }
  | { readonly event: 'authority-made'; readonly authority: string }
  /** What a restore that died had left beside a database that is in order: it was removed. */
  | { readonly event: 'half-restore-cleared' }
  | { readonly event: 'signed-in'; readonly person: PersonId }
  | { readonly event: 'sign-in-refused'; readonly address: string; readonly person?: PersonId }
  | { readonly event: 'signed-out'; readonly person: PersonId }
  | { readonly event: 'invited'; readonly person: PersonId; readonly by: PersonId }
  | { readonly event: 'invitation-refused'; readonly address: string }
  | { readonly event: 'joined'; readonly person: PersonId }
  | { readonly event: 'access-changed'; readonly person: PersonId; readonly by: PersonId; readonly allowed: boolean }
  /** A laptop is to forget its copy; it has handed over what it had; its copy is no more. */
  | {
      readonly event: 'laptop-revoked';
      readonly person: PersonId;
      readonly device: string;
      readonly form: RevokeForm;
      readonly by: PersonId;
    }
  /** A request named a laptop or a keyring of somebody else, or one laptop more than a person may begin with. */
  | {
      readonly event: 'laptop-refused';
      readonly person: PersonId;
      readonly device: string;
      readonly why: Unclaimed['why'];
    }
  | { readonly event: 'laptop-gave'; readonly person: PersonId; readonly device: string }
  | { readonly event: 'laptop-gone'; readonly device: string; readonly givenUp: number }
  | { readonly event: 'locked-session-refused'; readonly path: string; readonly person: PersonId }
  | { readonly event: 'council-sign-in-refused'; readonly address: string; readonly why: CouncilRefusal }
  /** The council's sign-in said nothing of somebody's groups: their roles are as they were. */
  | { readonly event: 'groups-missing'; readonly person: PersonId }
  | { readonly event: 'council-unlinked'; readonly person: PersonId; readonly by: PersonId }
  | { readonly event: 'password-changed'; readonly person: PersonId }
  | { readonly event: 'factor-set'; readonly person: PersonId }
  | { readonly event: 'factor-removed'; readonly person: PersonId }
  | { readonly event: 'factor-reset'; readonly person: PersonId; readonly by: PersonId }
  | { readonly event: 'recovery-deposited'; readonly person: PersonId; readonly keyring: string }
  | { readonly event: 'recovery-given'; readonly person: PersonId; readonly keyring: string }
  | { readonly event: 'recovery-refused'; readonly person: PersonId; readonly keyring: string }
  | {
      readonly event: 'pushed';
      readonly person: PersonId;
      readonly device: string;
      readonly to: number;
      readonly held: number;
    }
  | {
      readonly event: 'op-held';
      readonly person: PersonId;
      readonly record: RecordId;
      readonly unit: string;
      readonly code: string;
    }
  | { readonly event: 'held-decided'; readonly person: PersonId; readonly groups: number }
  /** A laptop says that this database was put back: so far it counts for its own person. Then something has shown it. */
  | { readonly event: 'restore-claimed'; readonly person: PersonId; readonly device: string }
  | { readonly event: 'restore-noticed'; readonly person: PersonId; readonly device: string; readonly by: Proof }
  | {
      readonly event: 'offered';
      readonly person: PersonId;
      readonly device: string;
      readonly taken: number;
      readonly unreadable: number;
    }
  | { readonly event: 'missing'; readonly person: PersonId; readonly told: number; readonly missing: number }
  | {
      /** A browser has lost changes `from` to `to` of a laptop, by their numbers there; the server may lack `unsent` of them. */
      readonly event: 'laptop-lost-work';
      readonly person: PersonId;
      readonly device: string;
      readonly cause: string;
      readonly from: number;
      readonly to: number;
      readonly unsent: number;
      /** The last op of the device that had been sealed. */
      readonly seq: number;
    }
  /** A board viewer was told the cube. */
  | { readonly event: 'cube-told'; readonly person: PersonId }
  | { readonly event: 'cube-made'; readonly audits: number; readonly tookMs: number }
  /** Somebody looked for all that is held about one case, and read what was found. Never the reference. */
  | { readonly event: 'searched'; readonly person: PersonId; readonly search: string; readonly audits: number }
  | {
      readonly event: 'disclosed';
      readonly person: PersonId;
      readonly search: string;
      readonly record: RecordId;
      readonly changes: number;
    }
  | { readonly event: 'erased'; readonly audits: number; readonly certificate: string }
  | { readonly event: 'chain-head'; readonly epoch: string; readonly place: number; readonly head: string }
  | {
      /** A laptop was told of another head at this place: what came before it has been changed in the database. */
      readonly event: 'chain-contradicted';
      readonly person: PersonId;
      readonly device: string;
      readonly place: number;
    }
  /** A file was made on a laptop, by its word and its clock. */
  | ({ readonly event: 'exported'; readonly person: PersonId; readonly device: string } & ExportNote)
  | { readonly event: 'opened'; readonly person: PersonId; readonly record: RecordId }
  | { readonly event: 'unequal'; readonly person: PersonId; readonly device: string }
  /** The sums kept with the records did not say what the records say, as this person's laptop noticed: a bug, put right. */
  | { readonly event: 'sums-made-again'; readonly person: PersonId }
  | { readonly event: 'repaired'; readonly person: PersonId; readonly device: string; readonly records: number }
  /** A browser kept something out of a page of ours: by which rule, and what kind or whose it was. */
  | { readonly event: 'policy-broken'; readonly directive: string; readonly blocked: string }
  | { readonly event: 'refused'; readonly path: string; readonly problem: string; readonly person?: PersonId }
  | { readonly event: 'failed'; readonly path: string; readonly reference: string; readonly error: ErrorTrace };

/** Where an error came from, without its message, which may quote what it failed on. */
export interface ErrorTrace {
  readonly name: string;
  readonly code?: string;
  readonly at: readonly string[];
}

export type Log = (event: LogEvent) => void;

/** A log that writes lines to `write`, each with the time in UTC. */
export function makeLog(write: (line: string) => void, now: () => number): Log {
  return (event) => write(`${JSON.stringify({ at: new Date(now()).toISOString(), ...event })}\n`);
}

export function traceOf(error: unknown): ErrorTrace {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code: unknown = (error as { readonly code?: unknown }).code;
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.slice(0, 6).map((line) => line.trim()),
  };
}
