/**
 * The real server, as `npm start` runs it, on a free port of 127.0.0.1 and a folder of its own. It can be stopped, killed
 * with SIGKILL and started again on the same port and folder, as a council's server would be.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CouncilServer {
  readonly url: string;
  /** The one-time link for the first QA lead, as printed at the first start. */
  readonly firstLink: string;
  readonly folder: string;
  stop(): Promise<void>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a new server with an empty database. `env` adds settings. */
export async function startCouncilServer(env: Record<string, string> = {}): Promise<CouncilServer> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-server-'));
  const port = await freePort();
  const settings = { PORT: String(port), DATA_DIR: folder, AUTHORITY_NAME: 'Exampleshire (made up)', ...env };
  let running = await launch(settings);
  const firstLink = running.link;
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
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start: async () => {
      running = await launch(settings);
    },
    remove: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(env: Record<string, string>): Promise<{ child: ChildProcess; link: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/Plumbline is ready at /.test(said)) resolve(/(https?:\/\/\S+\/join#\S+)/.exec(said)?.[1] ?? '');
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
  return { child, link };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
