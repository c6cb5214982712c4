/**
 * The test command: types, format, lint, unit and property tests, the simulator on fresh seeds and on planted bugs, then
 * the flows in a real browser against the real server. Goes on after a failure, so that one run tells everything; its last
 * line is `N passed, N failed`.
 */
import { runBrowser } from './browser.ts';
import { runLint } from './lint.ts';
import { runPlanted, runSim } from './sim.ts';
import { addCounts, check, type Counted } from './steps.ts';
import { runUnit } from './unit.ts';

const projects = ['tsconfig.json', 'src/domain', 'workers', 'server', 'tests'];

const types = async (): Promise<Counted> => {
  let counted: Counted = { passed: 0, failed: 0 };
  for (const project of projects)
    counted = addCounts(counted, await check(`types of ${project}`, 'npx', ['tsc', '-p', project]));
  return counted;
};
/** Types on one core, format and lint on the other. */
async function checks(): Promise<Counted> {
  const format = check('format', 'npx', ['prettier', '--check', '.']);
  const lint = format.then(async (counted) => addCounts(counted, await runLint()));
  const [typed, linted] = await Promise.all([types(), lint]);
  return addCounts(typed, linted);
}

const parts: readonly (readonly [name: string, run: () => Promise<Counted>])[] = [
  ['checks', checks],
  ['units', runUnit],
  ['simulator', () => runSim({ schedules: 5000 })],
  ['planted bugs', runPlanted],
  ['flows', runBrowser],
];

let total: Counted = { passed: 0, failed: 0 };
for (const [name, run] of parts) {
  const startedMs = performance.now();
  total = addCounts(total, await run());
  console.log(`${name}: ${((performance.now() - startedMs) / 60_000).toFixed(1)} min`);
}

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
