import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ShownSync } from '../../../src/bridge/sync-bridge.ts';
import { stuckSentence } from '../../../src/ui/frame/stuck-banner.tsx';

const test = suite('the banner of syncing that fails');
const sinceMs = Date.UTC(2026, 6, 1, 13, 2);
const dayMs = 24 * 60 * 60 * 1000;

const failing: ShownSync = {
  phase: 'idle',
  provedEqualMs: null,
  problem: { kind: 'server-error', reference: 'ab12' },
  stuckSinceMs: sinceMs,
  clockOffsetMs: 0,
  receiving: null,
};

const waiting = (unsent: number, oldestUnsentMs: number | null = sinceMs - 60_000) => ({ unsent, oldestUnsentMs });
const none = waiting(0, null);

test('says what is not on the server, since when, what goes on by itself and what to do', () => {
  const said = stuckSentence(failing, waiting(3), sinceMs) ?? '';
  assert.match(said, '3 changes are saved on this laptop but have not reached the council’s server.');
  assert.match(said, 'The oldest has waited since 14:01');
  assert.match(said, 'ab12');
  assert.match(said, 'tries again by itself');
  assert.match(
    stuckSentence(failing, waiting(1), sinceMs) ?? '',
    '1 change is saved on this laptop but has not reached',
  );
});

test('says of a server that has had too much for now what it waits for', () => {
  const problem = { kind: 'too-many-tries', retryAfterSeconds: 43 } as const;
  const said = stuckSentence({ ...failing, problem }, waiting(3), sinceMs) ?? '';
  assert.match(said, '3 changes are saved on this laptop but have not reached the council’s server.');
  assert.match(said, 'has had a great deal from you in a short time');
});

test('names the day of what has waited for longer than today, also where the window was opened today', () => {
  const said = stuckSentence({ ...failing, stuckSinceMs: sinceMs + 7 * dayMs }, waiting(3), sinceMs + 7 * dayMs);
  assert.match(said ?? '', 'since 1 July 2026 at 14:01');
});

test('where all has been sent, says since when it could not be shown to be there', () => {
  const said = stuckSentence({ ...failing, problem: { kind: 'not-equal' } }, none, sinceMs) ?? '';
  assert.match(said, 'since 14:02 it could not be shown that the council’s server holds the same');
  assert.not.match(said, 'not reached');
});

test('that the server does not hold what was proved is said also where something waits that was written since', () => {
  const said =
    stuckSentence({ ...failing, problem: { kind: 'not-equal' } }, waiting(1, sinceMs + 60_000), sinceMs) ?? '';
  assert.match(said, 'since 14:02 it could not be shown that the council’s server holds the same');
});

test('says nothing of one failure, of none, and where another banner says what is the matter', () => {
  assert.is(stuckSentence({ ...failing, stuckSinceMs: null }, waiting(3), sinceMs), null);
  assert.is(stuckSentence({ ...failing, problem: null }, waiting(3), sinceMs), null);
  for (const phase of ['off', 'offline', 'signed-out', 'paused', 'laptop-only'] as const)
    assert.is(stuckSentence({ ...failing, phase }, waiting(3), sinceMs), null);
  for (const phase of ['connecting', 'syncing'] as const)
    assert.ok(stuckSentence({ ...failing, phase }, waiting(3), sinceMs), phase);
});

test.run();
