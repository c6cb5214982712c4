/**
 * Slows down guessing: counts tries at sign-in, joining and recovery by account and by address (@fastify/rate-limit). And
 * keeps one session from taking the server for itself.
 */
import { isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { emailKey } from '../sync/rules.ts';

export interface TryLimits {
  readonly perAccount: number;
  /** Generous: a whole office may share one address. */
  readonly perAddress: number;
  readonly windowMs: number;
  /** Requests of one session in a minute; a first download of many pages stays well below. */
  readonly perSessionMinute: number;
}

/** So many names and addresses are remembered by each counter: at the package's 5,000 a flood of others makes it forget one. */
const remembered = 200_000;

const minuteMs = 60 * 1000;
/** Reports of a broken policy that one address may have written into the log in a minute. */
export const reportsPerMinute = 60;

export const tryLimits: TryLimits = {
  perAccount: 30,
  perAddress: 300,
  windowMs: 15 * minuteMs,
  perSessionMinute: 3000,
};

export interface Tries {
  /** Counts one try at `account` (an email, a token, a person); the problem when there were too many. */
  problem(request: FastifyRequest, account: string): Promise<ServerProblem | null>;
  /** Counts one request of a session; the problem when there were too many. */
  pace(request: FastifyRequest, session: string): Promise<ServerProblem | null>;
  /** Counts one report of a broken policy; whether it may still be written down. */
  mayReport(request: FastifyRequest): Promise<boolean>;
}

export function makeTries(app: FastifyInstance, limits: TryLimits): Tries {
  const keys = new WeakMap<FastifyRequest, string>();
  const keyGenerator = (request: FastifyRequest): string => keys.get(request) ?? '';

  function counter(max: number, timeWindow: number) {
    // The package takes `cache` here, though its types say so only of `register`.
    const options = { max, timeWindow, keyGenerator, cache: remembered };
    const count = app.createRateLimit(options);
    return async (request: FastifyRequest, key: string): Promise<ServerProblem | null> => {
      keys.set(request, key);
      const tried = await count(request);
      if (tried.isAllowed || !tried.isExceeded) return null;
      return { kind: 'too-many-tries', retryAfterSeconds: Math.max(1, tried.ttlInSeconds) };
    };
  }

  const byAddress = counter(limits.perAddress, limits.windowMs);
  const byAccount = counter(limits.perAccount, limits.windowMs);
  const bySession = counter(limits.perSessionMinute, minuteMs);
  const reports = counter(reportsPerMinute, minuteMs);
  return {
    problem: async (request, account) =>
      (await byAddress(request, `address ${networkOf(request.ip)}`)) ??
      byAccount(request, `account ${emailKey(account)}`),
    pace: (request, session) => bySession(request, `session ${session}`),
    mayReport: async (request) => (await reports(request, `reports ${networkOf(request.ip)}`)) === null,
  };
}

/** An IPv6 address counts by its network (/64): whoever has one has all of its addresses. */
function networkOf(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [head = [], tail] = ip.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])].slice(0, 4).join(':').toLowerCase();
}
