/** docs/dpia.md describes this version of the program: whoever changes what is kept looks at it again (security S29). */
import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { protocolVersion } from '../../src/protocol/version.ts';
import { names } from '../../src/ui/words/names.ts';
import { roleNames } from '../../src/domain/values.ts';
import { schemaVersion } from '../../src/store/schema.ts';

const page = readFileSync('docs/dpia.md', 'utf8').replace(/\s+/g, ' ');
const test = suite('the impact assessment');

test('names the versions of what it describes', () => {
  assert.ok(page.includes(`version ${protocolVersion} of the protocol`), `protocol ${protocolVersion}`);
  assert.ok(page.includes(`version ${schemaVersion} of the laptop's schema`), `schema ${schemaVersion}`);
  const migrations = readdirSync('server/db/migrations').map((name) => /^(\d{3})-.*\.ts$/.exec(name)?.[1]);
  const newest = migrations
    .filter((number) => number !== undefined)
    .sort()
    .at(-1);
  assert.ok(page.includes(`migration ${String(newest)} of the server's database`), `migration ${String(newest)}`);
});

test('has every part that the Information Commissioner’s template asks for, and none of it empty', () => {
  for (const part of [
    'Why one is needed',
    'What is processed',
    'Consultation',
    'Necessity',
    'Storage limitation',
    'Risks',
    'Outcome',
  ]) {
    const after = page.split(new RegExp(`## \\d\\. ${part}`))[1] ?? '';
    assert.ok((after.split('## ')[0] ?? '').length > 80, part);
  }
});

test('says of every role what it sees', () => {
  const told = (/\*\*Who sees what\.\*\*(.*?)## 3\./.exec(page)?.[1] ?? '').toLowerCase();
  for (const role of roleNames) assert.ok(told.includes(names.roles[role].toLowerCase()), role);
});

test.run();
