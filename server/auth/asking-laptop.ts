/**
 * Which laptop a sync request comes from, and whether it is to forget its copy (docs/protocol.md, Laptops). Promises:
 *  - a laptop that is to forget its copy is told so, whichever session it comes with and also with none, if it shows that it is
 *    that copy, unlocked
 *  - a copy is known by its key: another device id of a copy that is to be forgotten is to be forgotten too
 *  - a laptop, and a keyring, is of the person who used it first: another's request is refused
 *  - what is written of a contact says no more than the request did, and holds up no answer
 */
import type { DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Contact, LaptopRevocation } from '../../src/protocol/laptops.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import type { Server } from '../context.ts';
import { isBlocked } from '../db/accounts.ts';
import {
  addRevocation,
  findLaptop,
  findRevocation,
  findRevokedByKey,
  insertLaptop,
  saveContact,
  updateLaptop,
  type LaptopRow,
} from '../db/laptops.ts';
import { saveSessionDevice, type SessionRow } from '../db/sessions.ts';
import type { Tx } from '../db/tables.ts';
import { sha256 } from '../sync/context.ts';
import { keyringToKeep, whyUnclaimed, type Unclaimed } from './claim.ts';
import { tellRevoked } from './revoke-laptop.ts';
import { tokenHash } from './tokens.ts';

/** Use is written down at most this often, as for sessions. */
const touchMs = 60 * 1000;

/** How long an answer waits for what is noted of a contact. */
const noteWaitMs = 250;

/**
 * Somebody else's long write keeps nobody from reading: then the answer goes ahead, and the note follows, or the next contact's
 * does. A failure in that time is the request's.
 */
async function unlessSlow(note: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, noteWaitMs)));
  note.catch(() => undefined);
  await Promise.race([note, late]).finally(() => clearTimeout(timer));
}

export interface AskingLaptop {
  readonly device: DeviceId;
  readonly person: PersonId;
  /** What shows that the copy is unlocked. */
  readonly proof: string | undefined;
  readonly browser: string;
  /** Which copy it says that it is. */
  readonly keyring: string | undefined;
}

export interface KnownLaptop {
  /** undefined at its first contact. */
  readonly row: LaptopRow | undefined;
  readonly revoked: LaptopRevocation | undefined;
  /** Why its person may not use it: for the caller to log, who knows whether anybody is signed in. */
  readonly refused: Unclaimed | null;
}

export const revokedProblem = ({ form, atMs }: LaptopRevocation): ServerProblem => ({ kind: 'revoked', form, atMs });

/** What is known of the laptop that asks. */
export async function knowLaptop(server: Server, newLaptops: number, asking: AskingLaptop): Promise<KnownLaptop> {
  const { database, authority } = server;
  const { device, person } = asking;
  const hash = asking.proof === undefined ? null : tokenHash(asking.proof);
  const known = await database.read(async (tx) => {
    const row = await findLaptop(tx, authority.id, device);
    const unclaimed = await whyUnclaimed(tx, rulesOf(server, newLaptops), asking, row);
    if (unclaimed !== null) return { row, revoked: undefined, unclaimed, same: undefined };
    const revoked = row === undefined ? undefined : await findRevocation(tx, authority.id, device);
    if (hash === null || revoked?.form === 'stolen') return { row, revoked, unclaimed, same: undefined };
    // Also of a device that is known: the copy may have had a second id before anything was said of the first.
    const same = await findRevokedByKey(tx, authority.id, person, hash);
    const isMore = same !== undefined && (revoked === undefined || same.form === 'stolen');
    return { row, revoked, unclaimed, same: isMore && same.device !== device ? same : undefined };
  });
  const { row, revoked, unclaimed, same } = known;
  return same === undefined ? { row, revoked, refused: unclaimed } : inherit(server, newLaptops, asking, same);
}

const rulesOf = ({ authority, now }: Server, newLaptops: number) => ({
  authority: authority.id,
  nowMs: now(),
  newLaptops,
});

/** A copy that is to be forgotten comes under a device id of its own: the same is said of that. */
async function inherit(
  server: Server,
  newLaptops: number,
  asking: AskingLaptop,
  same: LaptopRow,
): Promise<KnownLaptop> {
  const { device, person } = asking;
  const { database, authority, now, newId } = server;
  const { keyring, unlocked_hash, browser } = same;
  const { known, isNew } = await database.write(async (tx) => {
    const before = await findLaptop(tx, authority.id, device);
    // Asked again where it is written, of the copy that it is: of many at once, no more get in than may.
    const claim = { device, person, keyring: keyring ?? asking.keyring };
    const unclaimed = await whyUnclaimed(tx, rulesOf(server, newLaptops), claim, before);
    if (unclaimed !== null) return { known: { row: before, revoked: undefined, refused: unclaimed }, isNew: false };
    await insertLaptop(tx, authority.id, { device, person, keyring, unlocked_hash, browser }, now());
    const revoked = await findRevocation(tx, authority.id, same.device as DeviceId);
    const row = await findLaptop(tx, authority.id, device);
    const added =
      revoked !== undefined &&
      row?.person === person &&
      (await addRevocation(tx, authority.id, { ...revoked, device, person }, { hash: sha256, salt: newId() }));
    return { known: { row, revoked, refused: null }, isNew: added };
  });
  if (isNew && known.row !== undefined && known.revoked !== undefined) tellRevoked(server, known.row, known.revoked);
  return known;
}

