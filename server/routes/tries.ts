/**
 * Slows down guessing. Wrong tries are counted by account and by address; past a few, each next one has to wait longer, up to
 * a quarter of an hour, and never longer: nobody is locked out for ever. What is refused for waiting is not counted, a try
 * that succeeds clears the account, a day without tries clears anything. A browser that its person has signed in with before
 * is counted by itself, whatever strangers do. Counts are in the database: a restart forgets none, servers share them.
 */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import { knownBrowsers, knownCookie } from '../auth/known-browser.ts';
import type { Server } from '../context.ts';
import {
  findWrongTries,
  forgetWrongTries,
  forgetWrongTriesBefore,
  saveWrongTries,
  type WrongTries,
} from '../db/wrong-tries.ts';
import type { Tx } from '../db/tables.ts';
import { emailKey } from '../sync/rules.ts';
import { networkOf } from './network-of.ts';
import { paceLimits, type PaceLimits } from './pace.ts';

/** All that bounds how often something is tried, asked or kept. */
export interface TryLimits extends PaceLimits {
  /** Wrong tries that cost no waiting. */
  readonly perAccount: number;
  /** Generous: a whole office may share one address. */
  readonly perAddress: number;
  /** The first wait; it doubles with each wrong try. */
  readonly firstWaitMs: number;
}

const minuteMs = 60 * 1000;
const longestWaitMs = 15 * minuteMs;
const forgottenMs = 24 * 60 * minuteMs;

export const tryLimits: TryLimits = {
  ...paceLimits,
  perAccount: 10,
  perAddress: 100,
  firstWaitMs: 15 * 1000,
};

export interface Tries {
  /**
   * Does `work` as one try at `account` (an email, a person; null for what cannot be guessed), and counts it by what comes of it;
   * instead, a problem when it has to wait. Work that throws counts as a wrong try.
   */
  attempt<T>(
    request: FastifyRequest,
    account: string | null,
    work: () => Promise<Result<T, ServerProblem>>,
  ): Promise<Result<T, ServerProblem>>;
  /** An account got a new password by a link of its QA lead: what strangers tried counts no more. */
  clear(account: string): Promise<void>;
}

/**
 * What a try turned out to be. `unfinished`: no wrong guess, though nobody is in yet, so the address is spared and the account is
 * not. `none`: nothing was guessed at, as when the server was busy or a new password is to be better.
 */
type Verdict = 'right' | 'wrong' | 'unfinished' | 'none';

function verdictOf(result: Result<unknown, ServerProblem>): Verdict {
  if (result.ok) return 'right';
  switch (result.problem.kind) {
    case 'too-many-tries':
    case 'weak-password':
      return 'none';
    case 'second-factor':
    case 'enrol':
      return 'unfinished';
    default:
      return 'wrong';
  }
}

interface Counted {
  readonly subject: string;
  readonly free: number;
}

/** A subject as this try found it, before it was counted. */
interface Begun extends Counted {
  readonly before: WrongTries | undefined;
}

