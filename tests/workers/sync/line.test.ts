/** What one request may carry: falls to what passes, rises again, and never settles on a size that fails. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newLine } from '../../../workers/sync/line.ts';

const test = suite('the line');

/** Sends pieces over a line that takes at most `takes` bytes at once; answers the size of each try. */
function send(takes: number, pieces: number, { push } = newLine()): number[] {
  const tries: number[] = [];
  for (let passed = 0; passed < pieces;) {
    const bytes = push.limit();
    tries.push(bytes);
    if (bytes <= takes) {
      push.passed();
      passed += 1;
    } else assert.ok(push.failed(bytes));
  }
  return tries;
}

test('a line that takes everything is used in full', () => {
  const tries = send(Infinity, 5);
  assert.equal(new Set(tries), new Set([252 * 1024]));
});

test('no piece is tried more than twice, and a size that failed seldom comes again', () => {
  const takes = 64 * 1024;
  const tries = send(takes, 60);
  const failed = tries.map((bytes) => bytes > takes);
  assert.not.ok(failed.some((one, i) => one && failed[i + 1]));
  assert.ok(failed.filter(Boolean).length <= 5, String(failed.filter(Boolean).length));
});

test('a line that has mended is used in full again', () => {
  const line = newLine();
  send(20 * 1024, 10, line);
  assert.ok(send(Infinity, 300, line).includes(252 * 1024));
});

test('a small request that failed was not too much', () => {
  const { push, pull } = newLine();
  assert.not.ok(push.failed(4 * 1024));
  assert.is(push.limit(), 252 * 1024);
  assert.ok(pull.failed(pull.limit()));
  assert.not.ok(pull.failed(pull.limit()));
});

test.run();
