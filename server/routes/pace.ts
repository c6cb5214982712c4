/**
 * Keeps one person, and one browser or address without a session, from taking the server for itself: how often they ask
 * (@fastify/rate-limit), and how many bytes they have kept. A whole office may share one address: a browser that this server knows is
 * counted by its person, and the way in apart from the rest. All of it is in the memory of this server: a restart that forgets it harms nobody.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { knownBrowsers, knownCookie } from '../auth/known-browser.ts';
import type { Server } from '../context.ts';
import { networkOf } from './network-of.ts';

export interface PaceLimits {
  /** Requests of one person in a minute, in all of their sessions; first downloads of two laptops at once stay well below. */
  readonly perPersonMinute: number;
  /**
   * Requests without a session in a minute, of the known browsers of one person, or from one address the rest of them, those on the way in
   * apart: an office of laptops that are locked stays well below.
   */
  readonly perAddressMinute: number;
  /**
   * Bytes of requests that one person may have kept at once, and as many again in the course of a day. A backlog of 500 full audits is
   * some 15 MB, an import of 20,000 rows 40 to 80 MB, what a laptop offers to a server that was put back some 100 MB.
   */
  readonly keptBytesDay: number;
  /** Laptops that one person may begin with in 30 days: each has a row, for ever. */
  readonly newLaptops: number;
}

export const paceLimits: PaceLimits = {
  perPersonMinute: 6000,
  perAddressMinute: 3000,
  keptBytesDay: 512 * 1024 * 1024,
  newLaptops: 50,
};

/** So many keys are remembered by a counter: at the package's 5,000 a flood of others makes it forget one. */
const remembered = 200_000;
const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;
/** Sign-ins with a council account that one browser or address may begin in a minute: each is a row for ten minutes. */
const beginningsPerMinute = 300;
/** Reports of a broken policy that one address may have written into the log in a minute. */
export const reportsPerMinute = 60;

/** What is asked on the way in (signing in, joining, what their screens show), and everything else without a session. */
export type Door = 'way-in' | 'other';

export interface Pace {
  readonly newLaptops: number;
  /** Counts one request of somebody the server knows; the problem when there were too many. */
  asks(request: FastifyRequest, who: string): Promise<ServerProblem | null>;
  /** Counts the bytes of a request that is to be kept; the problem, and nothing counted, when it is more than is left. */
  keeps(request: FastifyRequest, who: string): ServerProblem | null;
  /** Counts one request without a session; the problem when there were too many of its person, or at this door from its address. */
  asksOutside(request: FastifyRequest, door: Door): Promise<ServerProblem | null>;
  /** Counts the beginning of a sign-in with a council account; whether it may be begun. */
  mayBegin(request: FastifyRequest): Promise<boolean>;
  /** Counts one report of a broken policy; whether it may still be written down. */
  mayReport(request: FastifyRequest): Promise<boolean>;
}

export function makePace(app: FastifyInstance, server: Server, limits: PaceLimits): Pace {
  const known = knownBrowsers(server.recoveryKey, server.randomBytes);

  /** As whom somebody without a session is counted: whoever has signed in in this browser, or the address. */
  function outsider(request: FastifyRequest, what: string): string {
    const person = known.anyPersonOf(request.cookies[knownCookie]);
    return person === undefined ? `${what} ${networkOf(request.ip)}` : `browsers of ${person}`;
  }

  const asks = counter(app, limits.perPersonMinute);
  const outside = counter(app, limits.perAddressMinute);
  const beginnings = counter(app, beginningsPerMinute);
  const reports = counter(app, reportsPerMinute);
  const take = budget(limits.keptBytesDay, server.now);

  return {
    newLaptops: limits.newLaptops,
    asks,
    keeps: (request, who) => take(who, request.bodyBytes),
    asksOutside: (request, door) => outside(request, outsider(request, door)),
    mayBegin: async (request) => (await beginnings(request, outsider(request, 'begin'))) === null,
    mayReport: async (request) => (await reports(request, `reports ${networkOf(request.ip)}`)) === null,
  };
}

/** Counts requests, so many in a minute for each key. */
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

/**
 * So many bytes for each key, which come back evenly over a day: whoever has used them up goes on slowly, and is not kept waiting for
 * the next morning. Only people with an account, and laptops that the server knows, have a key: there are not so many of them.
 */
function budget(bytesPerDay: number, now: () => number) {
  const used = new Map<string, { readonly bytes: number; readonly atMs: number }>();
  return (key: string, bytes: number): ServerProblem | null => {
    const nowMs = now();
    const before = used.get(key) ?? { bytes: 0, atMs: nowMs };
    // A clock that was set back gives nothing, and takes nothing.
    const back = (Math.max(0, nowMs - before.atMs) / dayMs) * bytesPerDay;
    const still = Math.max(0, before.bytes - back);
    const over = still + bytes - bytesPerDay;
    if (over > 0) {
      const waitMs = (Math.min(over, bytesPerDay) / bytesPerDay) * dayMs;
      return { kind: 'too-many-tries', retryAfterSeconds: Math.ceil(waitMs / 1000) };
    }
    used.set(key, { bytes: still + bytes, atMs: nowMs });
    return null;
  };
}
