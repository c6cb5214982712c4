/** What the list of what was not accepted says of each: what its author has of the same part, and words for every refusal. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { illegals } from '../../../src/domain/audit.ts';
import { sendAgain } from '../../../src/store/held.ts';
import { sealBatch, settle } from '../../../src/store/outbox.ts';
import { readHeldItems } from '../../../src/ui/held/held-items.ts';
import { held as words } from '../../../src/ui/words/held.ts';
import { act, edit, laptop, recordId, section, startAudit } from '../../store/laptop.ts';
import { fakeServer } from '../../store/server.ts';
import { organisationOf } from '../export/organisation.ts';

const test = suite('the list of what was not accepted');
const audit = recordId(1);

test('shows what its author has written of the same part since, and nothing beside what has not been written again', async () => {
  const { store } = await laptop();
  const server = fakeServer();
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('older')));
  await act(store, edit(audit, 'section:plan', section('a plan')));
  server.refuse = ({ unit }) => (unit.startsWith('section:') ? 'not-allowed' : null);
  await settle(store, server.push(await sealBatch(store, { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 })));
  await act(store, edit(audit, 'section:risk', section('newer')));
  const items = await readHeldItems(store, organisationOf({}));
  assert.equal(
    items.map(({ changes }) => changes.map(({ row, later }) => [row.unit, later?.value['evidence'] ?? null])),
    [[['section:risk', 'newer']], [['section:plan', null]]],
  );
  const [first] = items;
  const seen = first?.changes.flatMap(({ later }) => (later === null ? [] : [later.value])) ?? [];
  const rows = first?.changes.map(({ row }) => row) ?? [];
  assert.ok((await sendAgain(store, rows, seen)).ok, 'what the list shows is what has to be seen');
});

test('a lead reads in words why a change cannot be accepted', () => {
  for (const why of [...illegals, 'written-again']) assert.type(words.refusedBecause[why], 'string', why);
});

test.run();
