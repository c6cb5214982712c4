/**
 * Starts a server: reads the settings, opens everything, says where to open it, stops when asked. The only file of the server
 * that reads the clock, chance and the environment.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { scryptCost } from './auth/passwords.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { makeLog } from './log.ts';
import { openPlumbline } from './plumbline.ts';
import { tryLimits } from './routes/tries.ts';

const beatMs = 20_000;

async function main(): Promise<void> {
  const config = settings();
  // Whatever is made below is for this account alone.
  process.umask(0o077);
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
  });
  const address = await plumbline.listen();
  const firstLink =
    plumbline.firstLink === null
      ? ''
      : `Nobody is QA lead yet. Whoever opens this link becomes the first one; it works once, for seven days:\n` +
        `${new URL(plumbline.firstLink, config.publicAddress ?? address).href}\n`;
  process.stdout.write(`Plumbline is ready at ${address}\n${firstLink}`);
  const stop = (): void => {
    void plumbline.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Flags are settings by another name: `--port 3001` is PORT=3001. */
function settings(): Config {
  const flags: Record<string, string> = {};
  const args = process.argv.slice(2);
  for (let i = 0; i + 1 < args.length; i += 2) {
    const flag = /^--([a-z][a-z-]*)$/.exec(args[i] ?? '')?.[1];
    if (flag !== undefined) flags[flag.toUpperCase().replaceAll('-', '_')] = args[i + 1] ?? '';
  }
  return readConfig({ ...process.env, ...flags });
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else
    process.stderr.write(
      `Plumbline could not start. ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
    );
  process.exitCode = 1;
});
