/**
 * Laptops on the wire: what each says of itself when it syncs, who sees that, how one is told to forget its copy, and what it
 * says as it does. A laptop here is one person's copy in one browser, known by its device id.
 */
import * as v from 'valibot';
import { secretMaximum } from '../domain/secrets.ts';
import { count, deviceId, moment, personId } from './op.ts';
import { line, shortText } from './text.ts';

const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** `lost`: it hands over what it has not sent, and forgets its copy then. `stolen`: it forgets at once. */
export const revokeForms = ['lost', 'stolen'] as const;
export type RevokeForm = (typeof revokeForms)[number];

/** What a laptop says of itself with a push or a pull. Absent in requests of older builds. */
export const contactSchema = v.object({
  /** Of the copy: by it alone a locked app may ask whether it is to be forgotten. */
  keyring: hex32,
  app: line(40),
  /** Changes here that the server does not have, and will not have from this request. */
  unsent: count,
});
export type Contact = v.InferOutput<typeof contactSchema>;

/** In UTF-16 units. */
export const laptopNameMaximum = 60;
export const reasonMaximum = 500;

export const laptopsRequestSchema = v.object({ nonce: hex32 });
export const nameLaptopRequestSchema = v.object({ nonce: hex32, device: deviceId, name: line(laptopNameMaximum) });
const reason = v.pipe(shortText, v.maxLength(reasonMaximum));
/**
 * What is stolen is given up, so why has to be said, and whoever has a password here shows it once more; older builds leave it out,
 * and are refused.
 */
export const revokeRequestSchema = v.variant('form', [
  v.object({ nonce: hex32, device: deviceId, form: v.literal('lost'), reason }),
  v.object({
    nonce: hex32,
    device: deviceId,
    form: v.literal('stolen'),
    reason: v.pipe(reason, v.regex(/\S/)),
    password: v.exactOptional(v.pipe(v.string(), v.maxLength(secretMaximum))),
  }),
]);
/** The copy is no more. `givenUp`: how many changes the server does not have went with it. */
export const goneRequestSchema = v.object({ nonce: hex32, device: deviceId, keyring: hex32, givenUp: count });

const revocation = v.object({
  form: v.picklist(revokeForms),
  by: personId,
  atMs: moment,
  reason: v.string(),
});
export type LaptopRevocation = v.InferOutput<typeof revocation>;

/** A laptop as somebody is shown it. Times are the server's. */
export const laptopSchema = v.object({
  device: deviceId,
  person: personId,
  /** What the browser said at the first contact; empty where that was before such was kept. */
  browser: v.string(),
  /** What its person calls it; empty for nothing. */
  name: v.string(),
  firstMs: moment,
  lastMs: moment,
  /** null where it has not said. */
  app: v.nullable(v.string()),
  /** What it said last, and when; null where it has not said. */
  unsent: v.nullable(v.object({ count, atMs: moment })),
  /** Told to forget its copy: the newest, and strongest, word. */
  revoked: v.nullable(revocation),
  /** When it had handed over all it had. */
  gaveMs: v.nullable(moment),
  /** When it said that its copy is no more, and how many changes went with it. */
  gone: v.nullable(v.object({ atMs: moment, givenUp: count })),
});
export type LaptopShown = v.InferOutput<typeof laptopSchema>;

/** The laptops this person may see: their own, or everybody's. */
export const laptopsReplySchema = v.object({ laptops: v.array(laptopSchema) });
export const standingReplySchema = v.object({
  /** `hasAll`: the server has all that it ever acknowledged to this copy, as far as the copy has said what that was. */
  revoked: v.nullable(v.object({ form: v.picklist(revokeForms), atMs: moment, hasAll: v.boolean() })),
});
export type CopyStanding = v.InferOutput<typeof standingReplySchema>;

export const laptopPaths = {
  list: '/api/laptops',
  name: '/api/laptops/name',
  revoke: '/api/laptops/revoke',
  standing: '/api/laptops/standing',
  gone: '/api/laptops/gone',
} as const;
