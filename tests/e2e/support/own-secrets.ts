/** The secrets of one laptop's copy, found out as its owner could: with a sign-in, the server's half and the laptop's half. */
import type { Page } from '@playwright/test';
import { sessionPaths } from '../../../src/protocol/session.ts';
import { fromHex, secretKey, toHex, unwrapKey } from '../../../src/store/wrapping.ts';
import { openBrowser, signIn } from '../../server/client.ts';

interface Wrapped {
  readonly salt: number[];
  readonly iv: number[];
  readonly data: number[];
}

/** The recovery secret and the raw data key, each as text and as bytes. */
export async function ownSecrets(
  page: Page,
  address: string,
  email: string,
  password: string,
): Promise<Record<string, string | Uint8Array>> {
  const { keyring, wrapped } = await readKeyring(page);
  const browser = openBrowser(address);
  await signIn(browser, email, password, { recovers: keyring });
  const { body, problem } = await browser.post<{ secret: string }>(sessionPaths.recover, { keyring });
  if (problem) throw new Error(`The recovery secret was refused: ${problem.kind}`);
  const secret = fromHex(body.secret);
  if (secret === null) throw new Error('The recovery secret is not 64 hex digits');
  const bytes = (numbers: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(numbers);
  const box = { iv: bytes(wrapped.iv), data: bytes(wrapped.data) };
  const key = await unwrapKey(box, await secretKey('recovery', secret, bytes(wrapped.salt)), keyring, 'recovery');
  if (key === null) throw new Error('The recovery secret does not open the keyring');
  return {
    'recovery secret, hex': body.secret,
    'recovery secret, bytes': secret,
    'data key, hex': toHex(key),
    'data key, base64': Buffer.from(key).toString('base64').replace(/=+$/, ''),
    'data key, bytes': key,
  };
}

function readKeyring(page: Page): Promise<{ keyring: string; wrapped: Wrapped }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('plumbline-keyring');
        opening.onerror = () => reject(opening.error ?? new Error('The keyring did not open'));
        opening.onsuccess = () => {
          const asking = opening.result.transaction('keyrings').objectStore('keyrings').getAll();
          asking.onsuccess = () => {
            const { keyring, byRecovery } = asking.result[0] as {
              keyring: string;
              byRecovery: { salt: Uint8Array; box: { iv: Uint8Array; data: Uint8Array } };
            };
            opening.result.close();
            const { salt, box } = byRecovery;
            resolve({ keyring, wrapped: { salt: [...salt], iv: [...box.iv], data: [...box.data] } });
          };
        };
      }),
  );
}
