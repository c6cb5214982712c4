/**
 * Passwords, kept as scrypt hashes (node:crypto) with their parameters and salt. An unknown account costs the same work as a
 * wrong password. At most two are computed at once: each takes 128 MB.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';

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
const hashBytes = 32;

const storedSchema = v.object({
  kind: v.literal('scrypt'),
  N: v.number(),
  r: v.number(),
  p: v.number(),
  salt: v.string(),
  hash: v.string(),
});

export interface Passwords {
  /** The text to store for a password. */
  hash(password: string): Promise<string>;
  /** Whether a password is the stored one; false, after the same work, when nothing is stored. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
  /** True while so many are waiting that another should be asked to come back. */
  busy(): boolean;
}

export function makePasswords(cost: ScryptCost, randomBytes: (n: number) => Uint8Array): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    async hash(password) {
      const salt = randomBytes(16);
      const hash = await inTurn(() => derive(password, salt, cost));
      return JSON.stringify({ kind: 'scrypt', ...cost, salt: base64(salt), hash: base64(hash) });
    },
    async verify(password, stored) {
      const { N, r, p, salt, hash } =
        stored === undefined ? unknownAccount(cost, randomBytes) : v.parse(storedSchema, JSON.parse(stored));
      const computed = await inTurn(() => derive(password, Buffer.from(salt, 'base64'), { N, r, p }));
      const expected = Buffer.from(hash, 'base64');
      return expected.length === computed.length && timingSafeEqual(expected, computed) && stored !== undefined;
    },
    busy: () => waiting.length >= waitingLimit,
  };
}

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
