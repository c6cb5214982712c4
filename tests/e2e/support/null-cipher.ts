/**
 * The control of the sentinels: stands in for `src/store/cipher.ts` in a build that a test makes for itself, and seals nothing.
 * Never part of the app. It imports types alone, because it is compiled in the other file's place.
 */
import type { Cipher } from '../../../src/store/cipher.ts';

export function aesCipher(): Cipher {
  return {
    seal: async (_place, value) => ({
      iv: new Uint8Array(12),
      data: new TextEncoder().encode(JSON.stringify(value)),
    }),
    open: async (_place, { data }) => JSON.parse(new TextDecoder().decode(data)) as never,
  };
}
