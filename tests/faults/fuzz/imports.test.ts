/**
 * Hostile files through the real import, in a process with little memory: each is read within the limits, or refused with a
 * sentence, and the process lives on (FAULTS S23). Three hundred in `npm test`, ten thousand in `npm run faults -- fuzz`;
 * FUZZ_IMPORTS says another number. A run is had again with PLUMBLINE_SEED.
 */
import { fork } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chance } from '../../e2e/support/random.ts';
import { inLongRun } from '../long-run.ts';
import type { Told } from './imports-process.ts';

const test = suite('hostile files, many');
const files = Number(process.env['FUZZ_IMPORTS'] ?? inLongRun(10_000, 300));

/** The program itself takes a third of it; no file may take more than the rest. */
const heapMb = 160;

test('are read or refused in words, one after another, in a process with little memory', async () => {
  const { seed } = chance('hostile files');
  const startedMs = performance.now();
  const outcomes = new Map<string, Map<string, number>>();
  const failures: string[] = [];
  const child = fork(new URL('./imports-process.ts', import.meta.url), [String(seed), String(files)], {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${heapMb}`],
  });
  child.on('message', (told: Told) => {
    if ('failed' in told) return void failures.push(told.failed);
    const sums = outcomes.get(told.kind) ?? new Map<string, number>();
    outcomes.set(told.kind, sums.set(told.outcome, (sums.get(told.outcome) ?? 0) + 1));
  });
  const code = await new Promise((resolve) => void child.on('close', resolve));
  assert.equal(failures, []);
  const all = [...outcomes.values()].flatMap((sums) => [...sums.values()]).reduce((sum, each) => sum + each, 0);
  // One that takes too much memory ends the process.
  assert.equal([code, all], [0, files]);
  const perSecond = Math.round(files / ((performance.now() - startedMs) / 1000));
  console.log(`${files} files, ${perSecond} a second, in a heap of ${heapMb} MB`);
  const said = (sums: ReadonlyMap<string, number>): string => [...sums].map(([what, n]) => `${what} ${n}`).join(', ');
  for (const [kind, sums] of [...outcomes].sort()) console.log(`  ${kind}: ${said(sums)}`);
});

test.run();
