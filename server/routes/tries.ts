/**
 * Slows down guessing. Wrong tries are counted by account and by address; past a few, each next one has to wait longer, up to
 * a quarter of an hour, and never longer: nobody is locked out for ever. What is refused for waiting is not counted, a try
 * that succeeds clears the account, a day without tries clears anything. A browser that its person has signed in with before
 * is counted by itself, whatever strangers do. Counts are in the database: a restart forgets none, servers share them.
 *
 * And keeps one session, and one browser or address without a session, from taking the server for itself (@fastify/rate-limit).
 * A whole office may share one address: a browser that this server knows is counted by itself here too, and the way in apart from the rest.
 */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { knownBrowsers, knownCookie } from '../auth/known-browser.ts';
import type { Server } from '../context.ts';
import { findWrongTries, forgetWrongTries, forgetWrongTriesBefore, saveWrongTries } from '../db/wrong-tries.ts';
import type { Tx } from '../db/tables.ts';
import { emailKey } from '../sync/rules.ts';

export interface TryLimits {
  /** Wrong tries that cost no waiting. */
  readonly perAccount: number;
  /** Generous: a whole office may share one address. */
  readonly perAddress: number;
  /** The first wait; it doubles with each wrong try. */
  readonly firstWaitMs: number;
  /** Requests of one session in a minute; a first download of many pages stays well below. */
  readonly perSessionMinute: number;
  /**
   * Requests without a session in a minute, of one known browser, or from one address the rest of them, those on the way in apart: an
   * office of laptops that are locked stays well below.
   */
  readonly perAddressMinute: number;
  /** Laptops that one person may begin with in 30 days: each has a row, for ever. */
  readonly newLaptops: number;
}

/** So many keys are remembered by a counter: at the package's 5,000 a flood of others makes it forget one. */
const remembered = 200_000;

const minuteMs = 60 * 1000;
const longestWaitMs = 15 * minuteMs;
const forgottenMs = 24 * 60 * minuteMs;
/** Sign-ins with a council account that one browser or address may begin in a minute: each is a row for ten minutes. */
const beginningsPerMinute = 300;
/** Reports of a broken policy that one address may have written into the log in a minute. */
export const reportsPerMinute = 60;

export const tryLimits: TryLimits = {
  perAccount: 10,
  perAddress: 100,
  firstWaitMs: 15 * 1000,
  perSessionMinute: 3000,
  perAddressMinute: 3000,
  newLaptops: 50,
};

/** One try that was let through, and is counted as wrong unless it succeeds. */
export interface Try {
  readonly problem: ServerProblem | null;
  succeeded(): Promise<void>;
  /** It was no wrong guess, though nobody is in yet: the address's count is taken back, the account's stays. */
  unfinished(): Promise<void>;
}

export interface Tries {
  readonly newLaptops: number;
  /** Counts one try at `account` (an email, a person; null for what cannot be guessed); `problem` when it has to wait. */
  begin(request: FastifyRequest, account: string | null): Promise<Try>;
  /** An account got a new password by a link of its QA lead: what strangers tried counts no more. */
  clear(account: string): Promise<void>;
  /** Counts one request of a session; the problem when there were too many. */
  pace(request: FastifyRequest, session: string): Promise<ServerProblem | null>;
  /** Counts one request without a session; the problem when there were too many of its browser, or at this door from its address. */
  paceOutside(request: FastifyRequest, door: Door): Promise<ServerProblem | null>;
  /** Counts the beginning of a sign-in with a council account; whether it may be begun. */
  mayBegin(request: FastifyRequest): Promise<boolean>;
  /** Counts one report of a broken policy; whether it may still be written down. */
  mayReport(request: FastifyRequest): Promise<boolean>;
}

/** What is asked on the way in (signing in, joining, what their screens show), and everything else without a session. */
export type Door = 'way-in' | 'other';

interface Counted {
  readonly subject: string;
  readonly free: number;
}

