/** The real server as a process of its own, as `npm start` runs it: what can be killed. */
import { spawn } from 'node:child_process';
import { join as joinPath } from 'node:path';

const root = joinPath(import.meta.dirname, '../..');

export interface ServerProcess {
  readonly address: string;
  readonly pid: number;
  /** The link that makes the first QA lead, as it was printed; empty when it was not. */
  readonly firstLink: string;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
  /** SIGTERM; answers what it exits with. */
  stop(): Promise<number | null>;
}

/** Starts one; resolves when it can be used. Throws what it said when it ends before. */
export function startProcess(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return new Promise((resolve, reject) => {
    let [output, problems] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => (problems = (problems + chunk.toString()).slice(-10_000)));
    child.on('exit', (code) => reject(new Error(`The server stopped with ${code}: ${problems}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /^Plumbline is ready at (\S+)$/m.exec(output)?.[1];
      const firstLink = /\/join#\S+/.exec(output)?.[0] ?? '';
      if (address === undefined || (output.includes('Nobody') && firstLink === '')) return;
      // The rest of what it prints at once comes with it.
      setTimeout(
        () =>
          resolve({
            address,
            pid: child.pid ?? 0,
            firstLink,
            kill: async () => void (await end('SIGKILL')),
            stop: () => end('SIGTERM'),
          }),
        20,
      );
    });
  });
}
