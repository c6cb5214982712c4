/**
 * What shows the server that the copy on this laptop is unlocked (protocol: Sessions): the same for every tab of one copy, and
 * not to be had without its key, so that a session's cookie alone reads nothing once the app is locked.
 *
 * It is SHA-256 of one constant sealed under the data key with an IV of zeros. No other box has that IV (theirs are random),
 * and the same is sealed each time: nothing is learned of the key, by the server or on the way.
 */
import { toHex } from './wrapping.ts';

/** 64 hex digits. */
export async function unlockedProof(key: CryptoKey): Promise<string> {
  const constant = new TextEncoder().encode('plumbline.unlocked.1');
  const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: constant };
  const sealed = await crypto.subtle.encrypt(algorithm, key, constant);
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', sealed)));
}
