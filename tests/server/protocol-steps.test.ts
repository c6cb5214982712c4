/** The steps that comments cite are the steps that docs/protocol.md has. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const steps = suite('protocol steps');

const root = join(import.meta.dirname, '../..');

/** Section name in lower case (its first word) to the numbers of its steps. */
function stepsWritten(): Map<string, Set<number>> {
  const sections = new Map<string, Set<number>>();
  let open = new Set<number>();
  for (const line of readFileSync(join(root, 'docs/protocol.md'), 'utf8').split('\n')) {
    const heading = /^## (\w+)/.exec(line)?.[1];
    const number = /^(\d+)\. /.exec(line)?.[1];
    if (heading !== undefined) sections.set(heading.toLowerCase(), (open = new Set()));
    else if (number !== undefined) open.add(Number(number));
  }
  return sections;
}

const cited = /\b(request|seal|push|settle|pull|receive|repair|regather|waiting|held|laptops) (\d+)(?: to (\d+))?/g;

function citations(folder: string): { file: string; name: string; number: number }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const comments = readFileSync(join(root, folder, file), 'utf8').match(/\/\*[^]*?\*\/|\/\/.*/g) ?? [];
      return [...comments.join('\n').matchAll(cited)].flatMap(([, name = '', from, to = from]) =>
        [Number(from), Number(to)].map((number) => ({ file: `${folder}/${file}`, name, number })),
      );
    });
}

steps('cited in the server’s comments exist', () => {
  const written = stepsWritten();
  // "Every request and reply" is cited as `request`.
  written.set('request', written.get('every') ?? new Set());
  const found = citations('server');
  assert.ok(found.length >= 12, 'the comments cite the protocol');
  for (const { file, name, number } of found) {
    assert.ok(written.get(name)?.has(number), `${file} cites ${name} ${number}`);
  }
});

steps('of push, pull, repair and held are each cited where they are done', () => {
  const found = new Set(citations('server').map(({ name, number }) => `${name} ${number}`));
  const written = stepsWritten();
  for (const name of ['push', 'pull', 'repair', 'waiting', 'held']) {
    for (const number of written.get(name) ?? [])
      assert.ok(found.has(`${name} ${number}`), `${name} ${number} is cited`);
  }
});

steps.run();
