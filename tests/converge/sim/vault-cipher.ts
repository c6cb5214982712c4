/**
 * A cipher that costs nothing: a box holds the number of its value in a table of this process. Opens for its own place only,
 * as the real one does.
 */
import { canonical, type JsonObject } from '../../../src/domain/canonical.ts';
import type { BoxPlace, SealForServer } from '../../../src/store/server-box.ts';
import type { Cipher, Place } from '../../../src/store/cipher.ts';
import type { ServerKey } from '../../../server/sync/server-key.ts';
import { hash } from './ids.ts';

const iv = new Uint8Array(0);

export function vaultCipher(): Cipher {
  const values: { readonly place: string; readonly value: JsonObject }[] = [];
  const nameOf = ({ table, record, unit }: Place): string => `${table} ${record} ${unit}`;
  return {
    async seal(place, value) {
      values.push({ place: nameOf(place), value });
      return { iv, data: new Uint8Array(new Uint32Array([values.length]).buffer) };
    },
    async open(place, { data }) {
      const [number = 0] = new Uint32Array(Uint8Array.from(data).buffer);
      const box = values[number - 1];
      if (box === undefined || box.place !== nameOf(place)) throw new Error(`The box ${nameOf(place)} does not open`);
      return box.value;
    },
  };
}

/** The same for what laptops keep for the server: it alone opens a box, and knows its own receipts. */
export function vaultForServer(): { readonly seal: SealForServer; readonly key: ServerKey } {
  const texts: string[] = [];
  const placeText = ({ authority, device, seq }: BoxPlace): string => canonical([authority, device, seq]);
  const receipt: ServerKey['receipt'] = ({ authority, device, seq, leaf }, { ms, count }) =>
    hash(canonical(['receipt', authority, device, seq, leaf, ms, count]));
  return {
    seal: async (_key, parcels) =>
      parcels.map(({ place, text }) => {
        texts.push(`${placeText(place)} ${text}`);
        return new Uint8Array(new Uint32Array([texts.length]).buffer);
      }),
    key: {
      publicKey: `04${'ab'.repeat(64)}`,
      receipt,
      isReceipt: (op, stamp, said) => receipt(op, stamp) === said,
      open(place, box) {
        const [number = 0] = new Uint32Array(Uint8Array.from(box).buffer);
        const text = texts[number - 1];
        const prefix = `${placeText(place)} `;
        if (text === undefined || !text.startsWith(prefix)) throw new Error('The box does not open');
        return text.slice(prefix.length);
      },
    },
  };
}
