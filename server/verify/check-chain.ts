/**
 * Follows the server's chain from its first entry: each must go on from the head before it, and say what is in the tables. What
 * does not fit is looked at again beside its neighbours (`diagnose`), so that damage is named for what it is.
 */
import { leafOf, valueHash } from '../../src/domain/chain.ts';
import type { Hash } from '../../src/domain/chain.ts';
import {
  acceptedEntry,
  decidedEntry,
  decisionHash,
  epochEntry,
  letInEntry,
  nextServerHead,
  receivedEntry,
  revocationHash,
  revokedEntry,
  type Entry,
} from '../../src/domain/server-chain.ts';
import { opOf } from '../db/op-row.ts';
import type { Tables } from '../db/tables.ts';
import type { TrailLine } from '../db/trail.ts';
import { diagnose, type Suspect } from './diagnose.ts';
import type { Finding } from './finding.ts';

/** A history of this authority: the first, or one that began when a backup was put back. */
export interface Epoch {
  readonly epoch: string;
  readonly place: number;
}

export interface CheckedChain {
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly tip: { readonly place: number; readonly head: string };
  readonly epochs: readonly Epoch[];
}

/** More than this are counted, not looked at one by one: so many do not come of a slip. */
const suspectLimit = 200;

/** What entries are about and that is not an op: decisions by `device/group number`, revocations by `device/form`. */
export interface Kept {
  readonly decisions: ReadonlyMap<string, Tables['decision']>;
  readonly revocations: ReadonlyMap<string, Tables['revocation']>;
}

export async function checkChain(
  hash: Hash,
  first: string,
  lines: AsyncIterable<TrailLine>,
  kept: Kept,
): Promise<CheckedChain> {
  const suspects: Suspect[] = [];
  const epochs: Epoch[] = [];
  let [before, beforeThat] = [
    { place: 0, head: first },
    { place: 0, head: first },
  ];
  let entries = 0;
  for await (const line of lines) {
    const { place, head } = line;
    const { entry, isSound } = entryOf(hash, line, kept);
    const follows = entry !== null && nextServerHead(hash, before.head, entry) === head;
    if (!follows || !isSound || place !== before.place + 1) {
      if (suspects.length <= suspectLimit)
        suspects.push({ place, head, about: aboutOf(line), entry, isSound, follows, before, beforeThat });
    }
    if (line.what === 'epoch') epochs.push({ epoch: line.subject, place });
    beforeThat = before;
    before = { place, head };
    entries += 1;
  }
  return { findings: diagnose(hash, suspects), entries, tip: before, epochs };
}

const aboutOf = ({ what, subject, number }: TrailLine): string => {
  if (what === 'epoch') return `history ${subject}`;
  if (what === 'decided') return `decision ${subject}`;
  return what === 'revoked' ? `revocation ${subject}` : `op ${subject}:${number}`;
};

/** What an entry ought to say, by the tables; null when what it is about is gone. */
function entryOf(
  hash: Hash,
  { what, subject, number, op }: TrailLine,
  { decisions, revocations }: Kept,
): { readonly entry: Entry | null; readonly isSound: boolean } {
  if (what === 'epoch') return { entry: epochEntry(subject), isSound: true };
  if (what === 'decided') return decided(hash, decisions.get(`${subject} ${number}`));
  if (what === 'revoked') return revoked(hash, revocations.get(subject));
  if (op === null) return { entry: null, isSound: true };
  const isSound = leafFits(hash, op) && (op.accepted === 1) === (op.version !== null);
  const received = { ...op, receivedMs: op.received_ms };
  const acceptance = { version: op.version ?? 0, stamp: { ms: op.order_ms, count: op.order_count } };
  if (what === 'let-in') return { entry: letInEntry(subject, number, acceptance), isSound };
  const entry = what === 'accepted' ? acceptedEntry(received, acceptance) : receivedEntry(what, received);
  return { entry, isSound };
}

function decided(hash: Hash, row: Tables['decision'] | undefined) {
  if (row === undefined) return { entry: null, isSound: true };
  const { device, grp: group, number, author, what, by_person: by, at_ms: atMs, received_ms: receivedMs } = row;
  return {
    entry: decidedEntry({ device, group, number, author, what, by, atMs, receivedMs, hash: row.hash }),
    // Words that were erased cannot be hashed again.
    isSound: row.salt === '' ? row.why === '' : row.hash === decisionHash(hash, row.salt, row.why, row.content),
  };
}

function revoked(hash: Hash, row: Tables['revocation'] | undefined) {
  if (row === undefined) return { entry: null, isSound: true };
  const { device, form, person, by_person: by, at_ms: atMs, reason, salt } = row;
  return {
    entry: revokedEntry({ device, form, person, by, atMs, hash: row.hash }),
    isSound: row.hash === revocationHash(hash, salt, reason),
  };
}

/** Whether an op is what its leaf says. */
export function leafFits(hash: Hash, row: Tables['op']): boolean {
  try {
    const op = opOf(row);
    return op.leaf === leafOf(hash, op, row.value_hash ?? valueHash(hash, op.salt, op.value));
  } catch {
    // What cannot be read, or cannot be encoded, is not what was hashed.
    return false;
  }
}
