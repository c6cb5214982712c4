/** What a server does by itself once a day, and when it starts: it asks every hour whether a new day has come. */
import { keepAnchor } from './anchor.ts';
import { forgetNotices } from './auth/notices.ts';
import type { Server } from './context.ts';
import { traceOf } from './log.ts';
import { eraseAgain, retain } from './retention/retain.ts';
import { askAllAgain } from './sync/retry-waiting.ts';

const everyMs = 60 * 60 * 1000;

const jobs = {
  'daily/retain': retain,
  'daily/anchor': keepAnchor,
  'daily/notices': forgetNotices,
  'daily/waiting': askAllAgain,
} as const;

/** Does what is due. A job that fails is logged, and asked again the next day. */
export async function doDaily(server: Server): Promise<void> {
  for (const [path, job] of Object.entries(jobs)) await attempt(server, path, job);
}

/** What must be done before anybody is served: a database that was put back shows nothing that was erased. */
export const doBeforeServing = (server: Server): Promise<void> => attempt(server, 'daily/erase-again', eraseAgain);

async function attempt(server: Server, path: string, job: (server: Server) => Promise<void>): Promise<void> {
  try {
    await job(server);
  } catch (error) {
    server.log({ event: 'failed', path, reference: server.newId(), error: traceOf(error) });
  }
}

export interface Daily {
  /** The first time is over. */
  readonly first: Promise<void>;
  /** Waits for what is being done. */
  stop(): Promise<void>;
}

/** Does it now and on every new day. */
export function startDaily(server: Server): Daily {
  const today = (): string => new Date(server.now()).toISOString().slice(0, 10);
  let day = today();
  const first = doDaily(server);
  let doing = first;
  const ask = (): void => {
    if (today() === day) return;
    day = today();
    doing = doing.then(() => doDaily(server));
  };
  const timer = setInterval(ask, everyMs);
  timer.unref();
  return {
    first,
    stop() {
      clearInterval(timer);
      return doing;
    },
  };
}
