/**
 * Counts how often processes ask the operating system to flush a file to its disk (fsync, fdatasync), by strace. Only that says
 * whether "durable" is more than a word (FAULTS 6); what a disk makes of it no test can say.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const noStrace = 'strace is not installed here, or may not watch a process: install the package “strace”';

/** Whether a process can be watched here. */
export const canCountFlushes = (): boolean =>
  spawnSync('strace', ['-f', '-e', 'trace=fsync', '-o', '/dev/null', 'true']).status === 0;

/** How many flushes `pid` and the processes it has started ask for while `work` runs, in any of their threads. */
export async function countFlushes(pid: number, work: () => Promise<void>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-strace-'));
  const log = join(folder, 'log');
  const pids = treeOf(pid);
  const watched = pids.flatMap((each) => ['-p', String(each)]);
  const strace = spawn('strace', ['-f', '-e', 'trace=fsync,fdatasync', '-o', log, ...watched], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => strace.once('exit', resolve));
  try {
    await attached(strace.stderr, pids.length);
    await work();
  } finally {
    strace.kill('SIGINT');
    await ended;
  }
  const lines = readFileSync(log, 'utf8').split('\n');
  rmSync(folder, { recursive: true, force: true });
  // A call that is interrupted by another thread's is on two lines, and only the first has its opening bracket.
  return lines.filter((line) => /\bf(data)?sync\(/.test(line)).length;
}

function attached(said: NodeJS.ReadableStream, processes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    said.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if ((text.match(/attached/g)?.length ?? 0) >= processes) resolve();
    });
    said.once('close', () => reject(new Error(`strace ended: ${text}`)));
  });
}

/** A process and all below it. */
function treeOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 1).split(' ')[2])] as const];
      } catch {
        return []; // ended meanwhile
      }
    });
  const tree = [pid];
  for (const each of tree) for (const [child, parent] of parents) if (parent === each) tree.push(child);
  return tree;
}
