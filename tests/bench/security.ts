/**
 * What sealing costs a person: unlocking under a second, 5,000 sealed audits listed under a second, and a save at most 1.3
 * times one that is not sealed (issue aims; FAULTS section 5 has the same of unlocking and listing).
 */
import { fileURLToPath } from 'node:url';
import { quantile, table } from './figures.ts';
import { onPage } from './page.ts';
import type { SecurityAsk, SecurityTimes } from './security-page.ts';

const ask: SecurityAsk = { unlocks: 15, audits: 5_000, lists: 7, saves: 300 };
const aims = { unlockMs: 1_000, listMs: 1_000, saveRatio: 1.3 };

export interface SecurityFigures {
  readonly asked: SecurityAsk;
  readonly ms: Readonly<Record<string, { readonly median: number; readonly p95: number }>>;
  /** Median of a sealed save over the median of one in clear. */
  readonly saveRatio: number;
  readonly aims: typeof aims;
}

/** Measures, prints a table, and answers the figures. */
export async function benchSecurity(): Promise<SecurityFigures> {
  const entry = fileURLToPath(new URL('./security-page.ts', import.meta.url));
  const times = await onPage(entry, (page) =>
    page.evaluate((asked): Promise<SecurityTimes> => window.measureSecurity(asked), ask),
  );
  const named = {
    'unlock by passphrase': times.byPassphrase,
    'unlock by what a passkey answers': times.byPasskey,
    [`list of ${ask.audits} sealed audits`]: times.list,
    'save, sealed': times.sealedSave,
    'save, in clear': times.bareSave,
  };
  const ms = Object.fromEntries(
    Object.entries(named).map(([name, values]) => [
      name,
      { median: quantile(values, 0.5), p95: quantile(values, 0.95) },
    ]),
  );
  const saveRatio = quantile(times.sealedSave, 0.5) / quantile(times.bareSave, 0.5);
  console.log('security: what sealing costs');
  console.log(
    table([
      ['', 'median ms', 'p95 ms'],
      ...Object.entries(ms).map(([name, { median, p95 }]) => [name, median.toFixed(2), p95.toFixed(2)]),
    ]),
  );
  console.log(
    `a sealed save costs ${saveRatio.toFixed(2)} saves in clear (aim: at most ${aims.saveRatio}); ` +
      `aims of unlocking and listing: ${aims.unlockMs} ms each`,
  );
  return { asked: ask, ms, saveRatio, aims };
}
