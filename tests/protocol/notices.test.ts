/** A notice of a kind that came with a later server still lets its person sign in, and says that something was done. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { noticeKinds, sessionSchema } from '../../src/protocol/session.ts';
import { frame } from '../../src/ui/words/frame.ts';

const test = suite('notices on the wire');

test('a kind that is not known is another, and every one has its sentence', () => {
  const ids = { authority: 'a1'.repeat(16), person: 'b2'.repeat(16) };
  const notices = [...noticeKinds, 'of-a-later-server'].map((kind) => ({ kind, atMs: 1 }));
  const read = v.parse(sessionSchema, {
    ...ids,
    authorityName: 'Testshire',
    name: 'Alex',
    email: 'a@example.org',
    notices,
  });
  assert.equal(
    read.notices?.map(({ kind }) => kind),
    [...noticeKinds, 'other'],
  );
  for (const { kind } of read.notices ?? []) assert.match(frame.notices[kind]('1 May'), /^On 1 May /);
});

test.run();
