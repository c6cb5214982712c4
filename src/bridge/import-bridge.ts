/**
 * The page's end of the import worker. The worker starts with the first question and ends with `close`, when the person
 * leaves or the laptop locks.
 *
 * Promises:
 *  - every question is answered: with what the worker says, or with `thread-lost` when it died or made no progress for
 *    `idleMs`
 *  - the file itself stays where it is; the worker is passed a handle to it
 *  - `stop` and `close` end a job between two audits, or after `stopMs` wherever it stands: a transaction is whole anyway
 */
import { proxy, type Remote } from 'comlink';
import type {
  FileReading,
  ImportAccess,
  ImportCheck,
  ImportPlan,
  ImportProgress,
  ImportStop,
  ImportWritten,
  InspectAsked,
} from '../protocol/import-job.ts';
import type { Inspection } from '../protocol/import.ts';
import type { Result } from '../protocol/problem.ts';
import type { ImportApi } from '../protocol/threads.ts';
import type { Timers } from '../protocol/timers.ts';
import { openThread, type ThreadEnd } from './thread.ts';

export type OnProgress = (progress: ImportProgress) => void;

export interface ImportBridge {
  inspect(file: File, asked: InspectAsked, onProgress: OnProgress): Promise<Result<Inspection, ImportStop>>;
  check(file: File, reading: FileReading, onProgress: OnProgress): Promise<Result<ImportCheck, ImportStop>>;
  write(file: File, plan: ImportPlan, onProgress: OnProgress): Promise<Result<ImportWritten, ImportStop>>;
  /** Ends what is running; its question is answered. */
  stop(): Promise<void>;
  /** Ends the worker. */
  close(): Promise<void>;
}

export interface ImportBridgeDeps {
  readonly access: ImportAccess;
  readonly startWorker: () => ThreadEnd;
  readonly timers: Timers;
}

/** Between two signs of progress: a large file on a slow disk, and a store that is busy with syncing. */
const idleMs = 60_000;
const stopMs = 2_000;
/** Progress decides how long a job may take; this only keeps a call from waiting for ever. */
const longestMs = 24 * 60 * 60 * 1000;

export function openImportBridge({ access, startWorker, timers }: ImportBridgeDeps): ImportBridge {
  const thread = openThread<ImportApi>({ start: startWorker, timers, onLost: () => undefined });
  let closed = false;
  /** Questions that wait for their answer. */
  let waiting = 0;

  async function ask<T>(
    onProgress: OnProgress,
    question: (api: Remote<ImportApi>, told: OnProgress) => Promise<Result<T, ImportStop>>,
  ): Promise<Result<T, ImportStop>> {
    if (closed) return lost;
    let cancel = (): void => undefined;
    const wait = (): void => {
      cancel();
      cancel = timers.after(idleMs, () => thread.end());
    };
    const told = proxy((progress: ImportProgress) => {
      wait();
      onProgress(progress);
    });
    wait();
    waiting += 1;
    const answer = await thread.call(longestMs, (api) => question(api, told));
    waiting -= 1;
    cancel();
    return answer.ok ? answer.value : lost;
  }

  const stop = async (): Promise<void> => {
    if (waiting > 0) await thread.call(stopMs, (api) => api.stop());
  };

  return {
    inspect: (file, asked, onProgress) => ask(onProgress, (api, told) => api.inspect(file, asked, told)),
    check: (file, reading, onProgress) => ask(onProgress, (api, told) => api.check(access, file, reading, told)),
    write: (file, plan, onProgress) => ask(onProgress, (api, told) => api.write(access, file, plan, told)),
    stop,
    async close() {
      if (closed) return;
      closed = true;
      await stop();
      thread.end();
    },
  };
}

const lost = { ok: false, problem: { kind: 'thread-lost' } } as const;
