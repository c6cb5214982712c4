/** Puts a server together from its settings: data folder, database, authority, HTTP. Started by `main`, and by tests. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { applyRevoked } from './auth/apply-revoked.ts';
import { bootstrapLink, ensureAuthority } from './auth/first-qa-lead.ts';
import { makePasswords, type ScryptCost } from './auth/passwords.ts';
import { openRecoveryKey } from './auth/recovery-key.ts';
import { databaseName, lockPath, recoveryKeyName, revokedName, serverKeyName } from './backup/data-folder.ts';
import { clearHalfDone, halfDone } from './backup/take-place.ts';
import { ConfigError, KeyMismatch, type Config } from './config.ts';
import { keepCube } from './board/keep-cube.ts';
import type { Platform, Server } from './context.ts';
import { doBeforeServing, startDaily, type Daily } from './daily.ts';
import type { Authority } from './db/authorities.ts';
import { lockFolder } from './db/folder-lock.ts';
import { findServerKey, saveServerKey } from './db/restored.ts';
import { openDatabase, type Database } from './db/transact.ts';
import { buildHttp, type HttpOptions } from './http.ts';
import type { Log } from './log.ts';
import { openRevoked } from './revoked.ts';
import { makeListeners } from './sync/poke.ts';
import { serverKey, type ServerKey } from './sync/server-key.ts';
import { listenForScrapes, makeMetrics, type ScrapeDoor } from './watch/metrics.ts';

export interface PlumblineOptions extends HttpOptions {
  readonly config: Config;
  readonly platform: Platform;
  readonly log: Log;
  readonly passwordCost: ScryptCost;
  /** Writes what the authority begins with, before anybody can be invited or sign in. */
  readonly fill?: (server: Server) => Promise<void>;
}

export interface Plumbline {
  readonly server: Server;
  readonly app: FastifyInstance;
  /** The path of the link that makes the first QA lead; null once there is one. */
  readonly firstLink: string | null;
  /** Listens, does what is due that day, and answers the address with its port. Closes what is open and throws when it cannot. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export async function openPlumbline(options: PlumblineOptions): Promise<Plumbline> {
  const { dataDir, databaseUrl } = options.config;
  const isFile = databaseUrl === null;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(lockPath(dataDir), 'shared');
  if (lock === null)
    throw new ConfigError(`A backup is being restored into ${dataDir}. Start again when that is done.`);
  const opened = await openDatabaseOf(options.config).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  const database: Database = { ...opened, close: () => opened.close().finally(lock.release) };
  try {
    const plumbline = await openOn(database, options);
    // A whole database, unsealed, that nobody needs: the one in its place has opened with the keys that are there.
    if (isFile && clearHalfDone(dataDir)) plumbline.server.log({ event: 'half-restore-cleared' });
    return plumbline;
  } catch (error) {
    await database.close();
    // The keys are another database's: a restore may have died between them and its database.
    const unfinished = error instanceof KeyMismatch && isFile ? halfDone(dataDir, false) : null;
    throw unfinished === null
      ? error
      : new ConfigError(`${unfinished} What the start found: ${(error as Error).message}`, { cause: error });
  }
}

async function openOn(database: Database, options: PlumblineOptions): Promise<Plumbline> {
  const { config, platform, passwordCost, fill } = options;
  const metrics = makeMetrics();
  const log = metrics.counting(options.log);
  const { authority, made } = await ensureAuthority(database, platform, config.authorityName);
  if (made) log({ event: 'authority-made', authority: authority.id });
  const key = {
    path: config.recoveryKeyFile ?? join(config.dataDir, recoveryKeyName),
    isShared: config.databaseUrl !== null,
  };
  const server: Server = {
    ...platform,
    config,
    database,
    authority,
    log,
    passwords: makePasswords(passwordCost, platform.randomBytes),
    recoveryKey: await openRecoveryKey(database, authority, key, platform),
    serverKey: await openServerKey(database, authority, config.serverKeyFile ?? join(config.dataDir, serverKeyName)),
    revoked: openRevoked(join(config.dataDir, revokedName)),
    listeners: makeListeners(),
    cube: keepCube({ database, authority, now: platform.now, log }),
  };
  await applyRevoked(server);
  await doBeforeServing(server);
  await fill?.(server);
  const firstLink = await bootstrapLink(database, authority, platform, config);
  const app = await buildHttp(server, options, metrics);
  metrics.watching(server);
  let daily: Daily | null = null;
  let scrapes: ScrapeDoor | null = null;
  const close = async (): Promise<void> => {
    log({ event: 'stopping' });
    await daily?.stop();
    await scrapes?.close();
    await app.close();
    await database.close();
  };
  return {
    server,
    app,
    firstLink,
    async listen() {
      try {
        await app.listen({ port: config.port, host: config.host });
        if (config.metrics !== null)
          scrapes = await listenForScrapes(metrics, config.metrics.port, config.metrics.host);
      } catch (error) {
        await close();
        throw isTaken(error) ? new ConfigError(portTaken(error, config)) : error;
      }
      const address = app.server.address();
      const port = typeof address === 'object' && address !== null ? address.port : config.port;
      log({ event: 'started', port, ...(scrapes === null ? {} : { metricsPort: scrapes.port }) });
      // Only now: nobody waits for it but whoever has asked to listen.
      daily = startDaily(server);
      await daily.first;
      const host = config.host.includes(':') ? `[${config.host}]` : config.host;
      return `${config.tls ? 'https' : 'http'}://${host}:${port}/`;
    },
    close,
  };
}

/** The key by which laptops keep what they were told is safe; its public half is noted, so that another file is noticed. */
async function openServerKey(database: Database, { id }: Authority, path: string): Promise<ServerKey> {
  return database.write(async (tx) => {
    const given = await findServerKey(tx, id);
    const key = serverKey(path, given);
    if (given === undefined) await saveServerKey(tx, id, key.publicKey);
    return key;
  });
}

async function openDatabaseOf({ dataDir, databaseUrl }: Config): Promise<Database> {
  if (databaseUrl === null) {
    const unfinished = halfDone(dataDir, true);
    if (unfinished !== null) throw new ConfigError(unfinished);
    const file = join(dataDir, databaseName);
    const database = await openDatabase(file);
    chmodSync(file, 0o600);
    return database;
  }
  try {
    return await openDatabase(databaseUrl);
  } catch (error) {
    // The address may hold a password, and is not repeated.
    const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
    throw new ConfigError(`The database of DATABASE_URL cannot be opened: ${message || code}.`, { cause: error });
  }
}

const isTaken = (error: unknown): boolean => (error as { readonly code?: unknown }).code === 'EADDRINUSE';

function portTaken(error: unknown, config: Config): string {
  const isMetrics = config.metrics !== null && (error as { readonly port?: unknown }).port === config.metrics.port;
  const [{ port, host }, flag] = isMetrics && config.metrics ? [config.metrics, '--metrics-port'] : [config, '--port'];
  return `Something else is listening on port ${port} of ${host}. Stop it, or choose another port: ${flag} ${port + 1}.`;
}
