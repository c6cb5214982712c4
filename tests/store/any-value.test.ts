/**
 * Whatever a screen's bug may hand over to be saved, it is saved whole or not at all, and whoever asked is told which
 * (FAULTS 10): on a real IndexedDB's rules of what can be cloned.
 */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { recordEdits } from '../../src/store/record.ts';
import { readRecord } from '../../src/store/view.ts';
import { authority, countedIds, device, edit, hash, me, realCipher, recordId, section, startAudit } from './laptop.ts';

const test = suite<{ store: Store }>('any value at all');
const audit = recordId(1);
let made = 0;

test.before.each(async (context) => {
  const port = await openDexiePort(`any-${(made += 1)}`);
  if (!port.ok) throw new Error(port.problem.kind);
  const deps = { cipher: await realCipher(), authority, person: me, device, hash, newId: countedIds() };
  const opened = await openStore({ ...deps, port: port.value, now: () => 1_750_000_000_000 });
  if (!opened.ok) throw new Error(opened.problem.kind);
  context.store = opened.value;
  await startAudit(context.store, audit);
});
test.after.each(({ store }) => store.port.close());

const loop: Record<string, unknown> = {};
loop['itself'] = loop;

const strange: [name: string, value: unknown][] = [
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['NaN', NaN],
  ['infinity', -Infinity],
  ['minus zero', -0],
  ['undefined', undefined],
  ['a big integer', 10n],
  ['a date', new Date(0)],
  ['a map', new Map([['a', 1]])],
  ['bytes', new Uint8Array([1, 2])],
  ['a regular expression', /x/],
  ['a promise', Promise.resolve(1)],
  ['an error', new Error('x')],
  ['half of a surrogate pair', 'a\ud800b'],
  ['the other half', '\udc00'],
  ['ten million letters', 'x'.repeat(10_000_000)],
  ['a loop', loop],
  ['a thousand levels', Array.from({ length: 1_000 }).reduce<unknown>((inner) => [inner], 1)],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    ),
  ],
  ['a proxy of a list', new Proxy([1, 2], {})],
  [
    'a getter that throws',
    {
      get x(): never {
        throw new Error('no');
      },
    },
  ],
  ['a key to the prototype', JSON.parse('{"__proto__": {"polluted": true}}')],
  ['no prototype', Object.assign(Object.create(null) as object, { a: 1 })],
];

const countPending = ({ port }: Store): Promise<number> => port.read(['pending'], (tx) => tx.count('pending'));

/** Saves a section whose `field` is `value`, with a good one in the same action, and checks that both or neither is there. */
async function wholeOrNone(store: Store, field: string, value: unknown): Promise<string> {
  const before = await countPending(store);
  const edits = [
    edit(audit, 'section:plan', section('the good half')),
    edit(audit, 'section:risk', { ...section('seen'), [field]: value } as JsonObject),
  ];
  let outcome: string;
  try {
    const saved = await recordEdits(store, edits, 'act');
    outcome = saved.ok ? 'saved' : saved.problem.kind;
  } catch (error) {
    outcome = `threw ${error instanceof Error ? error.message : String(error)}`;
  }
  const more = (await countPending(store)) - before;
  assert.is(more, outcome === 'saved' ? 2 : 0, `${field}: ${outcome}`);
  if (outcome !== 'saved') return outcome;
  const shown = (await readRecord(store, audit))?.units['section:risk']?.value;
  assert.equal(shown?.[field], JSON.parse(JSON.stringify(value)), `${field} comes back as it was`);
  return outcome;
}

for (const [name, value] of strange) {
  for (const field of ['newer', 'evidence', 'grade', 'notApplicable']) {
    test(`${name} as ${field} is saved whole or refused with a reason`, async ({ store }) => {
      const outcome = await wholeOrNone(store, field, value);
      assert.match(outcome, /^(saved|invalid-value|too-much-text)$/);
      assert.is((await recordEdits(store, [edit(audit, 'section:risk', section('after it'))], 'act')).ok, true);
    });
  }
}

test('any plain value that a later build might add comes back as it was, or is refused', async ({ store }) => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), async (value) => {
      assert.match(await wholeOrNone(store, 'newer', value), /^(saved|invalid-value|too-much-text)$/);
    }),
    { numRuns: 150 },
  );
});

test.run();
