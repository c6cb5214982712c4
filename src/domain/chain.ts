/**
 * The chain of one device's ops: what makes a lost, doubled, reordered or edited op visible.
 *
 *   leaf = H( header, H(salt, value) )      head(n) = H( head(n-1), leaf(n) )      prev of op n = head(n-1)
 *
 * All three hash canonical text under a label, so no hash can be taken for another. The value enters only through its
 * salted hash: salt and value can be erased later (retention) and the chain still verifies.
 */
import { canonical } from './canonical.ts';
import type { AuthorityId, DeviceId, GroupId, OpId, PersonId, RecordId } from './ids.ts';
import type { Kind } from './record.ts';
import type { Stamp } from './stamp.ts';

/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hex digits. Passed in: the domain has no platform. */
export type Hash = (text: string) => string;

/** Everything an op says except its value: who changed which unit of which record, on top of what, and when. */
export interface OpHeader {
  readonly authority: AuthorityId;
  readonly person: PersonId;
  readonly device: DeviceId;
  readonly seq: number;
  readonly group: GroupId;
  /** How many ops the group has; a group is accepted whole or not at all. */
  readonly groupSize: number;
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly claimed: Stamp;
  /** The op whose value the editor saw, or null when the unit was empty. */
  readonly base: OpId | null;
  /** Other people's values of the unit that the editor had in front of them and has now settled. */
  readonly settles: readonly OpId[];
}

/** The hash of an op's value under its salt. */
export const valueHash = (hash: Hash, salt: string, value: unknown): string =>
  valueTextHash(hash, salt, canonical(value));

/** The same, of a value that is at hand as its canonical text. */
export const valueTextHash = (hash: Hash, salt: string, text: string): string =>
  hash(canonical(['plumbline.value.1', salt, text]));

/** The leaf of an op: its header bound to its salted value. */
export const leafOf = (hash: Hash, header: OpHeader, salted: string): string =>
  hash(
    canonical([
      'plumbline.leaf.1',
      header.authority,
      header.person,
      header.device,
      header.seq,
      header.group,
      header.groupSize,
      header.record,
      header.kind,
      header.unit,
      header.claimed.ms,
      header.claimed.count,
      header.base,
      [...header.settles],
      salted,
    ]),
  );

/** The chain head before a device's first op. */
export const firstHead = (hash: Hash, device: DeviceId): string => hash(canonical(['plumbline.device.1', device]));

/** The chain head after an op whose `prev` was the head before it. */
export const nextHead = (hash: Hash, prev: string, leaf: string): string =>
  hash(canonical(['plumbline.chain.1', prev, leaf]));
