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

let total: Counted = { passed: 0, failed: 0 };
const count = (counted: Counted): void => void (total = addCounts(total, counted));

for (const project of projects) count(await check(`types of ${project}`, 'npx', ['tsc', '-p', project]));
count(await check('format', 'npx', ['prettier', '--check', '.']));
count(await runLint());
count(await runUnit());
count(await runSim({ schedules: 5000 }));
count(await runPlanted());
count(await runBrowser());

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
