/** What a server does by itself once a day: it asks every hour, and each job says for itself whether its day has come. */
import { keepAnchor } from './anchor.ts';
import type { Server } from './context.ts';
import { traceOf } from './log.ts';
import { retain } from './retention/retain.ts';

const everyMs = 60 * 60 * 1000;

const jobs = { 'daily/retain': retain, 'daily/anchor': keepAnchor } as const;

/** Does what is due. A job that fails is logged, and asked again the next day. */
export async function doDaily(server: Server): Promise<void> {
  for (const [path, job] of Object.entries(jobs)) {
    try {
      await job(server);
    } catch (error) {
      server.log({ event: 'failed', path, reference: server.newId(), error: traceOf(error) });
    }
  }
}

/** Does it now and on every new day; answers how to stop, which waits for what is being done. */
export async function startDaily(server: Server): Promise<() => Promise<void>> {
  const today = (): string => new Date(server.now()).toISOString().slice(0, 10);
  let day = today();
  await doDaily(server);
  let doing = Promise.resolve();
  const ask = (): void => {
    if (today() === day) return;
    day = today();
    doing = doing.then(() => doDaily(server));
  };
  const timer = setInterval(ask, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return doing;
  };
}
