import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { staysSentences } from '../../../src/ui/frame/sign-out-dialog.tsx';

const test = suite('what signing out says of work that is not settled');
const counts = { unsent: 0, quarantined: 0 };

test('only what waits to be sent is said to be sent later', () => {
  assert.equal(staysSentences({ ...counts, unsent: 2 }), [
    '2 changes are not on the council’s server yet. They stay on this laptop, sealed, and will be sent when you sign in here again.',
  ]);
});

test('what was not accepted is not said to be sent later: it waits for somebody to decide', () => {
  assert.equal(staysSentences({ ...counts, quarantined: 1 }), [
    '1 change that was not accepted stays on this laptop, sealed, and still needs your attention when you sign in here again.',
  ]);
  assert.is(staysSentences({ unsent: 1, quarantined: 3 }).length, 2);
});

test('nothing is said of what the server has taken', () => {
  assert.equal(staysSentences({ ...counts, sent: 4 } as typeof counts), []);
});

test.run();
