/** What screens read where everything is only on this laptop: the right answers, and no more opened than is shown. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { shownValue } from '../../src/domain/fold.ts';
import { readMyAudits, readRecord, readSaveCounts } from '../../src/store/view.ts';
import {
  act,
  allocation,
  caseValue,
  edit,
  event,
  laptop,
  nullCipher,
  recordId,
  section,
  somebody,
  startAudit,
} from './laptop.ts';

const test = suite('what screens read');

/** A laptop that tells which boxes it opens. */
async function watched() {
  const opened: string[] = [];
  const made = await laptop({
    cipher: {
      ...nullCipher,
      open: (place, sealed) => {
        opened.push(place.unit);
        return nullCipher.open(place, sealed);
      },
    },
  });
  return { ...made, opened };
}

test('a list opens the box of the case and no other', async () => {
  const { store, opened } = await watched();
  await startAudit(store, recordId(1));
  await act(store, edit(recordId(1), 'section:risk', section('long evidence')));
  await act(store, edit(recordId(1), 'submitted', event()));
  const [audit] = await readMyAudits(store);
  assert.equal(opened, ['case']);
  assert.is(shownValue<{ reference: string }>(audit?.units ?? {}, 'case')?.reference, 'C-0001');
  assert.equal(audit?.units['section:risk']?.value, { grade: 'good', notApplicable: false });
  assert.ok(audit?.units['submitted']);
  assert.is(audit?.unsent, 4);
});

test('of many values of a unit only the newest is opened', async () => {
  const { store, opened } = await watched();
  await startAudit(store, recordId(1));
  for (const grade of ['good', 'inadequate', 'outstanding']) {
    await act(store, edit(recordId(1), 'section:risk', section(`why ${grade}`, grade)));
  }
  const audit = await readRecord(store, recordId(1));
  assert.equal(audit?.units['section:risk']?.value, section('why outstanding', 'outstanding'));
  assert.equal(opened.sort(), ['allocation', 'case', 'section:risk']);
});

test('an audit given to me and then away again is not mine, one given to somebody and then to me is', async () => {
  const { store } = await watched();
  for (const [number, ...auditors] of [
    [1, store.person, somebody],
    [2, somebody, store.person],
    [3, somebody],
  ] as const) {
    await act(store, edit(recordId(number), 'case', caseValue(`C-${number}`)));
    for (const auditor of auditors) await act(store, edit(recordId(number), 'allocation', allocation({ auditor })));
  }
  assert.equal(
    (await readMyAudits(store)).map(({ id }) => id),
    [recordId(2)],
  );
});

test('the counts do not read what there is: the oldest unsent change is found behind accepted ones', async () => {
  const { store, port, clock } = await watched();
  for (let number = 1; number <= 50; number += 1) {
    clock.ms += 1_000;
    await startAudit(store, recordId(number));
  }
  const rows = port.dump().pending;
  await port.write(['pending'], 'strict', (tx) =>
    tx.putMany(
      'pending',
      rows.slice(0, 3).map((row) => ({ ...row, serverVersion: row.n })),
    ),
  );
  let read = 0;
  const counted = {
    ...store,
    port: {
      ...port,
      read: ((tables, body) =>
        port.read(tables, (tx) =>
          body({
            ...tx,
            all: async (table, options) => {
              const found = await tx.all(table, options);
              read += found.length;
              return found;
            },
          }),
        )) as typeof port.read,
    },
  };
  assert.equal(await readSaveCounts(counted), {
    unsent: 97,
    sent: 3,
    quarantined: 0,
    keptOut: 0,
    oldestUnsentMs: rows[3]?.startedMs ?? null,
  });
  assert.is(read, 4);
});

test.run();
