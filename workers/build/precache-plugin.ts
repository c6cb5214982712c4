/**
 * After the app is built: lists its files for the precache, builds the service worker with that list inside (and the one that
 * takes the app off laptops again), and writes a brotli and a gzip copy of whatever is text, so that the server never compresses while it answers.
 *
 * The same sources give the same bytes: files are listed in order, and revisions are hashes of content.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';

export interface PrecacheFile {
  readonly url: string;
  /**
   * A hash of the content, also where the name holds one: workbox asks past the browser's own cache for what has a revision. A
   * file that came cut off is kept there for a year, and no release could be installed before that (FAULTS 19).
   */
  readonly revision: string;
  /** The browser refuses bytes that do not match, so a cut-off download is never cached. */
  readonly integrity: string;
}

const leftOut = /\.(br|gz|map)$|^(service-worker(-off)?\.js|robots\.txt|builds\.json)$/;
const text = /\.(html|js|css|svg|webmanifest|txt|json)$/;

/** Files below `folder`, relative, with forward slashes, in a fixed order. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

/** The precache list of a built folder. */
export function precacheList(folder: string): PrecacheFile[] {
  return filesIn(folder)
    .filter((file) => !leftOut.test(file))
    .map((file) => {
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest();
      const revision = hash.toString('hex').slice(0, 16);
      return { url: `/${file}`, revision, integrity: `sha256-${hash.toString('base64')}` };
    });
}

/** Writes `.br` and `.gz` beside every text file of a built folder. */
export function compressAll(folder: string): void {
  for (const file of filesIn(folder).filter((name) => text.test(name))) {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** The Vite plugin: runs once the app itself is written. Each source becomes a file of its name at the root of the app. */
export function precachePlugin(sources: readonly string[]): Plugin {
  let outDir = 'dist';
  return {
    name: 'plumbline-precache',
    apply: 'build',
    configResolved: (config) => {
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      async handler() {
        const define = { precacheFiles: JSON.stringify(precacheList(outDir)) };
        for (const source of sources) {
          const output = { format: 'iife', entryFileNames: '[name].js' } as const;
          await build({
            configFile: false,
            logLevel: 'warn',
            publicDir: false,
            define,
            build: { outDir, emptyOutDir: false, target: 'es2022', rolldownOptions: { input: source, output } },
          });
        }
        compressAll(outDir);
      },
    },
  };
}
