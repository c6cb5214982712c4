/** In which order laptops are shown, and what is said of each first. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId, PersonId } from '../../../src/domain/ids.ts';
import type { LaptopShown } from '../../../src/protocol/laptops.ts';
import { concernOf, inOrder, isFound, longSilenceMs } from '../../../src/ui/laptops/order-laptops.ts';
import type { Organisation } from '../../../src/ui/data/organisation.ts';
import { removalText, unsentText } from '../../../src/ui/laptops/laptop-text.ts';

const test = suite('the order of laptops');
const nowMs = 1_750_000_000_000;
const dayMs = 86_400_000;
const revoked = { form: 'lost', by: 'b' as PersonId, atMs: nowMs - dayMs, reason: '' } as const;

const laptop = (device: string, given: Partial<LaptopShown> = {}): LaptopShown => ({
  device: device as DeviceId,
  person: 'a' as PersonId,
  browser: 'Edge on Windows',
  name: '',
  firstMs: 0,
  lastMs: nowMs - dayMs,
  app: '0.1.0',
  unsent: { count: 0, atMs: nowMs - dayMs },
  revoked: null,
  gaveMs: null,
  gone: null,
  ...given,
});

test('unsent work first, the longest silent of it first; then what is to be removed, long silence, the rest, and what is gone', () => {
  const some = (count: number, days: number) => ({
    lastMs: nowMs - days * dayMs,
    unsent: { count, atMs: nowMs - days * dayMs },
  });
  const list = [
    laptop('gone', { revoked, gone: { atMs: nowMs, givenUp: 3 }, unsent: { count: 3, atMs: 0 } }),
    laptop('well'),
    laptop('gave', { revoked, gaveMs: nowMs }),
    laptop('silent', { lastMs: nowMs - longSilenceMs }),
    laptop('asked', { revoked }),
    laptop('unsent today', some(40, 0)),
    laptop('unsent and lost', { ...some(1, 3), revoked }),
    laptop('unsent long ago', some(1, 30)),
    laptop('never said', { unsent: null }),
  ];
  assert.equal(
    inOrder(list, nowMs).map(({ device }) => String(device)),
    ['unsent long ago', 'unsent and lost', 'unsent today', 'asked', 'silent', 'gave', 'never said', 'well', 'gone'],
  );
});

test('the order does not depend on how the list came', () => {
  const any = fc.record({
    device: fc.uuid(),
    days: fc.integer({ min: 0, max: 60 }),
    count: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
    isRevoked: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: ({ device }) => device, maxLength: 30 }), (made) => {
      const list = made.map(({ device, days, count, isRevoked }) => {
        const atMs = nowMs - days * dayMs;
        const unsent = count === null ? null : { count, atMs };
        return laptop(device, { lastMs: atMs, unsent, revoked: isRevoked ? revoked : null });
      });
      assert.equal(inOrder([...list].reverse(), nowMs), inOrder(list, nowMs));
      const ranks = inOrder(list, nowMs).map((one) => concernOf(one, nowMs));
      assert.ok(ranks.lastIndexOf('unsent') < ranks.filter((rank) => rank === 'unsent').length);
    }),
  );
});

test('nothing is said that it has not said', () => {
  assert.is(unsentText(laptop('x', { unsent: null }), nowMs), 'It has not said');
  assert.match(
    unsentText(laptop('x', { unsent: { count: 14, atMs: nowMs - 3 * dayMs } }), nowMs),
    /^14 changes not sent when it was last heard, 3 days ago \(/,
  );
  assert.match(unsentText(laptop('x'), nowMs), /^Nothing was waiting when it was last heard, 24 hours ago \(/);
});

test('every word of a search has to be somewhere', () => {
  const texts = ['The one at home', 'Edge on Windows', 'Sam Okoro'];
  for (const search of ['', ' ', 'sam', 'OKORO edge', 'home sam']) assert.ok(isFound(search, texts), search);
  for (const search of ['samuel', 'sam firefox']) assert.not.ok(isFound(search, texts), search);
});

const nobody = { people: [] } as unknown as Organisation;
const said = (given: Partial<LaptopShown>): string => removalText(laptop('x', given), nobody, 'me') ?? '';

test('what a laptop has said is told as its word, and what was said of it after that too', () => {
  const gone = { atMs: nowMs, givenUp: 0 };
  const stolen = { ...revoked, form: 'stolen' } as const;
  for (const given of [
    { revoked, gone },
    { revoked, gone, gaveMs: nowMs - dayMs },
    { revoked, gaveMs: nowMs },
    { revoked: stolen, gone },
    { revoked: stolen, gone: { ...gone, givenUp: 3 } },
    { revoked: { ...stolen, atMs: nowMs + dayMs }, gone },
  ])
    assert.match(said(given), 'the laptop said that');
  assert.match(
    said({ revoked: stolen, gone: { ...gone, givenUp: 3 } }),
    '3 changes that it had not sent were given up',
  );
  assert.match(said({ revoked: { ...stolen, atMs: nowMs + dayMs }, gone }), 'somebody said that it is stolen');
  assert.match(said({ revoked: stolen, gaveMs: nowMs - dayMs }), 'removes the copy at once', 'not what it gave before');
});

test.run();
