/**
 * What a save costs: one section unit, sealed and strict, as a ratio to a bare strict IndexedDB put of the same bytes.
 * Aim: at most twice the bare put at the median.
 */
import { fileURLToPath } from 'node:url';
import { quantile, table } from './figures.ts';
import { onPage } from './page.ts';
import type { SaveTimes } from './save-page.ts';

const pairs = 400;
const warmUp = 200;
const aim = 2;

export interface SaveFigures {
  readonly pairs: number;
  readonly boxBytes: number;
  readonly ms: Readonly<Record<string, { readonly median: number; readonly p95: number }>>;
  /** Median of a save over the median of a bare put. */
  readonly ratio: number;
  readonly aim: number;
}

/** Measures, prints a table, and answers the figures. */
export async function benchSave(): Promise<SaveFigures> {
  const entry = fileURLToPath(new URL('./save-page.ts', import.meta.url));
  const times = await onPage(entry, (page) =>
    page.evaluate(([count, first]): Promise<SaveTimes> => window.measureSaves(count, first), [pairs, warmUp] as const),
  );
  const named = {
    'bare strict put': times.bare,
    'bare strict put, explicit commit': times.bareCommitted,
    'save of a section, sealed': times.save,
    'keystrokes in a section, sealed': times.typing,
  };
  const ms = Object.fromEntries(
    Object.entries(named).map(([name, values]) => [
      name,
      { median: quantile(values, 0.5), p95: quantile(values, 0.95) },
    ]),
  );
  const bare = quantile(times.bare, 0.5);
  const ratio = quantile(times.save, 0.5) / bare;
  const rows = Object.entries(ms).map(([name, { median, p95 }]) => [
    name,
    median.toFixed(2),
    p95.toFixed(2),
    (median / bare).toFixed(2),
  ]);
  console.log(`save: ${pairs} of each, in turn; a box of ${times.boxBytes} bytes`);
  console.log(table([['', 'median ms', 'p95 ms', 'x bare put'], ...rows]));
  console.log(`a save costs ${ratio.toFixed(2)} bare puts at the median (aim: at most ${aim.toFixed(1)})`);
  return { pairs, boxBytes: times.boxBytes, ms, ratio, aim };
}
