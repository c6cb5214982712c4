/**
 * A private PostgreSQL for the tests: Debian's programs in a scratch folder, on a socket of its own and on no network, as
 * somebody who is not root. It ends with whoever started it, also when that is killed, and takes its folder with it.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './steps.ts';

export interface Postgres {
  /** Where its database of this name is. */
  url(database: string): string;
  /** Ends it as a power cut would, and starts it on what it left. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Waits for the disk at each commit. What is only looked at, and never cut off, does without. */
  readonly durable: boolean;
  /** Where its folder is made, instead of the system's own place. */
  readonly within?: string;
}

const debian = '/usr/lib/postgresql';
const user = 'plumbline';

/** The folder of PostgreSQL's programs, or undefined. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres', 'psql'].every((name) => existsSync(join(folder, name))));
}

/** Installs Debian's package where apt can be used. Says what it does; whether there is one then, `postgresPrograms` tells. */
export async function ensurePostgres(): Promise<void> {
  if (postgresPrograms() !== undefined || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return;
  console.log('Installing PostgreSQL from the system’s packages ...');
  await run('apt-get', ['update'], { quiet: true });
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], { quiet: true });
}

/** Starts one. Throws a sentence when there is none to start. */
export async function startPostgres({ durable, within = tmpdir() }: PostgresOptions): Promise<Postgres> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error('There is no PostgreSQL here: install the package “postgresql”.');
  const owner = ownerOf();
  const folder = mkdtempSync(join(within, 'plumbline-postgres-'));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
  const data = join(folder, 'data');
  const environment = { env: { ...process.env, LC_ALL: 'C' }, ...owner };
  const made = ['-D', data, '-U', user, '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  execFileSync(join(programs, 'initdb'), made, { ...environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = (database: string): string =>
    `postgres://${user}@localhost/${database}?host=${encodeURIComponent(folder)}`;

  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    max_connections: '200',
    // Only that nothing is lost is tried, not that much is kept for long.
    max_wal_size: '256MB',
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];

  const start = async (): Promise<ChildProcess> => {
    // The shell ends it when its own input ends, which is when this process does, however that comes about.
    const guard = '"$@" & pid=$!; (read -r how; kill -"${how:-INT}" $pid) <&3 & wait $pid';
    const child = spawn('sh', ['-c', `exec 3<&0; ${guard}`, 'sh', join(programs, 'postgres'), ...args], {
      ...environment,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await until(
      () => answers(programs, url('postgres')),
      () => child.exitCode !== null,
    );
    return child;
  };
  const end = async (child: ChildProcess, how: 'INT' | 'QUIT'): Promise<void> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end(`${how}\n`);
    if (child.exitCode === null) await gone;
  };

  let child = await start();
  return {
    url,
    async crash() {
      await end(child, 'QUIT');
      child = await start();
    },
    async stop() {
      await end(child, 'INT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function ownerOf(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (name: string, flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  const name = ['postgres', 'nobody'].find((each) => {
    try {
      return id(each, '-u') > 0;
    } catch {
      return false;
    }
  });
  if (name === undefined) throw new Error('PostgreSQL needs a user that is not root: there is no “nobody”.');
  return { uid: id(name, '-u'), gid: id(name, '-g') };
}

function answers(programs: string, url: string): boolean {
  try {
    execFileSync(join(programs, 'psql'), ['-XAtc', 'select 1', url], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function until(isTrue: () => boolean, isOver: () => boolean): Promise<void> {
  while (!isTrue()) {
    if (isOver()) throw new Error('PostgreSQL ended before it answered.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
