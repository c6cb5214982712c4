/** Runs in a real Chromium: the conformance suite of the store's port, on its own IndexedDB. Nothing of it is in the app. */
import { openDexiePort } from '../../../src/store/dexie-port.ts';
import type { Port } from '../../../src/store/port.ts';
import { portConformance } from '../../store/port-conformance.ts';

export interface Conformance {
  readonly total: number;
  readonly passed: number;
  /** What failed, as uvu words it; empty when nothing did. */
  readonly failures: string;
}

/** What a suite of uvu answers when it is run: failures (or true), passed, skipped, total. */
type RunSuite = () => Promise<readonly [string | true, number, number, number]>;

declare global {
  interface Window {
    runConformance(): Promise<Conformance>;
    /** Where uvu puts what is to be run: per file its name, then its suites. */
    UVU_QUEUE: [name: null, ...suites: RunSuite[]][];
  }
}

let made = 0;

async function opened(name: string): Promise<Port> {
  const result = await openDexiePort(name);
  if (!result.ok) throw new Error(`The port did not open: ${result.problem.kind}`);
  return result.value;
}

window.runConformance = async () => {
  portConformance('Dexie in Chromium', async () => {
    const name = `conformance-${(made += 1)}`;
    const port = await opened(name);
    return {
      port,
      async reopen() {
        await port.close();
        return opened(name);
      },
    };
  });
  // Taken out of the queue, so that it is run here, where its answer is wanted, and not by uvu.
  const [, run] = window.UVU_QUEUE.pop() ?? [null];
  if (run === undefined) throw new Error('The conformance suite has queued nothing');
  const [failures, passed, , total] = await run();
  return { total, passed, failures: failures === true ? '' : failures };
};
