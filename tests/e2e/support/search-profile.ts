/**
 * Looks for bytes in every file of a browser's profile, as they are: also in IndexedDB's own files, logs, caches, history and
 * form memory. Chromium squeezes what it writes: where a run of a few characters stood before, it writes where instead. Of a random text
 * that can break one half, hardly both, so either counts; a control run that finds its texts shows that for the build at hand.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What to look for, by a name for the report; of several, any. */
export type Wanted = Readonly<Record<string, string | Uint8Array | readonly string[]>>;

/** A long random text as what to look for: whole enough to be told from chance, also when a part of it was squeezed. */
export const eitherHalf = (text: string): readonly string[] => {
  const middle = Math.floor(text.length / 2);
  return text.length < 20 ? [text] : [text.slice(0, middle), text.slice(middle)];
};

/** The files, relative to the profile, in which each was found: as UTF-8, as UTF-16LE, or as the bytes given. */
export function searchProfile(profile: string, wanted: Wanted): Map<string, string[]> {
  const needles = Object.entries(wanted).flatMap(([name, what]) =>
    what instanceof Uint8Array
      ? [{ name, bytes: Buffer.from(what) }]
      : [what]
          .flat()
          .flatMap((text) =>
            (['utf8', 'utf16le'] as const).map((encoding) => ({ name, bytes: Buffer.from(text, encoding) })),
          ),
  );
  const found = new Map<string, string[]>(Object.keys(wanted).map((name) => [name, []]));
  for (const file of readdirSync(profile, { recursive: true, encoding: 'utf8' })) {
    const path = join(profile, file);
    if (!lstatSync(path).isFile()) continue;
    const content = readFileSync(path);
    for (const { name, bytes } of needles) if (content.includes(bytes)) found.get(name)?.push(file);
  }
  return found;
}

/** One line for each that was found, with where. */
export const foundIn = (found: ReadonlyMap<string, readonly string[]>): string[] =>
  [...found]
    .filter(([, files]) => files.length > 0)
    .map(([name, files]) => `${name}: ${[...new Set(files)].join(', ')}`);
