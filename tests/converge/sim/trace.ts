/** What happened in a run, line by line, and one hash of it all: two runs of one seed must give the same. */
import { createHash } from 'node:crypto';

export interface Trace {
  say(line: string): void;
  lines(): readonly string[];
  hash(): string;
}

export function newTrace(nowMs: () => number): Trace {
  const started = nowMs();
  const lines: string[] = [];
  return {
    say: (line) => void lines.push(`${((nowMs() - started) / 1000).toFixed(3).padStart(10)} ${line}`),
    lines: () => lines,
    hash: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  };
}
