/** Slows down guessing: counts tries at sign-in, joining and recovery by account and by address (@fastify/rate-limit). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { emailKey } from '../sync/rules.ts';

export interface TryLimits {
  readonly perAccount: number;
  /** Generous: a whole office may share one address. */
  readonly perAddress: number;
  readonly windowMs: number;
}

export const tryLimits: TryLimits = { perAccount: 30, perAddress: 300, windowMs: 15 * 60 * 1000 };

export interface Tries {
  /** Counts one try at `account` (an email, a token, a person); the problem when there were too many. */
  problem(request: FastifyRequest, account: string): Promise<ServerProblem | null>;
}

export function makeTries(app: FastifyInstance, { perAccount, perAddress, windowMs }: TryLimits): Tries {
  const accounts = new WeakMap<FastifyRequest, string>();
  const byAddress = app.createRateLimit({
    max: perAddress,
    timeWindow: windowMs,
    keyGenerator: ({ ip }) => `ip ${ip}`,
  });
  const byAccount = app.createRateLimit({
    max: perAccount,
    timeWindow: windowMs,
    keyGenerator: (request) => `account ${accounts.get(request) ?? ''}`,
  });
  return {
    async problem(request, account) {
      accounts.set(request, emailKey(account));
      for (const check of [byAddress, byAccount]) {
        const tried = await check(request);
        if (!tried.isAllowed && tried.isExceeded) {
          return { kind: 'too-many-tries', retryAfterSeconds: Math.max(1, tried.ttlInSeconds) };
        }
      }
      return null;
    },
  };
}