/** A laptop that comes without a session and shows that it is the copy that is to be forgotten; undefined for any other. */
export async function leavingLaptop(
  server: Server,
  newLaptops: number,
  asking: AskingLaptop,
): Promise<KnownLaptop | undefined> {
  const { database, authority } = server;
  const { proof, person } = asking;
  if (proof === undefined) return undefined;
  const known = await knowLaptop(server, newLaptops, asking);
  const isIt = known.row?.person === person && known.row.unlocked_hash === tokenHash(proof);
  if (!isIt || known.revoked === undefined) return undefined;
  // Of somebody who may not sign in nothing is taken until they may again.
  return (await database.read((tx) => isBlocked(tx, authority.id, person))) ? undefined : known;
}

/** Notes that a laptop has been heard of, once a minute, and that it syncs with this session. */
export async function noteContact(
  server: Server,
  newLaptops: number,
  asking: AskingLaptop,
  { row, revoked }: KnownLaptop,
  session: Pick<SessionRow, 'tokenHash' | 'device'> | undefined,
): Promise<void> {
  const { database, authority, now, revoked: list } = server;
  const { device, person, proof, browser, keyring = null } = asking;
  const nowMs = now();
  const hash = proof === undefined ? null : tokenHash(proof);
  // Of a laptop that is to be forgotten, which key it had is not to be changed any more.
  const newHash = hash !== null && row?.unlocked_hash !== hash && !(revoked && row?.unlocked_hash) ? hash : null;
  const isDue = row !== undefined && (nowMs - row.last_ms >= touchMs || newHash !== null);
  const isMoved = session !== undefined && session.device !== device;
  if (row !== undefined && !isDue && !isMoved) return;
  const write = database.write(async (tx) => {
    let isNew = false;
    if (row === undefined) {
      const unclaimed = await whyUnclaimed(tx, rulesOf(server, newLaptops), asking, undefined);
      if (unclaimed !== null) return false;
      isNew = await insertLaptop(tx, authority.id, { device, person, keyring, unlocked_hash: hash, browser }, nowMs);
    } else if (isDue) {
      await updateLaptop(tx, authority.id, device, {
        last_ms: nowMs,
        ...(newHash === null ? {} : { unlocked_hash: newHash, proved_ms: nowMs }),
        ...(row.browser === '' ? { browser } : {}),
      });
    }
    if (isMoved) await saveSessionDevice(tx, authority.id, session.tokenHash, device);
    return isNew;
  });
  // A database from before this is told whose it is: its id is in what others read.
  const note = write.then((isNew) => {
    if (isNew) list.add({ kind: 'laptop', device, person, atMs: nowMs });
  });
  await unlessSlow(note);
}

/** What a pull says of its laptop, when that is news. */
export const noteSaid = (server: Server, newLaptops: number, said: Parameters<typeof takeContact>[3]): Promise<void> =>
  unlessSlow(server.database.write((tx) => takeContact(tx, server, newLaptops, said)));

/** Keeps what a laptop says of itself, in the transaction that takes its changes, so that neither is there without the other. */
export async function takeContact(
  tx: Tx,
  server: Server,
  newLaptops: number,
  { contact, ...said }: { readonly device: DeviceId; readonly person: PersonId; readonly contact?: Contact },
): Promise<void> {
  if (contact === undefined) return;
  const { authority, now } = server;
  const isNamed = (await findLaptop(tx, authority.id, said.device))?.keyring != null;
  const claim = { person: said.person, keyring: contact.keyring };
  const keyring = isNamed ? null : await keyringToKeep(tx, rulesOf(server, newLaptops), claim);
  await saveContact(tx, authority.id, said, { ...contact, keyring }, now());
}

/** Whether it says something that is not known, or was said more than a minute ago. */
export async function isNews(
  tx: Tx,
  { authority, now }: Server,
  { device, contact }: { readonly device: DeviceId; readonly contact?: Contact },
): Promise<boolean> {
  if (contact === undefined) return false;
  const row = await findLaptop(tx, authority.id, device);
  if (row === undefined) return false;
  const { app, unsent } = contact;
  const isSame = row.keyring !== null && row.app === app && row.unsent === unsent;
  return !isSame || now() - (row.unsent_ms ?? 0) >= touchMs;
}

/**
 * Why nothing is taken of a request that was let in before this was known, asked in the transaction that takes it: its laptop is stolen, or
 * its person may not sign in any more. null when neither is so.
 */
export async function whyNothingTaken(
  tx: Tx,
  { authority }: Pick<Server, 'authority'>,
  { device, person }: Pick<AskingLaptop, 'device' | 'person'>,
): Promise<ServerProblem | null> {
  const revoked = await findRevocation(tx, authority.id, device);
  if (revoked?.form === 'stolen') return revokedProblem(revoked);
  return (await isBlocked(tx, authority.id, person)) ? { kind: 'signed-out' } : null;
}
