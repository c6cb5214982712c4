/**
 * Whose a laptop is (docs/protocol.md, Laptops 1): decided at its first use, by device id and by keyring. Promises:
 *  - what is one person's is never another's, also where the database knew of it before it kept a list of laptops; what a person
 *    did with it counts for more than a secret that was deposited under another's name
 *  - a person's list grows by so many copies a month and no more, whoever has a session of theirs, and each copy by so many
 *    device ids: a laptop that was given a new one is none that they have begun with
 */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { newDepositsOf } from '../db/accounts.ts';
import {
  hasDeviceOfAnother,
  hasKeyringOfAnother,
  hasLaptopOfKeyring,
  newCopiesOf,
  newDevicesOf,
} from '../db/claims.ts';
import { findLaptop, type LaptopRow } from '../db/laptops.ts';
import type { Tx } from '../db/tables.ts';

export interface Claim {
  readonly device: DeviceId;
  readonly person: PersonId;
  /** undefined where the request does not say. */
  readonly keyring: string | undefined;
}

interface Rules {
  readonly authority: AuthorityId;
  readonly nowMs: number;
  /** Copies that one person may begin with in a month, and device ids that one copy may. */
  readonly newLaptops: number;
}

/** `why` is for the log. */
export interface Unclaimed {
  readonly problem: ServerProblem;
  readonly why: 'device' | 'keyring' | 'too-many';
}

const monthMs = 30 * 24 * 60 * 60 * 1000;

/** Why this laptop is not this person's to use; null when it is. `row`: what is known of it, undefined at its first contact. */
export async function whyUnclaimed(
  tx: Tx,
  rules: Rules,
  claim: Claim,
  row: Pick<LaptopRow, 'person' | 'keyring'> | undefined,
): Promise<Unclaimed | null> {
  const { authority } = rules;
  const { device, person, keyring } = claim;
  const isOthers = row === undefined ? await hasDeviceOfAnother(tx, authority, device, person) : row.person !== person;
  if (isOthers) return { problem: { kind: 'wrong-person' }, why: 'device' };
  const isNewName = keyring !== undefined && row?.keyring !== keyring;
  if (isNewName && (await hasKeyringOfAnother(tx, authority, keyring, person)))
    return { problem: { kind: 'wrong-person' }, why: 'keyring' };
  return row === undefined && !(await hasRoom(tx, rules, claim)) ? tooMany : null;
}

export const tooMany: Unclaimed = { problem: { kind: 'too-many-laptops' }, why: 'too-many' };

async function hasRoom(tx: Tx, rules: Rules, { person, keyring }: Claim): Promise<boolean> {
  const { authority, newLaptops } = rules;
  const sinceMs = rules.nowMs - monthMs;
  const isTheirs = keyring !== undefined && (await hasLaptopOfKeyring(tx, authority, keyring, person));
  const begun = isTheirs
    ? await newDevicesOf(tx, authority, keyring, sinceMs)
    : await newCopiesOf(tx, authority, person, sinceMs);
  return begun < newLaptops;
}

/** The same of a copy that is being set up, before there is any work on it: those that have not synced yet count too. */
export async function whyNotSetUp(tx: Tx, rules: Rules, claim: Claim): Promise<Unclaimed | null> {
  const row = await findLaptop(tx, rules.authority, claim.device);
  const unclaimed = await whyUnclaimed(tx, rules, claim, row);
  if (unclaimed !== null || row !== undefined) return unclaimed;
  const { authority, nowMs, newLaptops } = rules;
  return (await newDepositsOf(tx, authority, claim.person, nowMs - monthMs)) < newLaptops ? null : tooMany;
}
