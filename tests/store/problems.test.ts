import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asFailure, asResult, problemOf, StoreFailure } from '../../src/store/problems.ts';

const test = suite('store problems');
const named = (name: string, more: object = {}) => Object.assign(new Error(`${name} happened`), { name }, more);

const cases: readonly (readonly [string, unknown, string])[] = [
  ['a full disk', new DOMException('full', 'QuotaExceededError'), 'disk-full'],
  [
    'a full disk inside an aborted transaction',
    named('AbortError', { inner: named('QuotaExceededError') }),
    'disk-full',
  ],
  [
    'a full disk as the cause of an aborted transaction',
    named('AbortError', { cause: named('QuotaExceededError') }),
    'disk-full',
  ],
  ['a newer database', named('VersionError'), 'build-too-old'],
  ['a closed database', named('DatabaseClosedError'), 'storage-lost'],
  ['a closed connection', new DOMException('closing', 'InvalidStateError'), 'storage-lost'],
  ['a missing table', new DOMException('no such store', 'NotFoundError'), 'storage-lost'],
  ['anything else', named('UnknownError'), 'storage-failed'],
  ['something that is no error', 'what', 'storage-failed'],
];

for (const [what, error, kind] of cases) {
  test(`${what} is ${kind}, with what was thrown as its cause`, () => {
    const failure = asFailure(error);
    assert.is(problemOf(failure)?.kind, kind);
    assert.is(failure.cause, error);
  });
}

test('a failure stays the failure it is; a bug is no problem and is thrown on', async () => {
  const failure = new StoreFailure({ kind: 'locked' });
  assert.is(asFailure(failure), failure);
  assert.equal(
    await asResult(async () => {
      throw failure;
    }),
    { ok: false, problem: { kind: 'locked' } },
  );
  const bug = new Error('a bug');
  assert.is(problemOf(bug), null);
  const thrown = await asResult(async () => {
    throw bug;
  }).catch((error: unknown) => error);
  assert.is(thrown, bug);
});

test.run();
