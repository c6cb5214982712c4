/** Reads hostile files one after another, in a process whose memory has an end, and tells how each came out. */
import { chanceFrom } from '../../e2e/support/random.ts';
import { hostileFile } from './hostile-files.ts';
import { readHostile } from './read-hostile.ts';

export type Told =
  { readonly kind: string; readonly number: number; readonly outcome: string } | { readonly failed: string };

const [seed = 0, files = 0] = process.argv.slice(2).map(Number);
const tell = (told: Told): Promise<void> =>
  new Promise((resolve) => void process.send?.(told, undefined, undefined, () => resolve()));
for (let number = 1; number <= files; number += 1) {
  // A seed of its own for each: one is had again without those before it.
  const { kind, file } = hostileFile(chanceFrom(seed + number));
  try {
    await tell({ kind, number, outcome: await readHostile(file) });
  } catch (error) {
    await tell({ failed: `file ${number}, ${kind}: ${error instanceof Error ? error.stack : String(error)}` });
    break;
  }
}
process.disconnect();
