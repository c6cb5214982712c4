/**
 * Whose a laptop is (docs/protocol.md, Laptops 1): decided at its first use, by device id and by keyring. Promises:
 *  - what is one person's is never another's, also where the database knew of it before it kept a list of laptops; what a person
 *    did with it counts for more than a secret that was deposited under another's name
 *  - a person's list grows by so many copies a month and no more, whoever has a session of theirs, and each copy by so many
 *    device ids: a laptop that was given a new one is none that they have begun with
 *  - which copy a laptop is, once it has said so, does not change: the app names a copy's keyring when it makes it, and never another
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
  const ofCopy = keyring === undefined ? null : await hasRoomInCopy(tx, rules, { person, keyring });
  return ofCopy ?? (await newCopiesOf(tx, rules.authority, person, rules.nowMs - monthMs)) < rules.newLaptops;
}

/** Whether one more device id may be of this copy; null where no laptop of this person is. */
async function hasRoomInCopy(
  tx: Tx,
  { authority, nowMs, newLaptops }: Rules,
  { person, keyring }: { readonly person: PersonId; readonly keyring: string },
): Promise<boolean | null> {
  if (!(await hasLaptopOfKeyring(tx, authority, keyring, person))) return null;
  return (await newDevicesOf(tx, authority, keyring, nowMs - monthMs)) < newLaptops;
}

/** The keyring to keep of a laptop that has not said before which copy it is: null for none, where it may not be one more of that copy. */
export async function keyringToKeep(
  tx: Tx,
  rules: Rules,
  { person, keyring }: { readonly person: PersonId; readonly keyring: string },
): Promise<string | null> {
  // Asked again where it is written: somebody else may have named it meanwhile.
  if (await hasKeyringOfAnother(tx, rules.authority, keyring, person)) return null;
  return (await hasRoomInCopy(tx, rules, { person, keyring })) === false ? null : keyring;
}

/** The same of a copy that is being set up, before there is any work on it: those that have not synced yet count too. */
export async function whyNotSetUp(tx: Tx, rules: Rules, claim: Claim): Promise<Unclaimed | null> {
  const row = await findLaptop(tx, rules.authority, claim.device);
  const unclaimed = await whyUnclaimed(tx, rules, claim, row);
  if (unclaimed !== null || row !== undefined) return unclaimed;
  const { authority, nowMs, newLaptops } = rules;
  return (await newDepositsOf(tx, authority, claim.person, nowMs - monthMs)) < newLaptops ? null : tooMany;
}
