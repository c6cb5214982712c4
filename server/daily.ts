/** What a server does by itself once a day: it asks every hour, and each job says for itself whether its day has come. */
import { keepAnchor } from './anchor.ts';
import type { Server } from './context.ts';
import { traceOf } from './log.ts';

const everyMs = 60 * 60 * 1000;

const jobs = { 'daily/anchor': keepAnchor } as const;

/** Does what is due. A job that fails is logged, and asked again the next time. */
export async function doDaily(server: Server): Promise<void> {
  for (const [path, job] of Object.entries(jobs)) {
    try {
      await job(server);
    } catch (error) {
      server.log({ event: 'failed', path, reference: server.newId(), error: traceOf(error) });
    }
  }
}

/** Does it now and every hour; answers how to stop, which waits for what is being done. */
export async function startDaily(server: Server): Promise<() => Promise<void>> {
  await doDaily(server);
  let doing = Promise.resolve();
  const timer = setInterval(() => void (doing = doing.then(() => doDaily(server))), everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return doing;
  };
}
