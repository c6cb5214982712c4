import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../src/domain/ids.ts';
import { missingFrom, type Ledger } from '../../src/domain/ledger.ts';

const test = suite('what a ledger says is missing');

const ledger = (changes: Partial<Ledger> = {}): Ledger => ({
  birth: 'b1',
  writes: 10,
  lastN: 8,
  lastMs: 8_000,
  unsent: 3,
  firstUnsent: 6,
  device: 'd' as DeviceId,
  seq: 5,
  head: 'h',
  ...changes,
});

const cases: [name: string, found: Ledger | null, missing: object | null][] = [
  ['the same', ledger(), null],
  ['more, with everything sent', ledger({ writes: 14, lastN: 9, unsent: 0, firstUnsent: null }), null],
  ['no database', null, { cause: 'all', from: 1, to: 8, unsent: 3, sinceMs: 1_000, untilMs: 8_000 }],
  [
    'another database in its place',
    ledger({ birth: 'b2', lastN: 20 }),
    { cause: 'all', from: 1, to: 8, unsent: 3, sinceMs: 1_000, untilMs: 8_000 },
  ],
  [
    'an older state, of before the unsent changes',
    ledger({ writes: 5, lastN: 4, lastMs: 4_000, unsent: 1 }),
    { cause: 'newest', from: 5, to: 8, unsent: 3, sinceMs: 4_000, untilMs: 8_000 },
  ],
  [
    'an older state that has one of the unsent changes',
    ledger({ writes: 7, lastN: 6, lastMs: 6_000 }),
    { cause: 'newest', from: 7, to: 8, unsent: 2, sinceMs: 6_000, untilMs: 8_000 },
  ],
  [
    'the same state without one of its rows',
    ledger({ unsent: 2 }),
    { cause: 'some', from: 6, to: 8, unsent: 1, sinceMs: 1_000, untilMs: 8_000 },
  ],
];
for (const [name, found, missing] of cases) {
  test(name, () => assert.equal(missingFrom(ledger(), found, 1_000), missing));
}

test('a copy without a change of its own has lost nothing that nobody else has', () => {
  assert.is(missingFrom(ledger({ lastN: 0, unsent: 0, firstUnsent: null }), null, 0), null);
});

/** What may happen to a store: a change is made, the server takes all of them, rows arrive that only count a write. */
type Step = 'change' | 'sent' | 'received';

function history(steps: readonly Step[]): Ledger[] {
  let at = ledger({ writes: 1, lastN: 0, lastMs: 0, unsent: 0, firstUnsent: null });
  return steps.map((step) => {
    const { writes, lastN, unsent, firstUnsent } = at;
    if (step === 'change') {
      const n = lastN + 1;
      at = { ...at, writes: writes + 1, lastN: n, lastMs: n, unsent: unsent + 1, firstUnsent: firstUnsent ?? n };
    } else if (step === 'sent') at = { ...at, writes: writes + 1, unsent: 0, firstUnsent: null };
    else at = { ...at, writes: writes + 1 };
    return at;
  });
}

const steps = fc.array(fc.constantFrom<Step>('change', 'sent', 'received'), { minLength: 1, maxLength: 40 });

test('an earlier ledger finds nothing missing in what came of it, however far behind it is', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (all, pick) => {
      const states = history(all);
      const early = states[pick % states.length] as Ledger;
      assert.is(missingFrom(early, states.at(-1) as Ledger, 0), null);
    }),
    { numRuns: 1_000 },
  );
});

test('an older state is found out when a change is gone, with its numbers, and says nothing when none is', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (all, pick) => {
      const states = history(all);
      const kept = states.at(-1) as Ledger;
      const found = states[pick % states.length] as Ledger;
      const missing = missingFrom(kept, found, 0);
      if (found.lastN === kept.lastN) return assert.is(missing, null);
      assert.equal([missing?.cause, missing?.from, missing?.to], ['newest', found.lastN + 1, kept.lastN]);
      // Every change after the first unsent one is unsent here: exactly those beyond what was found are gone.
      const gone = kept.firstUnsent === null ? 0 : kept.lastN - Math.max(found.lastN, kept.firstUnsent - 1);
      assert.is(missing?.unsent, gone);
    }),
    { numRuns: 1_000 },
  );
});

test.run();
