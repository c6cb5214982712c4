/**
 * The app built by the project's own configuration, for flows that need another build than `dist`: the same sources, but
 * for the files that a flow says it changes. Built anew each time, beside the results of the tests.
 */
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Changes the source of a file, by the end of its path. Throws when a change changes nothing. */
export type Changes = Readonly<Record<string, (source: string) => string>>;

/** Builds into `test-results/builds/<name>`; answers the folder, as a server's DIST_DIR. */
export async function buildApp(name: string, changes: Changes): Promise<string> {
  const outDir = `test-results/builds/${name}`;
  const used = new Set<string>();
  const swap = (): Plugin => ({
    name: 'changed-for-a-test',
    enforce: 'pre',
    transform(source, id) {
      const file = id.split('?')[0] ?? '';
      const path = Object.keys(changes).find((end) => file.endsWith(end));
      const changed = path === undefined ? undefined : changes[path]?.(source);
      if (path === undefined || changed === undefined) return null;
      if (changed === source) throw new Error(`Nothing was changed in ${path}`);
      used.add(path);
      return { code: changed, map: null };
    },
  });
  await build({
    root,
    logLevel: 'error',
    plugins: [swap()],
    worker: { format: 'es', plugins: () => [swap()] },
    build: { outDir, emptyOutDir: true },
  });
  const unused = Object.keys(changes).filter((path) => !used.has(path));
  if (unused.length > 0) throw new Error(`The app is not built from ${unused.join(' and ')}`);
  return outDir;
}
