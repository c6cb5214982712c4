/** Runs the benchmarks: `npm run bench [-- name] [-- --json FILE]`. Figures are ratios to a named peer in the same run. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../run/chromium.ts';
import { benchAcceptGrowth } from './accept-growth.ts';
import { benchAccept } from './accept.ts';
import { benchBackup } from './backup.ts';
import { benchSave } from './save.ts';
import { benchSecurity } from './security.ts';
import { benchSync } from './sync.ts';

const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  accept: benchAccept,
  'accept-growth': benchAcceptGrowth,
  backup: benchBackup,
  save: benchSave,
  security: benchSecurity,
  sync: benchSync,
};
const withoutBrowser = ['accept', 'accept-growth'];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark called ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const wanted = Object.keys(benches).filter((name) => positionals.length === 0 || positionals.includes(name));
if (wanted.some((name) => !withoutBrowser.includes(name))) await ensureChromium();
const results: Record<string, unknown> = {};
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.includes(name)) results[name] = await bench();
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
