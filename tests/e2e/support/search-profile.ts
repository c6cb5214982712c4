/**
 * Looks for bytes in every file of a browser's profile, as they are: also in IndexedDB's own files, logs, caches, history and
 * form memory. Chromium may squeeze what it writes, but leaves the first copy of a short random text as it is; a control run
 * that finds its texts shows that for the build of Chromium at hand.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What to look for, by a name for the report. */
export type Wanted = Readonly<Record<string, string | Uint8Array>>;

/** The files, relative to the profile, in which each was found: as UTF-8, as UTF-16LE, or as the bytes given. */
export function searchProfile(profile: string, wanted: Wanted): Map<string, string[]> {
  const needles = Object.entries(wanted).flatMap(([name, what]) =>
    typeof what === 'string'
      ? (['utf8', 'utf16le'] as const).map((encoding) => ({ name, bytes: Buffer.from(what, encoding) }))
      : [{ name, bytes: Buffer.from(what) }],
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
