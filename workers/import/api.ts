/**
 * What the page may ask of the import worker, on whatever store and hashes it is given. One job at a time: the next one
 * ends the one before, between two audits. The store is open while a job needs it, and no longer; nor is the key kept.
 */
import { ofstedScale } from '../../src/domain/grade.ts';
import type { PersonId } from '../../src/domain/ids.ts';
import type { ImportAccess, ImportStop } from '../../src/protocol/import-job.ts';
import type { Result, StoreProblem } from '../../src/protocol/problem.ts';
import type { ImportApi } from '../../src/protocol/threads.ts';
import type { Store } from '../../src/store/open.ts';
import { asResult } from '../../src/store/problems.ts';
import { checkFile } from './check.ts';
import type { RunningHash } from './file-digest.ts';
import { inspect } from './read-csv.ts';
import { writeImport } from './write.ts';

export interface ImportDeps {
  readonly openLaptop: (access: ImportAccess) => Promise<Result<Store, StoreProblem>>;
  readonly newFileHash: () => RunningHash;
  /** Does `work` while no other worker of this person does such work; null, without it, where one does. */
  readonly alone: <T>(person: PersonId, work: () => Promise<T>) => Promise<T | null>;
}

interface Job {
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
}

export function importApi({ openLaptop, newFileHash, alone }: ImportDeps): ImportApi {
  let running: Job | null = null;

  async function stop(): Promise<void> {
    running?.stop.abort();
    await running?.ended;
  }

  async function run<T>(work: (signal: AbortSignal) => Promise<Result<T, ImportStop>>): Promise<Result<T, ImportStop>> {
    const before = stop();
    const controller = new AbortController();
    const done = before.then(() => asResult(() => work(controller.signal)));
    const job = { stop: controller, ended: done.catch(() => undefined) };
    running = job;
    try {
      return await done;
    } finally {
      if (running === job) running = null;
    }
  }

  async function onStore<T>(
    access: ImportAccess,
    work: (store: Store) => Promise<Result<T, ImportStop>>,
  ): Promise<Result<T, ImportStop>> {
    const opened = await openLaptop(access);
    if (!opened.ok) return opened;
    try {
      return await work(opened.value);
    } finally {
      await opened.value.port.close();
    }
  }

  return {
    ping: () => Promise.resolve(true),
    inspect: (file, asked, onProgress) =>
      run((signal) => {
        const told = (doneBytes: number, totalBytes: number): void => onProgress({ doneBytes, totalBytes, written: 0 });
        return inspect(signal, file, { scale: ofstedScale, ...asked, onProgress: told });
      }),
    check: (access, file, reading, onProgress) =>
      run((signal) => onStore(access, (store) => checkFile(signal, file, reading, { store, newFileHash, onProgress }))),
    write: (access, file, plan, onProgress) =>
      run(async (signal) => {
        const write = () => onStore(access, (store) => writeImport(signal, file, plan, { store, onProgress }));
        return (await alone(access.ticket.person, write)) ?? { ok: false, problem: { kind: 'one-at-a-time' } };
      }),
    stop,
  };
}
