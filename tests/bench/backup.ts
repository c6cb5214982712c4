/**
 * What a backup file costs: saved, counted and brought in on the page's own thread, beside its peer, all rows read at once and
 * packed with no seal. Aim: no gap longer than a tenth of a second, and a heap that does not grow with the laptop.
 */
import { fileURLToPath } from 'node:url';
import { table } from './figures.ts';
import { onPage } from './page.ts';
import type { BackupTimes } from './backup-page.ts';

/** Ten changes each. */
const sizes = [1_000, 10_000];

/** Measures, prints a table, and answers the figures. */
export async function benchBackup(): Promise<readonly BackupTimes[]> {
  const entry = fileURLToPath(new URL('./backup-page.ts', import.meta.url));
  const results: BackupTimes[] = [];
  for (const audits of sizes) {
    const times = await onPage(entry, (page) =>
      page.evaluate((count): Promise<BackupTimes> => window.measureBackup(count), audits),
    );
    results.push(times);
    const { save, dump, count, bringIn, changes, fileBytes } = times;
    const rows = Object.entries({ save, 'dump, unsealed': dump, count, 'bring in': bringIn }).map(([name, leg]) => [
      name,
      (leg.ms / 1000).toFixed(1),
      (leg.ms / dump.ms).toFixed(1),
      leg.longestGapMs.toFixed(0),
      String(leg.longGaps),
      leg.heapMib === null ? '' : leg.heapMib.toFixed(0),
    ]);
    console.log(`backup: ${changes} changes, a file of ${(fileBytes / 2 ** 20).toFixed(1)} MiB`);
    console.log(table([['', 's', 'x dump', 'longest gap ms', 'over 50 ms', 'heap MiB'], ...rows]));
  }
  return results;
}
