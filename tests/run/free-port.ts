/**
 * A port of 127.0.0.1 for a server that must know it before it starts, or come back to it after a stop. Below the ports that systems
 * give to outgoing connections and to `listen(0)` (from 32768 on Linux, 49152 elsewhere): one of those may be gone again by then.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const [lowest, end] = [20_000, 32_000];
const tries = 20;

/** Throws where nothing can be listened at. */
export async function freePort(): Promise<number> {
  for (let left = tries; left > 0; left -= 1) {
    const port = randomInt(lowest, end);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${tries} ports was free`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
