/**
 * The second factor: a code of an authenticator app (`totp`), or one of ten recovery codes, each good once. A person may set one
 * up; the council may require it of roles (SECOND_FACTOR_FOR). Then whoever has none sets it up at the next sign-in.
 *
 * Keys are sealed under the recovery key, recovery codes kept as HMAC-SHA256 under a key made from it: a copy of the database
 * alone has neither.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Enrolment, Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { FactorState } from '../../src/protocol/session.ts';
import type { Server } from '../context.ts';
import {
  confirmPending,
  countRecoveryCodes,
  deleteSecondFactor,
  findSecondFactor,
  savePending,
  takeRecoveryCode,
  takeStep,
} from '../db/second-factors.ts';
import { hasLaptop } from '../db/claims.ts';
import { tell } from '../db/news.ts';
import { addNotice } from '../db/notices.ts';
import { deleteSessionsOf } from '../db/sessions.ts';
import type { Tx } from '../db/tables.ts';
import { readStanding } from '../sync/standing.ts';
import { newIv, openSecret, sealSecret } from './recovery.ts';
import { looksAfter, readAuthorityName, readProfile } from './people.ts';
import { base32, keyUri, stepOf, totpSecretBytes } from './totp.ts';

const codeCount = 10;
/** 50 bits: ten letters and digits. */
const codeLetters = 10;

export async function readFactor(tx: Tx, { authority, config, now }: Server, person: PersonId): Promise<FactorState> {
  const row = await findSecondFactor(tx, authority.id, person);
  const { roles } = await readStanding(tx, { authority, person, nowMs: now() });
  return {
    enrolled: row !== undefined && row.secret !== null,
    required: roles.some(({ role }) => config.secondFactorFor.includes(role)),
    codesLeft: await countRecoveryCodes(tx, authority.id, person),
  };
}

/** Begins setting up for somebody signed in, who shows a code of the one in use, if there is one: a password is not enough. */
export async function beginFactor(
  tx: Tx,
  server: Server,
  person: PersonId,
  code: string | undefined,
): Promise<Result<Enrolment, ServerProblem>> {
  if ((await readFactor(tx, server, person)).enrolled) {
    if (code === undefined) return { ok: false, problem: { kind: 'second-factor' } };
    if (!(await takeCode(tx, server, person, code))) return { ok: false, problem: { kind: 'wrong-code' } };
  }
  return { ok: true, value: await enrol(tx, server, person) };
}

/** Begins setting up: a new key and its recovery codes, neither in use before `confirm`. */
export async function enrol(tx: Tx, server: Server, person: PersonId): Promise<Enrolment> {
  const { authority, recoveryKey, randomBytes } = server;
  const key = randomBytes(totpSecretBytes);
  const codes = Array.from({ length: codeCount }, () => newCode(randomBytes));
  const sealed = sealSecret(
    recoveryKey,
    newIv(randomBytes),
    placeOf(server, person),
    Buffer.from(key).toString('base64'),
  );
  const hashes = codes.map((code) => codeHash(server, person, code));
  await savePending(tx, authority.id, person, sealed, hashes);
  const { email = '' } = (await readProfile(tx, authority, person)) ?? {};
  const name = (await readAuthorityName(tx, authority)) || 'Plumbline';
  const secret = base32(key);
  return { secret, uri: keyUri(secret, `Plumbline ${name}`, email), codes };
}

/** Takes the key that was being set up into use, when the code is one of its, and its person is told; false otherwise. For the caller to log. */
export async function confirm(tx: Tx, server: Server, person: PersonId, code: string): Promise<boolean> {
  const row = await findSecondFactor(tx, server.authority.id, person);
  if (row === undefined || row.pending === null) return false;
  const { authority, newId } = server;
  const nowMs = server.now();
  const step = stepOf(keyOf(server, person, row.pending), bare(code), nowMs, 0);
  if (step === null) return false;
  await confirmPending(tx, authority.id, person, { step, nowMs });
  // Somebody's first of all, before their first laptop, is part of signing in the first time: there is nobody else to be told.
  const isNews = row.secret !== null || (await hasLaptop(tx, authority.id, person));
  if (isNews) await addNotice(tx, authority.id, newId(), person, { kind: 'factor-set', atMs: nowMs });
  return true;
}

