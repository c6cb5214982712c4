/** The file a person keeps of what was not accepted: marked, with every word they wrote and why it was not. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csvText } from '../../../src/ui/export/csv-text.ts';
import { heldFileName, heldRows } from '../../../src/ui/held/held-file.ts';
import { readHeldItems } from '../../../src/ui/held/held-items.ts';
import { sealBatch, settle } from '../../../src/store/outbox.ts';
import { act, edit, laptop, recordId, section, startAudit } from '../../store/laptop.ts';
import { fakeServer } from '../../store/server.ts';
import { organisationOf } from '../export/organisation.ts';

const test = suite('the file of what was not accepted');
const audit = recordId(1);

async function held() {
  const { store } = await laptop();
  const server = fakeServer();
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('=seen, "twice"', 'inadequate')));
  server.refuse = ({ unit }) => (unit === 'section:risk' ? 'closed' : null);
  await settle(store, server.push(await sealBatch(store, { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 })));
  return readHeldItems(store, organisationOf({}));
}

test('is marked, says whose it is and when it was saved, and has every text with its reason', async () => {
  const items = await held();
  const rows = heldRows(items, 'Avery Example', 1_750_000_000_000);
  assert.equal(rows[0], ['OFFICIAL-SENSITIVE']);
  assert.equal(rows[3], ['By', 'Avery Example']);
  const texts = rows.slice(6).map(([about, , field, text]) => [about, field, text]);
  assert.equal(texts, [
    ['C-0001', 'grade', 'inadequate'],
    ['C-0001', 'evidence', '=seen, "twice"'],
  ]);
  assert.match(String(rows[6]?.[4]), 'submitted or voided');
  assert.match(csvText(rows), `"'=seen, ""twice"""`);
});

test('is named by what it is and the day, and by nothing of a record', () => {
  assert.is(heldFileName(Date.UTC(2026, 4, 4, 12)), 'plumbline-not-accepted-2026-05-04.csv');
});

test.run();
