/** A sealed box as a note of text, and back. */
import type { SealedNote } from '../protocol/sealed-note.ts';
import type { Sealed } from './rows.ts';

export const noteOfBox = ({ iv, data, ...more }: Sealed): SealedNote => ({
  ...more,
  iv: textOf(iv),
  data: textOf(data),
});

export const boxOfNote = ({ iv, data, ...more }: SealedNote): Sealed => ({
  ...more,
  iv: bytesOf(iv),
  data: bytesOf(data),
});

function textOf(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
