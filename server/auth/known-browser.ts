/**
 * Browsers that somebody has signed in with before ("device cookies", OWASP): wrong tries from such a browser are counted
 * apart, so that a stranger who keeps guessing at an account cannot keep its person out. A mark signs nobody in.
 *
 * A mark is a name and HMAC-SHA256 of it with the email; a browser keeps those of the last few people. Half of a name is an HMAC of the email
 * and three random bytes, the other half the beginning of the HMAC of that: where no email is said, too, it can be told that this server gave it, and
 * which marks are one person's. Whoever signs in again and again in browsers that keep nothing has many marks, and no more room for it.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { CookieSerializeOptions } from '@fastify/cookie';
import { emailKey } from '../sync/rules.ts';

export const knownCookie = '__Host-plumbline-known';

const yearSeconds = 365 * 24 * 60 * 60;
export const knownCookieOptions: CookieSerializeOptions = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'strict',
  maxAge: yearSeconds,
};

/** People who share one laptop. */
const keptMarks = 5;
const personBytesOfName = 5;
const randomBytesOfName = 3;
const givenBytesOfName = personBytesOfName + randomBytesOfName;
const nameBytes = 16;
/** In base64url. */
const nameLength = 22;
const markShape = /^([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{43})$/;

export interface KnownBrowsers {
  /** The browser's name, when it has a mark for this email. */
  nameOf(cookie: string | undefined, email: string): string | undefined;
  /** Whose the first mark is that this server gave the browser: alike in all of that person's browsers. */
  anyPersonOf(cookie: string | undefined): string | undefined;
  /** The cookie as far as it is marks; null when there is none. */
  marksIn(cookie: string | undefined): string | null;
  /** The cookie with a fresh mark for this email before those that were there. */
  mark(cookie: string | undefined, email: string): string;
}

/** `secret`: a key of the server's that is not in its database. */
export function knownBrowsers(secret: Uint8Array, randomBytes: (n: number) => Uint8Array): KnownBrowsers {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'plumbline.known-browser.1', 32));
  const sign = (name: string, email: string): Buffer =>
    createHmac('sha256', key)
      .update(`${name} ${emailKey(email)}`, 'utf8')
      .digest();
  const personOf = (email: string): Uint8Array =>
    createHmac('sha256', key)
      .update(`person ${emailKey(email)}`, 'utf8')
      .digest()
      .subarray(0, personBytesOfName);
  const nameFrom = (given: Uint8Array): string =>
    Buffer.concat([given, createHmac('sha256', key).update('name ').update(given).digest()])
      .subarray(0, nameBytes)
      .toString('base64url');
  const isGiven = (name: string): boolean =>
    timingSafeEqual(
      Buffer.from(name),
      Buffer.from(nameFrom(Buffer.from(name, 'base64url').subarray(0, givenBytesOfName))),
    );
  const marksOf = (cookie: string | undefined): readonly string[] =>
    (cookie ?? '')
      .split('.')
      .filter((mark) => markShape.test(mark))
      .slice(0, keptMarks);
  const nameIn = (mark: string, email: string): string | undefined => {
    const [, name = '', signature = ''] = markShape.exec(mark) ?? [];
    const given = Buffer.from(signature, 'base64url');
    const right = sign(name, email);
    return given.length === right.length && timingSafeEqual(given, right) ? name : undefined;
  };
  const nameOf: KnownBrowsers['nameOf'] = (cookie, email) => {
    for (const mark of marksOf(cookie)) {
      const name = nameIn(mark, email);
      if (name !== undefined) return name;
    }
    return undefined;
  };
  return {
    nameOf,
    marksIn: (cookie) => marksOf(cookie).join('.') || null,
    anyPersonOf(cookie) {
      const name = marksOf(cookie)
        .map((mark) => mark.slice(0, nameLength))
        .find(isGiven);
      return name === undefined
        ? undefined
        : Buffer.from(name, 'base64url').subarray(0, personBytesOfName).toString('base64url');
    },
    mark(cookie, email) {
      const name = nameFrom(Buffer.concat([personOf(email), randomBytes(randomBytesOfName)]));
      const others = marksOf(cookie).filter((mark) => nameIn(mark, email) === undefined);
      return [`${name}${sign(name, email).toString('base64url')}`, ...others].slice(0, keptMarks).join('.');
    },
  };
}
