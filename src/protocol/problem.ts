/**
 * The closed union of what may go wrong and is expected. Plain data: each has its sentence in `src/ui/words`, and what
 * must be told apart never crosses a thread or the wire as an Error.
 */
import * as v from 'valibot';
import { weaknesses } from '../domain/secrets.ts';
import { revokeForms } from './laptops.ts';
import { count, hashText, moment } from './op.ts';

/** A second factor that is being set up: its key as text, what its QR code says, and its recovery codes. Shown once. */
export const enrolmentSchema = v.object({
  secret: v.pipe(v.string(), v.regex(/^[A-Z2-7]{32}$/)),
  uri: v.pipe(v.string(), v.startsWith('otpauth://totp/'), v.maxLength(1000)),
  codes: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/))), v.maxLength(20)),
});
export type Enrolment = v.InferOutput<typeof enrolmentSchema>;

/** What the server may answer instead of what was asked. */
export const serverProblemSchema = v.variant('kind', [
  /** No session, or it has ended. Only this marked answer counts as signed out (FAULTS 44). */
  v.object({ kind: v.literal('signed-out') }),
  /** This laptop is to forget its copy: `lost` once the server has what it has not sent, `stolen` at once. Since when. */
  v.object({ kind: v.literal('revoked'), form: v.picklist(revokeForms), atMs: moment }),
  /** The session is another person's, or the request names another authority. */
  v.object({ kind: v.literal('wrong-person') }),
  v.object({ kind: v.literal('wrong-authority') }),
  v.object({ kind: v.literal('protocol'), serverVersion: count }),
  /** The laptop's cursor is from another history of this server: pull again from the start. */
  v.object({ kind: v.literal('epoch') }),
  /** The op before this batch is not the last one the server has of this device. */
  v.object({ kind: v.literal('chain'), seq: count, head: hashText }),
  /** Same number, other content: this device's store was copied. It must take a new device id. */
  v.object({ kind: v.literal('forked') }),
  v.object({ kind: v.literal('too-large') }),
  v.object({ kind: v.literal('bad-request'), why: v.string() }),
  v.object({ kind: v.literal('wrong-credentials') }),
  /** The password is right; now a code of the second factor. */
  v.object({ kind: v.literal('second-factor') }),
  /** The password is right, and the council asks for a second factor: this one, with a code of it. */
  v.object({ kind: v.literal('enrol'), enrolment: enrolmentSchema }),
  v.object({ kind: v.literal('wrong-code') }),
  /** `why` is absent in replies of older servers, which ask for the length alone. */
  v.object({ kind: v.literal('weak-password'), minimum: count, why: v.exactOptional(v.picklist(weaknesses)) }),
  v.object({ kind: v.literal('too-many-tries'), retryAfterSeconds: count }),
  /** More laptops of one person have been set up this month than are taken for one person's. */
  v.object({ kind: v.literal('too-many-laptops') }),
  /** More of one person's has been discarded unsent of late than is kept for them: it stays on the laptop until there is room. */
  v.object({ kind: v.literal('too-much-discarded') }),
  v.object({ kind: v.literal('bad-invitation') }),
  /** Recovery needs a sign-in made for it in the last few minutes, and each such sign-in gives one. */
  v.object({ kind: v.literal('stale-sign-in') }),
  /** Absent and forbidden look the same. */
  v.object({ kind: v.literal('not-found') }),
  v.object({ kind: v.literal('server-error'), reference: v.string() }),
]);
export type ServerProblem = v.InferOutput<typeof serverProblemSchema>;

/** What the laptop itself finds between it and the server. */
export type TransportProblem =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timed-out' }
  /** Something answered that is not our server: a captive portal, a proxy page, an old cached reply. */
  | { readonly kind: 'not-our-server' };

/** What the laptop finds about itself while it syncs. */
export type LaptopProblem =
  /** After three rounds of repair the laptop and the server still do not hold the same. */
  | { readonly kind: 'not-equal' }
  /** The laptop's own store, or the thread that syncs it, failed. Nothing is taken out of the queue. */
  | { readonly kind: 'laptop-failed'; readonly why: string };

export type SyncProblem = ServerProblem | TransportProblem | LaptopProblem;

/** Why an op was not accepted: it is kept on the laptop and in the server's held store. */
export const heldCodes = [
  /** The person's rights do not reach this unit now. */
  'not-allowed',
  /** The value breaks the schema or a rule. */
  'invalid',
  /** The audit has been submitted or voided meanwhile. */
  'closed',
  /** Another op of the same group was not accepted. */
  'group',
] as const;
export type HeldCode = (typeof heldCodes)[number];

/** What the laptop's store may answer to a save. */
export type StoreProblem =
  | { readonly kind: 'disk-full' }
  | { readonly kind: 'invalid-value'; readonly field: string; readonly why: string }
  | { readonly kind: 'too-much-text' }
  | { readonly kind: 'locked' }
  /** The database under the open app is not the one it opened (site data cleared). */
  | { readonly kind: 'storage-lost' }
  /** The browser closed the database and does not open it again. What was saved is on the disk. */
  | { readonly kind: 'storage-closed' }
  /** Another window keeps the database from being opened. */
  | { readonly kind: 'blocked' }
  /** A newer build has upgraded the database. */
  | { readonly kind: 'build-too-old' }
  | { readonly kind: 'storage-failed'; readonly why: string };

export type Result<T, P> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };
