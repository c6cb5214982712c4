/**
 * The page's end of the summary worker: the newest answer to the newest question, as a signal.
 *
 * Promises:
 *  - the worker starts with the first question; every call answers within `callMs`
 *  - a worker that dies or does not answer is started again once for each question the page asks, and asked again
 *  - an answer to an earlier question, or of an earlier worker, is dropped by identity
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { proxy, type Remote } from 'comlink';
import type { RecordId } from '../domain/ids.ts';
import type { Figure, Summary, SummaryQuery } from '../domain/summary.ts';
import type { StoreTicket, SummaryApi } from '../protocol/threads.ts';
import type { Timers } from '../protocol/timers.ts';
import { openThread, type ThreadEnd } from './thread.ts';

/** One page of the audits behind a figure, and how many there are in all. */
export interface AuditsBehind {
  readonly ids: readonly RecordId[];
  readonly total: number;
}

export interface SummaryBridge {
  /** The newest answer; null before the first. It names its query: a new question leaves it until it is answered. */
  readonly summary: ReadonlySignal<Summary | null>;
  /** The question could not be answered, also not by a new worker. Asking again tries again. */
  readonly failed: ReadonlySignal<boolean>;
  watch(query: SummaryQuery): void;
  /** null when it could not be answered, also not by a new worker. */
  auditsBehind(query: SummaryQuery, figure: Figure, offset: number, limit: number): Promise<AuditsBehind | null>;
  close(): Promise<void>;
}

export interface SummaryBridgeDeps {
  readonly ticket: StoreTicket;
  readonly startWorker: () => ThreadEnd;
  readonly timers: Timers;
}

const callMs = 10_000;
const closeMs = 1_000;

export function openSummaryBridge({ ticket, startWorker, timers }: SummaryBridgeDeps): SummaryBridge {
  const summary = signal<Summary | null>(null);
  const failed = signal(false);
  const thread = openThread<SummaryApi>({ start: startWorker, timers, onLost: lost });
  let wanted: SummaryQuery | null = null;
  let restarts = 0;
  let closed = false;
  /** The store opened in the worker that lives now; null while there is none. Its identity tells lives apart. */
  let opened: Promise<boolean> | null = null;

  function lost(): void {
    opened = null;
    if (wanted === null) return;
    if (restarts === 0) {
      failed.value = true;
      return;
    }
    restarts -= 1;
    void ask(wanted);
  }

  async function ask(query: SummaryQuery): Promise<void> {
    const life = open();
    const onAnswer = (answer: Summary): void => {
      if (wanted !== query || opened !== life) return;
      summary.value = answer;
      failed.value = false;
    };
    await call(life, (api) => api.watch(query, proxy(onAnswer)));
  }

  const open = (): Promise<boolean> =>
    (opened ??= thread.call(callMs, (api) => api.open(ticket)).then((answer) => answer.ok));

  /** What the worker answers; undefined when it did not, and then it has been ended. */
  async function call<T>(
    life: Promise<boolean>,
    work: (api: Remote<SummaryApi>) => Promise<T>,
  ): Promise<T | undefined> {
    if ((await life) && opened === life) {
      const answer = await thread.call(callMs, work);
      if (answer.ok) return answer.value;
    }
    if (opened === life) {
      thread.end();
      lost();
    }
    return undefined;
  }

  return {
    summary,
    failed,
    watch(query) {
      if (closed) return;
      wanted = query;
      restarts = 1;
      failed.value = false;
      void ask(query);
    },
    async auditsBehind(query, figure, offset, limit) {
      for (let tries = 0; tries < 2 && !closed; tries += 1) {
        const page = await call(open(), (api) => api.auditsBehind(query, figure, offset, limit));
        if (page !== undefined) return page;
      }
      return null;
    },
    async close() {
      closed = true;
      wanted = null;
      summary.value = null;
      const life = opened;
      opened = null;
      if (life !== null) await thread.call(closeMs, (api) => api.close());
      thread.end();
    },
  };
}
