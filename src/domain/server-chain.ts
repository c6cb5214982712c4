/**
 * The chain over everything the server has ever taken, in the order in which it took it. Each entry hashes the head before it,
 * so one that is changed, taken out, put in or moved no longer fits its neighbours, and a head that somebody has kept
 * elsewhere holds everything before it.
 *
 *   head(n) = H( head(n-1), what, subject, number, facts )
 *
 * An op enters by its leaf, which holds its value only through a salted hash: content that is erased by law leaves the chain
 * as it is.
 */
import { canonical, type Json } from './canonical.ts';
import type { Hash } from './chain.ts';
import { valueHash } from './chain.ts';
import type { AuthorityId } from './ids.ts';
import type { Stamp } from './stamp.ts';

/**
 *   epoch      a history begins: the first, or the one after a restore; it goes on from the head there was
 *   accepted   an op is received and accepted        held, waiting   received and not accepted, or not yet
 *   let-in     one that was held or waited is accepted after all
 *   decided    somebody has decided about a held group
 *   revoked    a laptop is to forget its copy
 */
export const entryKinds = ['epoch', 'accepted', 'held', 'waiting', 'let-in', 'decided', 'revoked'] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface Entry {
  readonly what: EntryKind;
  /** A device, a device and group (`device/group`), a device and form (`device/form`), or an epoch. */
  readonly subject: string;
  /** A seq or a number of a decision; 0 for none. */
  readonly number: number;
  readonly facts: readonly Json[];
}

/** The head before the first entry. */
export const firstServerHead = (hash: Hash, authority: AuthorityId): string =>
  hash(canonical(['plumbline.server.1', authority]));

/** The head after an entry. */
export const nextServerHead = (hash: Hash, before: string, { what, subject, number, facts }: Entry): string =>
  hash(canonical(['plumbline.entry.1', before, what, subject, number, [...facts]]));

/** What the server adds to an op when it receives it. */
export interface ReceivedFacts {
  readonly device: string;
  readonly seq: number;
  readonly leaf: string;
  readonly receivedMs: number;
  /** The roles of then, as the text that is stored. */
  readonly roles: string;
}

/** Where an accepted op is: the version of its record, and its ordering stamp. */
export interface Acceptance {
  readonly version: number;
  readonly stamp: Stamp;
}

export const epochEntry = (epoch: string): Entry => ({ what: 'epoch', subject: epoch, number: 0, facts: [] });

export const acceptedEntry = (op: ReceivedFacts, { version, stamp }: Acceptance): Entry => ({
  ...receivedEntry('accepted', op),
  facts: [op.leaf, op.receivedMs, op.roles, version, stamp.ms, stamp.count],
});

/** An op that was not accepted when it came: where it would be is not told before it is let in. */
export const receivedEntry = (what: 'accepted' | 'held' | 'waiting', op: ReceivedFacts): Entry => ({
  what,
  subject: op.device,
  number: op.seq,
  facts: [op.leaf, op.receivedMs, op.roles],
});

export const letInEntry = (device: string, seq: number, { version, stamp }: Acceptance): Entry => ({
  what: 'let-in',
  subject: device,
  number: seq,
  facts: [version, stamp.ms, stamp.count],
});

/** A decision about a held group, as it is stored. */
export interface DecisionFacts {
  readonly device: string;
  readonly group: string;
  readonly number: number;
  readonly author: string;
  readonly what: string;
  readonly by: string;
  readonly atMs: number;
  readonly receivedMs: number;
  /** The hash of its words under its salt (`decisionHash`). */
  readonly hash: string;
}

export const decidedEntry = (decision: DecisionFacts): Entry => {
  const { device, group, number, author, what, by, atMs, receivedMs, hash } = decision;
  return {
    what: 'decided',
    subject: `${device}/${group}`,
    number,
    facts: [author, what, by, atMs, receivedMs, hash],
  };
};

/** The hash of a decision's words, salted like a value, so that they too can be erased. */
export const decisionHash = (hash: Hash, salt: string, why: string, content: string | null): string =>
  valueHash(hash, salt, { why, content });

/** A revocation of a laptop, as it is stored. */
export interface RevocationFacts {
  readonly device: string;
  readonly form: string;
  /** Whose laptop it is. */
  readonly person: string;
  readonly by: string;
  readonly atMs: number;
  /** The hash of its reason under its salt (`revocationHash`). */
  readonly hash: string;
}

export const revokedEntry = ({ device, form, person, by, atMs, hash }: RevocationFacts): Entry => ({
  what: 'revoked',
  subject: `${device}/${form}`,
  number: 0,
  facts: [person, by, atMs, hash],
});

/** The hash of a revocation's reason, salted like a value. */
export const revocationHash = (hash: Hash, salt: string, reason: string): string => valueHash(hash, salt, { reason });
