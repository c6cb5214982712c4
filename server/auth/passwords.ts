/**
 * Passwords, kept as scrypt hashes (node:crypto) with their parameters and salt. An unknown account costs the same work as a
 * wrong password. At most two are computed at once, each takes 128 MB, and of one account no more than two run or wait:
 * whoever signs in again and again, with the right password or a wrong one, is turned away before they keep others waiting.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';

export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's first choice for scrypt: 128 MB, about a third of a second. */
export const scryptCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

const atOnce = 2;
/** Beyond this many waiting, sign-ins are turned away for a while rather than queued into time-outs. */
const waitingLimit = 40;
/** Of one account, running and waiting: somebody who signs in on two laptops at once waits for neither. */
const perAccountLimit = 2;
const busyForSeconds = 15;
/** For an account of which others are being computed: each takes a part of a second. */
const momentSeconds = 2;
const hashBytes = 32;

const storedSchema = v.object({
  kind: v.literal('scrypt'),
  N: v.number(),
  r: v.number(),
  p: v.number(),
  salt: v.string(),
  hash: v.string(),
});

type Busy = Extract<ServerProblem, { readonly kind: 'too-many-tries' }>;

/** Both are told to come back while too many are waiting, or two of this account (a person, or an email that is nobody's). */
export interface Passwords {
  /** The text to store for a password. */
  hash(account: string, password: string): Promise<Result<string, Busy>>;
  /** Whether a password is the stored one; false, after the same work, when nothing is stored. */
  verify(account: string, password: string, stored: string | undefined): Promise<Result<boolean, Busy>>;
}

export function makePasswords(cost: ScryptCost, randomBytes: (n: number) => Uint8Array): Passwords {
  const waiting: (() => void)[] = [];
  /** Running and waiting, by account. */
  const asked = new Map<string, number>();
  let running = 0;

  async function inTurn<T>(account: string, work: () => Promise<T>): Promise<Result<T, Busy>> {
    const own = asked.get(account) ?? 0;
    if (own >= perAccountLimit) return comeBack(momentSeconds);
    if (waiting.length >= waitingLimit) return comeBack(busyForSeconds);
    asked.set(account, own + 1);
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return { ok: true, value: await work() };
    } finally {
      const left = (asked.get(account) ?? 1) - 1;
      if (left === 0) asked.delete(account);
      else asked.set(account, left);
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (account, password) =>
      inTurn(account, async () => {
        const salt = randomBytes(16);
        const hash = await derive(password, salt, cost);
        return JSON.stringify({ kind: 'scrypt', ...cost, salt: base64(salt), hash: base64(hash) });
      }),
    verify: (account, password, stored) =>
      inTurn(account, async () => {
        const { N, r, p, salt, hash } =
          stored === undefined ? unknownAccount(cost, randomBytes) : v.parse(storedSchema, JSON.parse(stored));
        const computed = await derive(password, Buffer.from(salt, 'base64'), { N, r, p });
        const expected = Buffer.from(hash, 'base64');
        return expected.length === computed.length && timingSafeEqual(expected, computed) && stored !== undefined;
      }),
  };
}

const comeBack = (retryAfterSeconds: number): { readonly ok: false; readonly problem: Busy } => ({
  ok: false,
  problem: { kind: 'too-many-tries', retryAfterSeconds },
});

const unknownAccount = (cost: ScryptCost, randomBytes: (n: number) => Uint8Array) => ({
  ...cost,
  salt: base64(randomBytes(16)),
  hash: base64(randomBytes(hashBytes)),
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

// The same password typed on another keyboard may come composed differently: NFKC makes them one.
function derive(password: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Buffer> {
  const maxmem = 128 * N * r * p + 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, { N, r, p, maxmem: maxmem * 2 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
