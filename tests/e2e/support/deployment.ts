/** The folder that a server serves the app from, in which one build takes the place of another as a deployment does: at once. */
import { cpSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Deployment {
  /** For a server's DIST_DIR. */
  readonly folder: string;
  /** Where the present build lies, on its own. */
  readonly older: string;
  /** Serves another build from now on, and nothing of the one before. */
  put(build: string): void;
  /** A copy of a build, to be harmed. */
  copyOf(build: string): string;
  remove(): void;
}

/** Serves a copy of the build under test. */
export function newDeployment(): Deployment {
  const place = mkdtempSync(join(tmpdir(), 'plumbline-deployed-'));
  const folder = join(place, 'app');
  let copies = 0;
  const copyOf = (build: string): string => {
    const copy = join(place, `build-${(copies += 1)}`);
    cpSync(resolve(build), copy, { recursive: true });
    return copy;
  };
  const older = copyOf(process.env['DIST_DIR'] ?? 'dist');
  symlinkSync(older, folder);
  return {
    folder,
    older,
    put(build) {
      symlinkSync(resolve(build), join(place, 'next'));
      renameSync(join(place, 'next'), folder);
    },
    copyOf,
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
