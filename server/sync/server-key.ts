/**
 * The server's own key, in a file outside the database: it opens what laptops have kept for it (`store/server-box`) and signs
 * receipts, by which the server knows again what it has accepted when the database no longer does.
 *
 *   receipt = HMAC-SHA256(HKDF(private key, "plumbline.receipt.1"), canonical [authority, device, seq, leaf, stamp])
 */
import { createDecipheriv, createECDH, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { canonical } from '../../src/domain/canonical.ts';
import type { AuthorityId, DeviceId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { Stamp } from '../../src/domain/stamp.ts';
import { ConfigError, KeyMismatch } from '../config.ts';

export interface ServerKey {
  /** The public half: a point of P-256, uncompressed, in hex. */
  readonly publicKey: string;
  /** The text in a box of this place. Throws when it was sealed to another key or for another place, or is damaged. */
  open(place: BoxPlace, box: Uint8Array): string;
  receipt(op: Receipted, stamp: Stamp): string;
  isReceipt(op: Receipted, stamp: Stamp, receipt: string): boolean;
}

/** What a receipt is bound to. */
export type Receipted = Pick<Op, 'authority' | 'device' | 'seq' | 'leaf'>;

export interface BoxPlace {
  readonly authority: AuthorityId;
  readonly device: DeviceId;
  readonly seq: number;
}

const curve = 'prime256v1';
const keyBytes = 32;
const boxLabel = 'plumbline.retained.1';
const receiptLabel = 'plumbline.receipt.1';
const boxVersion = 1;
const pointBytes = 65;
const ivBytes = 12;
const tagBytes = 16;

/**
 * Reads the key, made at the first start. Throws a ConfigError when the file is no key, and a KeyMismatch when it is gone or is not
 * the key that laptops were given (`given`): with another one nobody could open what they keep.
 */
export function serverKey(path: string, given: string | undefined): ServerKey {
  const ecdh = createECDH(curve);
  if (existsSync(path)) {
    const bytes = readFileSync(path);
    if (bytes.length !== keyBytes) throw new ConfigError(`The key file ${path} is not ${keyBytes} bytes long.`);
    ecdh.setPrivateKey(bytes);
  } else if (given === undefined) {
    ecdh.generateKeys();
    writeFileSync(path, padded(ecdh.getPrivateKey()), { mode: 0o600, flag: 'wx', flush: true });
  }
  const publicKey = existsSync(path) ? ecdh.getPublicKey('hex') : '';
  if (given !== undefined && given !== publicKey) {
    throw new KeyMismatch(
      `The key file ${path} is missing or another one. Without it the server cannot open what laptops keep for it in case the ` +
        `database is lost. Put it back from its backup, with the database it belongs to; if it is gone for good, ` +
        `"npm run restore -- --new-epoch" makes a new one.`,
    );
  }
  const secret = padded(ecdh.getPrivateKey());
  const receiptKey = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), receiptLabel, keyBytes));
  const receipt = ({ authority, device, seq, leaf }: Receipted, { ms, count }: Stamp): string =>
    createHmac('sha256', receiptKey)
      .update(canonical([receiptLabel, authority, device, seq, leaf, ms, count]), 'utf8')
      .digest('hex');
  return {
    publicKey,
    receipt,
    isReceipt: (op, stamp, said) => isSame(receipt(op, stamp), said),
    open({ authority, device, seq }, box) {
      if (box[0] !== boxVersion || box.length <= 1 + pointBytes + ivBytes + tagBytes) throw new Error('Not a box');
      const point = box.subarray(1, 1 + pointBytes);
      const iv = box.subarray(1 + pointBytes, 1 + pointBytes + ivBytes);
      const key = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(point), point, boxLabel, keyBytes));
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(canonical([boxLabel, authority, device, seq]), 'utf8'));
      decipher.setAuthTag(box.subarray(-tagBytes));
      const sealed = box.subarray(1 + pointBytes + ivBytes, -tagBytes);
      return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
    },
  };
}

/** A private key may begin with zeros, which are not given out. */
const padded = (key: Buffer): Buffer => Buffer.concat([Buffer.alloc(keyBytes - key.length), key]);

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
