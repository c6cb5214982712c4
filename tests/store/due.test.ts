/** What a period would erase is counted from what is in clear, before it is set, and is what the rule says of each audit. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../src/domain/ids.ts';
import { graceMs } from '../../src/domain/retention.ts';
import type { RetentionValue } from '../../src/domain/values.ts';
import { readDue } from '../../src/store/due.ts';
import * as inbox from '../../src/store/inbox.ts';
import { countsOf } from '../../src/ui/retention/due-sentences.tsx';
import { allocation, caseValue, hex, laptop, nullCipher, recordId, somebody } from './laptop.ts';
import { fakeServer, otherDevice } from './server.ts';

const test = suite('what a period would erase');

const rule = (months: number | null, cycles: RetentionValue['cycles'] = []): RetentionValue => ({
  months,
  cycles,
  laptopDays: null,
});

/** Four audits: open, closed, closed and held, closed and erased. */
async function filled() {
  const made = await laptop({
    cipher: { ...nullCipher, open: () => Promise.reject(new Error('a box was opened')) },
  });
  const server = fakeServer();
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  const write = (record: number, unit: string, value: object): unknown =>
    elsewhere({ record: recordId(record), kind: 'audit', unit, value: value as never, base: null });
  const event = { by: somebody, at: 1, reason: '' };
  for (const record of [1, 2, 3, 4]) {
    write(record, 'case', caseValue('C-1'));
    write(record, 'allocation', allocation());
    if (record > 1) write(record, 'submitted', event);
  }
  write(3, 'hold', { on: true, wholeCase: false, by: somebody, at: 1, why: 'a review' });
  write(4, 'erased', { by: somebody, at: 1, certificate: hex(1), kept: '0'.repeat(64) });
  const asked = await inbox.readCursor(made.store);
  assert.is(await inbox.applyPage(made.store, server.pull(asked, 100), asked), 'applied');
  return made;
}

test('a closed audit has a time, one under a hold is counted apart, an open and an erased one have none', async () => {
  const { store } = await filled();
  const { due, held } = await readDue(store, rule(1), new AbortController().signal);
  assert.equal([due.length, held], [1, 1]);
  const later = await readDue(store, rule(13), new AbortController().signal);
  assert.ok((later.due[0] ?? 0) > (due[0] ?? 0));
  assert.equal(await readDue(store, rule(null), new AbortController().signal), { due: [], held: 0 });
});

test('the sentences count each audit once: when it takes effect, in the year after, or later', () => {
  const times = fc.array(fc.integer({ min: 0, max: 4e10 }));
  fc.assert(
    fc.property(times, fc.nat(1e9), (due, nowMs) => {
      const { fromMs, atOnce, yearAfter, held } = countsOf({ due, held: 2 }, nowMs);
      const year = 365 * 24 * 60 * 60 * 1000;
      assert.equal([fromMs, held], [nowMs + graceMs, 2]);
      assert.is(atOnce, due.filter((at) => !(at > nowMs + graceMs)).length);
      assert.is(atOnce + yearAfter, due.filter((at) => !(at > nowMs + graceMs + year)).length);
    }),
  );
});

test.run();
