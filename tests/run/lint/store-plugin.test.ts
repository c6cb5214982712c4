/** The linter's own rule finds every await of something foreign in the sample, and nothing else there. */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ensureOxlint } from '../lint.ts';
import { run } from '../steps.ts';

const test = suite('the rule about what a transaction awaits');
const folder = 'tests/run/lint/samples';
const sample = `${folder}/foreign-await.ts`;

interface Report {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

test('an await that is not of the transaction is found, on its own line', async () => {
  const marked = readFileSync(sample, 'utf8')
    .split('\n')
    .flatMap((line, n) => (line.includes('// found') ? [n + 1] : []));
  const { code, output } = await run(
    await ensureOxlint(),
    ['-c', `${folder}/oxlintrc.json`, '--format', 'json', sample],
    { quiet: true },
  );
  const { diagnostics } = JSON.parse(output) as Report;
  assert.is(code, 1);
  assert.ok(marked.length > 5);
  assert.equal(
    diagnostics.flatMap(({ labels }) => labels.map(({ span }) => span.line)).sort((a, b) => a - b),
    marked,
  );
  assert.ok(diagnostics.every(({ code: rule }) => rule === 'store(foreign-await)'));
});

test.run();