/** Takes a code of the key in use, or a recovery code; each counts once. False when it is neither. */
export async function takeCode(tx: Tx, server: Server, person: PersonId, code: string): Promise<boolean> {
  const { authority, now } = server;
  const row = await findSecondFactor(tx, authority.id, person);
  if (row === undefined || row.secret === null) return false;
  const step = stepOf(keyOf(server, person, row.secret), bare(code), now(), row.lastStep);
  if (step !== null) return takeStep(tx, authority.id, person, step);
  return takeRecoveryCode(tx, authority.id, person, codeHash(server, person, bare(code)));
}

/** Takes a person's own second factor away, with a code of it; false when the code is none, or the council asks for one. */
export async function removeFactor(server: Server, person: PersonId, code: string): Promise<boolean> {
  const { database, authority, newId, now, log, revoked } = server;
  const nowMs = now();
  const isDone = await database.write(async (tx) => {
    if ((await readFactor(tx, server, person)).required || !(await takeCode(tx, server, person, code))) return false;
    await deleteSecondFactor(tx, authority.id, person);
    await addNotice(tx, authority.id, newId(), person, { kind: 'factor-removed', atMs: nowMs });
    return true;
  });
  if (!isDone) return false;
  revoked.add({ kind: 'factor', person, atMs: nowMs });
  log({ event: 'factor-removed', person });
  return true;
}

/**
 * A QA lead or an administrator takes away the second factor of somebody who has lost theirs: their sessions end, and they are told. Never their
 * own. False when the one who asks may not, or there is nothing to take away.
 */
export async function resetFactor(server: Server, by: PersonId, person: PersonId): Promise<boolean> {
  const { database, authority, newId, now, log, revoked } = server;
  const nowMs = now();
  const isDone = await database.write(async (tx) => {
    if (!(await looksAfter(tx, { authority, person: by, nowMs }, person)) || person === by) return false;
    if ((await findSecondFactor(tx, authority.id, person)) === undefined) return false;
    await deleteSecondFactor(tx, authority.id, person);
    await deleteSessionsOf(tx, authority.id, person);
    await tell(tx, { kind: 'sessions', person });
    await addNotice(tx, authority.id, newId(), person, { kind: 'factor-reset', atMs: nowMs });
    return true;
  });
  if (!isDone) return false;
  revoked.add({ kind: 'factor', person, atMs: nowMs });
  log({ event: 'factor-reset', person, by });
  return true;
}

/** Spaces and dashes are for reading; letters come in either case. */
const bare = (code: string): string => code.replace(/[\s-]/g, '').toUpperCase();

const placeOf = ({ authority }: Server, person: PersonId) => ({ authority: authority.id, person, keyring: 'totp' });

const keyOf = (server: Server, person: PersonId, sealed: string): Uint8Array =>
  Buffer.from(openSecret(server.recoveryKey, placeOf(server, person), sealed), 'base64');

/** Without letters and digits that are taken for each other. */
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789';

const newCode = (randomBytes: Server['randomBytes']): string =>
  Array.from(randomBytes(codeLetters), (byte) => letters[byte % letters.length])
    .join('')
    .replace(/^(.{5})/, '$1-');

function codeHash({ recoveryKey, authority }: Server, person: PersonId, code: string): string {
  const key = Buffer.from(hkdfSync('sha256', recoveryKey, '', 'plumbline.recovery-code.1', 32));
  return createHmac('sha256', key)
    .update(`${authority.id} ${person} ${bare(code)}`, 'utf8')
    .digest('hex');
}
