/** Codes of authenticator apps, against the vectors of RFC 6238 (appendix B, cut to six digits) and RFC 4648. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { base32, codeAt, keyUri, stepOf } from '../../server/auth/totp.ts';

const test = suite('one-time codes');
const secret = Buffer.from('12345678901234567890', 'ascii');

test('the vectors of RFC 6238', () => {
  for (const [seconds, code] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const)
    assert.is(codeAt(secret, Math.floor(seconds / 30)), code.slice(2));
});

test('the vectors of RFC 4648, without padding', () => {
  for (const [plain, encoded] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const)
    assert.is(base32(Buffer.from(plain)), encoded);
});

test('a code is taken one step early or late, and never at or before one that was used', () => {
  const nowMs = 1_111_111_109_000;
  const now = Math.floor(nowMs / 30_000);
  for (const [by, taken] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const)
    assert.is(stepOf(secret, codeAt(secret, now + by), nowMs, 0), taken ? now + by : null);
  assert.is(stepOf(secret, codeAt(secret, now), nowMs, now), null);
  assert.is(stepOf(secret, codeAt(secret, now - 1), nowMs, now), null);
  assert.is(stepOf(secret, codeAt(secret, now + 1), nowMs, now), now + 1);
  for (const odd of ['', '12345', '1234567', '12345a', '１２３４５６']) assert.is(stepOf(secret, odd, nowMs, 0), null);
});

test('the key’s address is what apps read', () => {
  const uri = new URL(keyUri('MZXW6YTBOI', 'Plumbline Testshire & Co', 'a+b@example.org'));
  assert.is(uri.protocol + uri.host, 'otpauth:totp');
  assert.is(decodeURIComponent(uri.pathname), '/Plumbline Testshire & Co:a+b@example.org');
  assert.is(uri.searchParams.get('secret'), 'MZXW6YTBOI');
  assert.is(uri.searchParams.get('issuer'), 'Plumbline Testshire & Co');
  assert.not.match(uri.href, '+Testshire');
});

test.run();