export function makeTries(server: Server, limits: TryLimits): Tries {
  const { database, authority, now } = server;
  const known = knownBrowsers(server.recoveryKey, server.randomBytes);
  /** Tries of this server that have begun and not ended, by subject. */
  const inFlight = new Map<string, number>();

  function countedOf(request: FastifyRequest, account: string | null): readonly Counted[] {
    const address = { subject: subjectOf('address', networkOf(request.ip)), free: limits.perAddress };
    if (account === null) return [address];
    const browser = known.nameOf(request.cookies[knownCookie], account);
    if (browser !== undefined) return [{ subject: subjectOf('browser', browser), free: limits.perAccount }];
    return [address, { subject: subjectOf('account', emailKey(account)), free: limits.perAccount }];
  }

  /** Milliseconds until the next try at one of these; 0: now. */
  async function waitOf(tx: Tx, counted: readonly Counted[], nowMs: number): Promise<number> {
    let waitMs = 0;
    for (const { subject, free } of counted) {
      const tried = await findWrongTries(tx, authority.id, subject);
      if (tried === undefined || tried.count < free || nowMs - tried.lastMs >= forgottenMs) continue;
      const each = Math.min(longestWaitMs, limits.firstWaitMs * 2 ** Math.min(tried.count - free, 30));
      // A clock that was set back must not make anybody wait for the old time to come again.
      waitMs = Math.max(waitMs, Math.min(each, tried.lastMs + each - nowMs));
    }
    return waitMs;
  }

  /** Counts one more at each; milliseconds to wait, and nothing counted, when one of them has to. */
  async function begin(counted: readonly Counted[], nowMs: number): Promise<readonly Begun[] | number> {
    // Who has to wait costs a look, and no write.
    const early = await database.read((tx) => waitOf(tx, counted, nowMs));
    if (early > 0) return early;
    return database.write(async (tx) => {
      // Asked again where it is counted: of many at once, no more get in than may.
      const wait = await waitOf(tx, counted, nowMs);
      if (wait > 0) return wait;
      await forgetWrongTriesBefore(tx, authority.id, nowMs - forgottenMs);
      const begun: Begun[] = [];
      for (const each of counted) {
        const before = await findWrongTries(tx, authority.id, each.subject);
        await saveWrongTries(tx, authority.id, each.subject, { count: (before?.count ?? 0) + 1, lastMs: nowMs });
        begun.push({ ...each, before });
      }
      return begun;
    });
  }

  /** As if this try had not been: where none came after it, the wait of those before it goes on from where it was. */
  async function takeBack(tx: Tx, { subject, before }: Begun, begunMs: number): Promise<void> {
    const tried = await findWrongTries(tx, authority.id, subject);
    if (tried === undefined) return;
    const isLast = tried.lastMs === begunMs && tried.count === (before?.count ?? 0) + 1;
    const left = isLast ? before : { ...tried, count: Math.max(0, tried.count - 1) };
    if (left === undefined || left.count === 0) await forgetWrongTries(tx, authority.id, subject);
    else await saveWrongTries(tx, authority.id, subject, left);
  }

  /** Those that are still being tried stay counted: a success lets no more of them in than may be at once. */
  async function forgive(tx: Tx, { subject }: Counted): Promise<void> {
    const tried = await findWrongTries(tx, authority.id, subject);
    const count = Math.min(inFlight.get(subject) ?? 0, tried?.count ?? 0);
    if (tried === undefined || count === 0) await forgetWrongTries(tx, authority.id, subject);
    else await saveWrongTries(tx, authority.id, subject, { ...tried, count });
  }

  function fly(counted: readonly Counted[], by: 1 | -1): void {
    for (const { subject } of counted) {
      const count = (inFlight.get(subject) ?? 0) + by;
      if (count === 0) inFlight.delete(subject);
      else inFlight.set(subject, count);
    }
  }

  return {
    async attempt(request, account, work) {
      const counted = countedOf(request, account);
      const nowMs = now();
      const begun = await begin(counted, nowMs);
      if (typeof begun === 'number') {
        const retryAfterSeconds = Math.max(1, Math.ceil(begun / 1000));
        return { ok: false, problem: { kind: 'too-many-tries', retryAfterSeconds } };
      }
      fly(counted, 1);
      const result = await work().finally(() => fly(counted, -1));
      // With an account, the last is its own count, or that of its person's browser.
      const own = account === null ? undefined : begun.at(-1);
      const verdict = verdictOf(result);
      if (verdict === 'wrong') return result;
      await database.write(async (tx) => {
        for (const each of begun) {
          if (each !== own || verdict === 'none') await takeBack(tx, each, nowMs);
          else if (verdict === 'right') await forgive(tx, each);
        }
      });
      return result;
    },
    clear: (account) =>
      database.write((tx) => forgetWrongTries(tx, authority.id, subjectOf('account', emailKey(account)))),
  };
}

/** Names of people and addresses are in the table only as their hash. */
const subjectOf = (kind: string, name: string): string =>
  createHash('sha256').update(`${kind} ${name}`, 'utf8').digest('hex');
