import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { saveStep, saveText, wholeStep } from '../../../src/ui/parts/save-state.tsx';

const test = suite('the save state');
const none = { unsent: 0, sent: 0, quarantined: 0 };
const idle = (provedEqualMs: number | null) => ({ phase: 'idle', provedEqualMs }) as const;
const provedMs = Date.UTC(2026, 6, 1, 13, 2);

test('only a proof of equality, with nothing left to send, says that work is on the server', () => {
  assert.is(saveStep(none, idle(provedMs)), 'server');
  assert.is(saveStep(none, idle(null)), 'sent');
  assert.is(saveStep({ ...none, sent: 1 }, idle(provedMs)), 'sent');
  assert.is(saveStep({ ...none, sent: 1, unsent: 1 }, idle(provedMs)), 'laptop');
});

test('what was not accepted comes before everything else', () => {
  assert.is(saveStep({ unsent: 4, sent: 2, quarantined: 1 }, idle(provedMs)), 'attention');
});

test('where there is no server, work is saved on this laptop and never said to be anywhere else', () => {
  const alone = { phase: 'laptop-only', provedEqualMs: null } as const;
  assert.is(saveStep(none, alone), 'laptop');
  assert.is(saveStep({ ...none, unsent: 4 }, alone), 'laptop');
});

test('while something on a screen is on its way to the disk, nothing is said to be further away than this laptop', () => {
  const saving = { notSaved: false, saving: true };
  assert.is(wholeStep('server', saving), 'saving');
  assert.is(wholeStep('sent', saving), 'saving');
  assert.is(wholeStep('laptop', saving), 'laptop');
  assert.is(wholeStep('attention', saving), 'attention');
  assert.is(wholeStep('server', { notSaved: false, saving: false }), 'server');
  assert.is(wholeStep('server', { notSaved: true, saving: true }), 'attention');
});

test('the sentences are those of the product, with the time in London', () => {
  const nowMs = provedMs + 60_000;
  assert.is(saveText('saving', null, nowMs), 'Saving…');
  assert.is(saveText('laptop', null, nowMs), 'Saved on this laptop');
  assert.is(saveText('sent', null, nowMs), 'Sent');
  assert.is(saveText('server', provedMs, nowMs), 'On the council’s server at 14:02');
  assert.is(saveText('attention', provedMs, nowMs), 'Needs your attention');
});

test('a proof of another day says which: a time alone would be taken for today’s', () => {
  const lastMinute = Date.UTC(2026, 6, 1, 22, 59);
  assert.is(saveText('server', provedMs, lastMinute), 'On the council’s server at 14:02');
  assert.is(
    saveText('server', provedMs, lastMinute + 60_000),
    'On the council’s server on 1 July 2026 at 14:02',
    'midnight in London',
  );
});

test.run();
