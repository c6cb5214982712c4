/** What the end of a cycle says of the connection. */
import type { SyncProblem } from '../../src/protocol/problem.ts';
import type { SyncState } from '../../src/protocol/threads.ts';

export function phaseAfter(problem: SyncProblem | null): SyncState['phase'] {
  switch (problem?.kind) {
    case 'unreachable':
    case 'timed-out':
    case 'not-our-server':
      return 'offline';
    case 'signed-out':
      return 'signed-out';
    case 'revoked':
    case 'wrong-person':
    case 'too-many-laptops':
    case 'wrong-authority':
    case 'protocol':
      return 'paused';
    default:
      return 'idle';
  }
}
