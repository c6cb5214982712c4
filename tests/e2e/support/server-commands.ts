/** The commands that a council's IT types beside the server, as npm runs them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CouncilServer } from './council-server.ts';

/** What a command says, also when it refuses. */
export async function command(server: CouncilServer, name: 'backup' | 'restore', argument: string): Promise<string> {
  const run = promisify(execFile)('npm', ['run', '--silent', name, '--', argument], {
    env: { ...process.env, DATA_DIR: server.folder },
  });
  const { stdout, stderr } = await run.catch((error: unknown) => error as { stdout: string; stderr: string });
  return stdout + stderr;
}
