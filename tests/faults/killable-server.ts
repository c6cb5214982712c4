/** A server in a process of its own that can be killed with SIGKILL and started again on the same data. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import type { FastTime } from './fast-time.ts';

export interface KillableServer {
  /** Where it is now, or was last. */
  address(): string;
  readonly firstLink: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  rows(sql: string): Record<string, unknown>[];
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

export async function startKillableServer({ speed, beganMs }: FastTime): Promise<KillableServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-faults-'));
  const env = { ...process.env, SPEED: `${speed}`, BEGAN_MS: `${beganMs}`, PORT: '0', DATA_DIR: dataDir };
  const launch = async (): Promise<{ child: ChildProcess; address: string; firstLink: string }> => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/faults/fast-server.ts'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ready = await new Promise<RegExpExecArray>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /^Ready at (\S+) (\S+)$/m.exec(said);
        if (found !== null) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
    });
    return { child, address: ready[1] ?? '', firstLink: ready[2] ?? '' };
  };
  let running = await launch();
  const { firstLink } = running;
  const kill = async (): Promise<void> => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  return {
    address: () => running.address,
    firstLink,
    kill,
    start: async () => void (running = await launch()),
    rows(sql) {
      const file = new SqliteFile(join(dataDir, 'plumbline.sqlite'), { readonly: true });
      try {
        return file.prepare(sql).all() as Record<string, unknown>[];
      } finally {
        file.close();
      }
    },
    async remove() {
      await kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
