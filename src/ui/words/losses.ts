/** What the browser has lost: which changes, since when, and how many of them nobody else has. */
import type { KeptLoss } from '../../protocol/loss.ts';

const numbers = (from: number, to: number): string => (from === to ? `change ${from}` : `changes ${from} to ${to}`);

export const losses = {
  title: 'Work has been lost',
  whose: (label: string) => `The browser has lost work of ${label}`,
  seen: 'I have read this',
  /** `moment` words a time. */
  what({ loss }: KeptLoss, moment: (ms: number) => string): string {
    const { cause, from, to, sinceMs, untilMs } = loss;
    const which = `${numbers(from, to)}, made between ${moment(sinceMs)} and ${moment(untilMs)}`;
    switch (cause) {
      case 'all':
        return `The browser has lost everything that Plumbline kept on this laptop: ${which}.`;
      case 'newest':
        return `The browser has lost the newest of what Plumbline kept on this laptop: ${which}.`;
      case 'some':
        return `The browser has lost some of what Plumbline kept on this laptop, out of ${which}.`;
      default:
        return cause satisfies never;
    }
  },
  rest({ home, loss }: KeptLoss): string {
    if (home === 'laptop') return 'They are nowhere else but in your backup files: bring in the newest one.';
    if (loss.unsent === 0) return 'All of them had been sent: they come back from the council’s server by themselves.';
    const lost =
      loss.unsent === 1
        ? '1 of them had not been sent, and nobody has it now.'
        : `${loss.unsent} of them had not been sent, and nobody has them now.`;
    return `${lost} What had been sent comes back from the council’s server by itself. Then look through what you worked on last and enter again what is missing.`;
  },
} as const;