export function makeTries(app: FastifyInstance, server: Server, limits: TryLimits): Tries {
  const { database, authority, now } = server;
  const known = knownBrowsers(server.recoveryKey, server.randomBytes);

  function countedOf(request: FastifyRequest, account: string | null): readonly Counted[] {
    const address = { subject: subjectOf('address', networkOf(request.ip)), free: limits.perAddress };
    if (account === null) return [address];
    const browser = known.nameOf(request.cookies[knownCookie], account);
    if (browser !== undefined) return [{ subject: subjectOf('browser', browser), free: limits.perAccount }];
    return [address, { subject: subjectOf('account', emailKey(account)), free: limits.perAccount }];
  }

  /** As whom somebody without a session is counted: the browser that we know, or the address. */
  function outsider(request: FastifyRequest, what: string): string {
    const browser = known.anyNameOf(request.cookies[knownCookie]);
    return browser === undefined ? `${what} ${networkOf(request.ip)}` : `browser ${browser}`;
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

  async function change(tx: Tx, counted: readonly Counted[], by: 1 | -1, nowMs: number): Promise<void> {
    for (const { subject } of counted) {
      const tried = await findWrongTries(tx, authority.id, subject);
      const before = tried !== undefined && nowMs - tried.lastMs < forgottenMs ? tried.count : 0;
      await saveWrongTries(tx, authority.id, subject, { count: Math.max(0, before + by), lastMs: nowMs });
    }
  }

  const bySession = counter(app, limits.perSessionMinute);
  const outside = counter(app, limits.perAddressMinute);
  const beginnings = counter(app, beginningsPerMinute);
  const reports = counter(app, reportsPerMinute);

  return {
    newLaptops: limits.newLaptops,
    async begin(request, account) {
      const counted = countedOf(request, account);
      const nowMs = now();
      const refusal = (waitMs: number): Try => ({
        problem: { kind: 'too-many-tries', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) },
        succeeded: () => Promise.resolve(),
        unfinished: () => Promise.resolve(),
      });
      // Who has to wait costs a look, and no write.
      const early = await database.read((tx) => waitOf(tx, counted, nowMs));
      if (early > 0) return refusal(early);
      const waitMs = await database.write(async (tx) => {
        // Asked again where it is counted: of many at once, no more get in than may.
        const wait = await waitOf(tx, counted, nowMs);
        if (wait > 0) return wait;
        await forgetWrongTriesBefore(tx, authority.id, nowMs - forgottenMs);
        await change(tx, counted, 1, nowMs);
        return 0;
      });
      if (waitMs > 0) return refusal(waitMs);
      // With an account, the last is its own count, or that of its person's browser.
      const own = account === null ? undefined : counted.at(-1);
      const shared = counted.filter((each) => each !== own);
      return {
        problem: null,
        succeeded: () =>
          database.write(async (tx) => {
            if (own !== undefined) await forgetWrongTries(tx, authority.id, own.subject);
            await change(tx, shared, -1, now());
          }),
        unfinished: () => database.write((tx) => change(tx, shared, -1, now())),
      };
    },
    clear: (account) =>
      database.write((tx) => forgetWrongTries(tx, authority.id, subjectOf('account', emailKey(account)))),
    pace: (request, session) => bySession(request, `session ${session}`),
    paceOutside: (request, door) => outside(request, outsider(request, door)),
    mayBegin: async (request) => (await beginnings(request, outsider(request, 'begin'))) === null,
    mayReport: async (request) => (await reports(request, `reports ${networkOf(request.ip)}`)) === null,
  };
}

/** Counts requests in the memory of this server, so many in a minute for each key: for what harms nobody when a restart forgets it. */
function counter(app: FastifyInstance, max: number) {
  const keys = new WeakMap<FastifyRequest, string>();
  const keyGenerator = (request: FastifyRequest): string => keys.get(request) ?? '';
  // The package takes `cache` here, though its types say so only of `register`.
  const options = { max, timeWindow: minuteMs, keyGenerator, cache: remembered };
  const count = app.createRateLimit(options);
  return async (request: FastifyRequest, key: string): Promise<ServerProblem | null> => {
    keys.set(request, key);
    const tried = await count(request);
    if (tried.isAllowed || !tried.isExceeded) return null;
    return { kind: 'too-many-tries', retryAfterSeconds: Math.max(1, tried.ttlInSeconds) };
  };
}

/** Names of people and addresses are in the table only as their hash. */
const subjectOf = (kind: string, name: string): string =>
  createHash('sha256').update(`${kind} ${name}`, 'utf8').digest('hex');

/** An IPv6 address counts by its network (/64): whoever has one has all of its addresses. */
function networkOf(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [head = [], tail] = ip.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])].slice(0, 4).join(':').toLowerCase();
}
