/**
 * A browser's IndexedDB files damaged on the disk, as a power cut, a virus scanner or a full disk leaves them. Chromium opens
 * most of what is left without an error: as an older database, or as a new one that is empty (FAULTS L8).
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Damage = 'log cut' | 'bytes flipped' | 'MANIFEST garbage' | 'log gone' | 'CURRENT deleted';

/** Damages the only origin's LevelDB in a profile whose browser is closed. */
export function damage(profile: string, how: Damage): void {
  const root = join(profile, 'Default', 'IndexedDB');
  const folder = readdirSync(root).find((name) => name.endsWith('.indexeddb.leveldb'));
  if (folder === undefined) throw new Error(`No IndexedDB in ${profile}`);
  const files = readdirSync(join(root, folder)).map((name) => join(root, folder, name));
  const named = (pattern: RegExp): string => {
    const [largest] = files.filter((file) => pattern.test(file)).sort((a, b) => statSync(b).size - statSync(a).size);
    if (largest === undefined) throw new Error(`No file like ${pattern} among ${files.join(', ')}`);
    return largest;
  };
  const log = named(/\.log$/);
  switch (how) {
    case 'log cut':
      return truncateSync(log, Math.floor(statSync(log).size * 0.6));
    case 'bytes flipped': {
      const bytes = readFileSync(log);
      for (let at = 0; at < bytes.length; at += 512) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      return writeFileSync(log, bytes);
    }
    case 'MANIFEST garbage':
      return writeFileSync(named(/MANIFEST/), Buffer.alloc(200, 7));
    case 'log gone':
      return rmSync(log);
    case 'CURRENT deleted':
      return renameSync(named(/CURRENT$/), join(root, folder, 'was-current'));
    default:
      return how satisfies never;
  }
}
