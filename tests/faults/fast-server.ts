/**
 * The real server as a program of its own whose clock runs fast: started by `killable-server.ts`, which says how fast and
 * since when, and killed by it.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { openPlumbline } from '../../server/plumbline.ts';
import { newId } from '../server/client.ts';
import { fastTime } from './fast-time.ts';

const time = fastTime(Number(process.env['SPEED']), Number(process.env['BEGAN_MS']));
const plumbline = await openPlumbline({
  config: readConfig(process.env),
  platform: { now: time.now, newId, randomBytes },
  log: () => undefined,
  passwordCost: { N: 2 ** 10, r: 8, p: 1 },
  appDir: resolve('dist'),
  beatMs: 20_000 / time.speed,
  tryLimits: {
    perAccount: 1000,
    perAddress: 1000,
    firstWaitMs: 15_000,
    perPersonMinute: 1_000_000,
    perAddressMinute: 1_000_000,
    newLaptops: 100_000,
    keptBytesDay: 1e12,
  },
});
const address = await plumbline.listen();
console.log(`Ready at ${address} ${plumbline.firstLink ?? '-'}`);
