import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { heldCodes, type StoreProblem, type SyncProblem } from '../../../src/protocol/problem.ts';
import type { UnlockProblem } from '../../../src/protocol/unlock-problem.ts';
import type { CodeProblem } from '../../../src/store/recovery-code.ts';
import { cycleSentence, gateSentence, heldSentence, syncSentence } from '../../../src/ui/words/problems.ts';

const test = suite('sentences for what goes wrong');

const problems: readonly (SyncProblem | StoreProblem | UnlockProblem | CodeProblem)[] = [
  { kind: 'unreachable' },
  { kind: 'timed-out' },
  { kind: 'not-our-server' },
  { kind: 'signed-out' },
  { kind: 'wrong-person' },
  { kind: 'wrong-authority' },
  { kind: 'protocol', serverVersion: 2 },
  { kind: 'epoch' },
  { kind: 'chain', seq: 1, head: '' },
  { kind: 'forked' },
  { kind: 'too-large' },
  { kind: 'bad-request', why: 'x' },
  { kind: 'wrong-credentials' },
  { kind: 'weak-password', minimum: 12 },
  { kind: 'too-many-tries', retryAfterSeconds: 30 },
  { kind: 'bad-invitation' },
  { kind: 'stale-sign-in' },
  { kind: 'not-found' },
  { kind: 'server-error', reference: 'ab12' },
  { kind: 'not-equal' },
  { kind: 'laptop-failed', why: 'x' },
  { kind: 'disk-full' },
  { kind: 'invalid-value', field: 'name', why: 'is too long' },
  { kind: 'too-much-text' },
  { kind: 'locked' },
  { kind: 'storage-lost' },
  { kind: 'storage-closed' },
  { kind: 'blocked' },
  { kind: 'build-too-old' },
  { kind: 'storage-failed', why: 'x' },
  { kind: 'wrong-passphrase' },
  { kind: 'no-such-keyring' },
  { kind: 'wrong-recovery-secret' },
  { kind: 'code-end' },
  { kind: 'code-length', typed: 39 },
  { kind: 'code-slip', groups: [3] },
];

for (const problem of problems) {
  test(`${problem.kind} says what is wrong and what happens next, calmly`, () => {
    const sentence = gateSentence(problem);
    assert.ok(sentence.split('. ').length >= 2 || sentence.includes(','), sentence);
    assert.match(sentence, /\.$/);
    assert.not.match(sentence, /!|undefined|\bplease\b/i);
  });
}

test('each reason for holding a change has its own sentence', () => {
  assert.is(new Set(heldCodes.map(heldSentence)).size, heldCodes.length);
});

test('slips in a code are told by group', () => {
  assert.match(gateSentence({ kind: 'code-slip', groups: [3] }), 'a slip in group 3.');
  assert.match(gateSentence({ kind: 'code-slip', groups: [1, 3, 8] }), 'slips in groups 1, 3 and 8.');
});

test('a wait is told in the unit a person would use', () => {
  assert.match(syncSentence({ kind: 'too-many-tries', retryAfterSeconds: 1 }), 'Wait 1 second,');
  assert.match(syncSentence({ kind: 'too-many-tries', retryAfterSeconds: 600 }), 'Wait 10 minutes,');
});

test('what a cycle ended with says that the laptop goes on by itself, where signing in says to try again', () => {
  const said = cycleSentence({ kind: 'too-many-tries', retryAfterSeconds: 43 });
  assert.match(said, 'by itself in about 43 seconds');
  assert.match(said, 'Work on this laptop is kept');
  assert.not.match(said, 'too many tries');
  for (const kind of ['unreachable', 'signed-out', 'too-large'] as const)
    assert.is(cycleSentence({ kind }), syncSentence({ kind }));
});

test.run();
