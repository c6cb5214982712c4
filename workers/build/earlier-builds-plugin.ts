/**
 * Keeps the assets of the last builds beside those of the newest, so that a page opened before an update still finds every file
 * it has not loaded yet (FAULTS 18). Their names hold a hash of their content, so no two builds fight over one. The service
 * worker of a build precaches its own files only.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Builds whose assets are kept, the newest among them. */
export const buildsKept = 5;
/** In the built folder: the names of each build's assets, the newest build first. */
export const buildsFile = 'builds.json';
const assets = 'assets';

/** What is to be kept of the folder before it is emptied. */
export interface Earlier {
  readonly builds: readonly (readonly string[])[];
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Reads the assets of a built folder, with those of earlier builds in it. Nothing where there is no build yet. */
export function readEarlier(folder: string): Earlier {
  const path = join(folder, buildsFile);
  const builds: readonly (readonly string[])[] = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as string[][])
    : [];
  const files = new Map<string, Buffer>();
  for (const name of builds.flat()) {
    const file = join(folder, assets, name);
    if (existsSync(file)) files.set(name, readFileSync(file));
  }
  return { builds, files };
}

/** Puts the assets of earlier builds back beside a new one, and writes down which build has which. */
export function keepEarlier(folder: string, { builds, files }: Earlier): void {
  const newest = assetsIn(folder);
  const isSame = (build: readonly string[]): boolean => build.join() === newest.join();
  const kept = [newest, ...builds.filter((build) => !isSame(build))].slice(0, buildsKept);
  for (const name of new Set(kept.slice(1).flat())) {
    const file = join(folder, assets, name);
    const bytes = files.get(name);
    if (bytes === undefined || existsSync(file)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  writeFileSync(join(folder, buildsFile), JSON.stringify(kept));
}

const assetsIn = (folder: string): readonly string[] =>
  readdirSync(join(folder, assets), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(folder, assets).length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

/** The Vite plugin. Stands after whatever else writes into the built folder. */
export function earlierBuildsPlugin(): Plugin {
  let outDir = 'dist';
  let earlier: Earlier = { builds: [], files: new Map() };
  return {
    name: 'plumbline-earlier-builds',
    apply: 'build',
    configResolved: (config) => {
      outDir = join(config.root, config.build.outDir);
    },
    // Before the folder is emptied.
    buildStart: () => {
      earlier = readEarlier(outDir);
    },
    closeBundle: { sequential: true, order: 'post', handler: () => keepEarlier(outDir, earlier) },
  };
}
