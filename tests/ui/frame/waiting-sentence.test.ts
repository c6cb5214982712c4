import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { waitingSentence } from '../../../src/ui/frame/offline-banner.tsx';

const test = suite('the reminder of an offline laptop');
const dayMs = 24 * 60 * 60 * 1000;
const nowMs = Date.UTC(2026, 6, 2, 13, 2);

test('comes once something has waited for a day, with how much and since when', () => {
  assert.is(waitingSentence({ unsent: 3, oldestUnsentMs: nowMs - dayMs + 1 }, nowMs), null);
  const said = waitingSentence({ unsent: 3, oldestUnsentMs: nowMs - dayMs }, nowMs) ?? '';
  assert.match(said, '3 changes have waited here since 1 July 2026 at 14:02');
  assert.match(said, 'this laptop has the only copy');
  assert.match(waitingSentence({ unsent: 1, oldestUnsentMs: nowMs - 2 * dayMs }, nowMs) ?? '', '1 change has waited');
});

test('says nothing when nothing waits', () => {
  assert.is(waitingSentence({ unsent: 0, oldestUnsentMs: null }, nowMs), null);
  assert.is(waitingSentence({ unsent: 2, oldestUnsentMs: null }, nowMs), null);
});

test.run();
