/**
 * PouchDB with its server, installed beside the project, pinned, and kept out of package-lock.json. Where it cannot be
 * installed the benchmark goes without it, and says so.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../run/steps.ts';
import { bundle } from '../page.ts';

export interface Peer {
  readonly url: string;
  /** Adds documents to a database of the server. */
  put(database: string, documents: readonly object[]): Promise<void>;
  stop(): Promise<void>;
}

const folder = '.cache/peers';
const packages = ['pouchdb@9.0.0', 'express-pouchdb@4.2.0'];
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Installs and starts it; null when it cannot be had. */
export async function startPeer(): Promise<Peer | null> {
  if (!(await isInstalled())) {
    console.log('PouchDB could not be installed: what is measured against it is left out.');
    return null;
  }
  const data = await mkdtemp(join(tmpdir(), 'plumbline-peer-'));
  const script = join(data, 'peer-page.js');
  await writeFile(script, await bundle(here('./peer-page.ts')));
  await mkdir(join(data, 'db'));
  const args = ['--import', 'tsx', here('./peer-server.ts'), folder, join(data, 'db'), script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /listening at (\S+)\n/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`PouchDB's server ended with ${code}: ${said}`)));
  });
  return {
    url,
    async put(database, docs) {
      await send('PUT', `${url}/db/${database}`, {});
      await send('POST', `${url}/db/${database}/_bulk_docs`, { docs });
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function isInstalled(): Promise<boolean> {
  if (existsSync(`${folder}/node_modules/express-pouchdb`)) return true;
  await mkdir(folder, { recursive: true });
  const how = ['--prefix', folder, '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
  const { code, output } = await run('npm', ['install', ...how, ...packages], { quiet: true });
  if (code !== 0) console.log(output);
  return code === 0;
}

/** 412: the database is there already. */
async function send(method: string, url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok && response.status !== 412) throw new Error(`PouchDB's server answered ${response.status}: ${text}`);
}
