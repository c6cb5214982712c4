/**
 * The long faults: every `tests/faults/*.test.ts` and `*.spec.ts` with the long settings of `tests/faults/long-run.ts`,
 * one file at a time. Words narrow it to the files whose path contains them all; its last line is `N passed, N failed`.
 */
import { runBrowser } from './browser.ts';
import { addCounts, type Counted } from './steps.ts';
import { runUnit, testFiles } from './unit.ts';

const folder = 'tests/faults';
const env = { FAULTS: 'long' };
/** Two hundred runs of ten laptops take hours. */
const fileLimitMs = 12 * 3_600_000;

const words = ['faults/', ...process.argv.slice(2)];
const units = testFiles('.test.ts', words);
const flows = testFiles('.spec.ts', words);

let total: Counted = { passed: 0, failed: 0 };
if (units.length === 0 && flows.length === 0) {
  console.log(`No file of ${folder} has a name like that.`);
  total = { passed: 0, failed: 1 };
}
if (units.length > 0) total = addCounts(total, await runUnit(words, { atOnce: 1, env, fileLimitMs, shown: true }));
if (flows.length > 0) total = addCounts(total, await runBrowser(flows, { folder, env }));

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
