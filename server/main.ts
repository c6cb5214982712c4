/**
 * Starts a server: reads the settings, opens everything, says where to open it, stops when asked. With `--example` it opens a
 * made-up authority in a scratch folder instead. The only file of the server that reads the clock, chance and the environment.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { readArguments } from './arguments.ts';
import { scryptCost } from './auth/passwords.ts';
import { ConfigError, readConfig } from './config.ts';
import { startExample, type ExampleStart } from './example/example-start.ts';
import { makeLog } from './log.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';
import { tryLimits } from './routes/tries.ts';

const beatMs = 20_000;

async function main(): Promise<void> {
  const { example: isExample, settings } = readArguments(process.argv.slice(2));
  const env = { ...process.env, ...settings };
  // Whatever is made below is for this account alone.
  process.umask(0o077);
  const example = isExample ? startExample(env) : null;
  if (example !== null) endWithProcess(example);
  const config = readConfig({ ...env, ...example?.settings });
  const now = Date.now;
  const log = makeLog((line) => process.stderr.write(line), now);
  const plumbline = await openPlumbline({
    config,
    platform: { now, newId: () => randomBytes(16).toString('hex'), randomBytes },
    log,
    passwordCost: scryptCost,
    appDir: resolve(import.meta.dirname, '..', config.appDir),
    beatMs,
    tryLimits,
    ...(example === null ? {} : { fill: (server) => example.fill(server) }),
  });
  onStop(() => plumbline.close());
  const address = await plumbline.listen();
  const told = [
    toldOf(plumbline, config.publicAddress ?? address),
    ...(config.serviceWorkerOff ? [takenOff] : []),
    ...(example === null ? [] : [`\n${example.told()}`]),
  ];
  process.stdout.write(`Plumbline is ready at ${address}\n${told.join('')}`);
}

const takenOff =
  'SERVICE_WORKER=off: laptops that reach this server remove their installed app, and do not open without a network until it\n' +
  'is on again. Nothing that is written on them is touched.\n';

/** How somebody becomes the first QA lead, when nobody is one. */
function toldOf({ firstLink }: Plumbline, address: string): string {
  if (firstLink === null) return '';
  const link = new URL(firstLink, address).href;
  return `Nobody is QA lead yet. Whoever opens this link becomes the first one; it works once, for seven days:\n${link}\n`;
}

function onStop(close: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
}

/** However the process ends, short of being killed, the example's folder goes with it: also while it is being filled. */
function endWithProcess(example: ExampleStart): void {
  process.stdout.write('Making the example: two years of made-up audits. This takes about 15 seconds.\n');
  process.once('exit', () => process.stdout.write(example.end()));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else
    process.stderr.write(
      `Plumbline could not start. ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
    );
  process.exitCode = 1;
});
