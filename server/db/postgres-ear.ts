/**
 * Hears what is told on a channel of PostgreSQL (LISTEN), by a connection of its own that is opened again whenever it is lost.
 * What was told while it was away is said as one `missed`. A connection that has gone silent is found out by asking.
 */
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { Heard } from './engine.ts';

const askEveryMs = 20_000;
const answerMs = 10_000;
const firstRetryMs = 250;
const lastRetryMs = 15_000;

export interface Ear {
  /** Resolves once it listens. */
  listen(heard: (heard: Heard) => void): Promise<void>;
  close(): Promise<void>;
}

export function openEar(url: string, channel: string): Ear {
  const closing = new AbortController();
  let open: Client | null = null;
  let ended: Promise<void> = Promise.resolve();

  /** Connects and listens. `lost` resolves when the connection is. */
  async function connect(heard: (heard: Heard) => void): Promise<{ readonly lost: Promise<void> }> {
    const client = new Client({
      connectionString: url,
      application_name: 'plumbline listening',
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
      keepAlive: true,
    });
    open = client;
    const lost = new Promise<void>((resolve) => {
      client.once('error', () => resolve());
      client.once('end', () => resolve());
    });
    // Later ones of a connection that is lost already.
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => heard({ kind: 'told', text: payload ?? '' }));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await hangUp(client);
      throw error;
    }
    return { lost: Promise.race([lost, silence(client, closing.signal)]).then(() => hangUp(client)) };
  }

  async function stay(first: Promise<void>, heard: (heard: Heard) => void): Promise<void> {
    let [lost, retryMs] = [first, firstRetryMs];
    for (;;) {
      await lost;
      if (!(await pause(retryMs, closing.signal))) return;
      const again = await connect(heard).catch(() => null);
      retryMs = again === null ? Math.min(retryMs * 2, lastRetryMs) : firstRetryMs;
      if (again === null) continue;
      lost = again.lost;
      heard({ kind: 'missed' });
    }
  }

  return {
    async listen(heard) {
      const { lost } = await connect(heard);
      ended = stay(lost, heard);
    },
    async close() {
      closing.abort();
      if (open !== null) await hangUp(open);
      await ended;
    },
  };
}

/** Resolves when the other side no longer answers. */
async function silence(client: Client, signal: AbortSignal): Promise<void> {
  while (await pause(askEveryMs, signal)) {
    const answers = await client.query('select 1').then(
      () => true,
      () => false,
    );
    if (!answers) return;
  }
}

/** Waits; false when it is over before. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  setTimeout(ms, true, { signal, ref: false }).catch(() => false);

const hangUp = (client: Client): Promise<void> => client.end().catch(() => undefined);
