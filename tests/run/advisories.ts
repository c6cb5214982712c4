/**
 * `npm run advisories`: asks the registry's advisory service about every package in the lock file, and fails when it
 * knows a hole of grade high or critical. A registry that has no such service, or cannot be reached, says nothing about holes:
 * that is said plainly, and is no failure.
 */
import { pathToFileURL } from 'node:url';
import { run } from './steps.ts';

/** What `npm audit --json` said, in a sentence, and whether it lets a release through. */
export function judgeAudit(output: string): { readonly ok: boolean; readonly says: string } {
  const said = readJson(output);
  const counts = said?.metadata?.vulnerabilities;
  if (counts === undefined) {
    const why = said?.message ?? 'it did not answer';
    return { ok: true, says: `NOT CHECKED: this registry tells of no advisories (${why}). Run it where one does.` };
  }
  const grave = (counts['high'] ?? 0) + (counts['critical'] ?? 0);
  const all = Object.entries(counts)
    .filter(([grade, count]) => grade !== 'total' && count > 0)
    .map(([grade, count]) => `${count} ${grade}`);
  const found = all.length === 0 ? 'none' : all.join(', ');
  return { ok: grave === 0, says: `Known holes in packages: ${found}.` };
}

interface Said {
  readonly message?: string;
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
}

function readJson(output: string): Said | undefined {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as Said;
  } catch {
    // An npm that says nothing in JSON has not checked anything.
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { output } = await run('npm', ['audit', '--json'], { quiet: true, limitMs: 120_000 });
  const { ok, says } = judgeAudit(output);
  console.log(says);
  process.exitCode = ok ? 0 : 1;
}
