/**
 * The real server on a free port of 127.0.0.1 and a folder of its own. It can be stopped, killed
 * with SIGKILL and started again on the same port and folder, as a council's server would be.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../run/free-port.ts';

export interface CouncilServer {
  readonly url: string;
  /** The one-time link for the first QA lead, as printed at the first start. */
  readonly firstLink: string;
  readonly folder: string;
  /** All that it has printed since it was started last: its log. */
  said(): string;
  stop(): Promise<void>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
  /** `env` adds settings to those it began with, from now on. */
  start(env?: Record<string, string>): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a new server with an empty database. `env` adds settings. */
export async function startCouncilServer(env: Record<string, string> = {}): Promise<CouncilServer> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-server-'));
  const port = await freePort();
  const settings: Record<string, string> = {
    PORT: String(port),
    DATA_DIR: folder,
    AUTHORITY_NAME: 'Exampleshire (made up)',
    ...env,
  };
  let running = await launch({ env: settings });
  const firstLink = /(https?:\/\/\S+\/join#\S+)/.exec(running.said())?.[1] ?? '';
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return;
    const ended = new Promise((resolve) => running.child.once('exit', resolve));
    running.child.kill(signal);
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    firstLink,
    folder,
    said: () => running.said(),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start: async (more = {}) => {
      Object.assign(settings, more);
      running = await launch({ env: settings });
    },
    remove: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Launch {
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What it prints once it can be used. */
  readonly ready?: RegExp;
}

export interface Launched {
  readonly child: ChildProcess;
  /** All that it has printed so far. */
  said(): string;
}

/** As `npm start` runs it, or the bundle that the run has made of the same files. */
const bundled = process.env['SERVER_PROGRAM'];
const program = bundled === undefined ? ['--import', 'tsx', 'server/main.ts'] : [bundled];

/** Runs the server's program until it is ready. */
export async function launch({ env, args = [], ready = /Plumbline is ready at / }: Launch): Promise<Launched> {
  const child = spawn(process.execPath, [...program, ...args], {
    env: { ...process.env, ...env, DIST_DIR: resolve(env['DIST_DIR'] ?? process.env['DIST_DIR'] ?? 'dist') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (ready.test(said)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
  return { child, said: () => said };
}
