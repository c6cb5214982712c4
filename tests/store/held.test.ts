/** What becomes of changes that were not accepted: nothing of them goes but by what a person decided. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { GroupId } from '../../src/domain/ids.ts';
import type { HeldDecision, HeldReply } from '../../src/protocol/held.ts';
import type { HeldCode } from '../../src/protocol/problem.ts';
import { discard, heldToAsk, sendAgain, takeHeld } from '../../src/store/held.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { recordOrKeep } from '../../src/store/record.ts';
import { takeOut } from '../../src/store/take-out.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../src/store/view.ts';
import { act, device, edit, event, laptop, me, realCipher, recordId, section, somebody, startAudit } from './laptop.ts';
import type { Laptop } from './laptop.ts';
import { fakeServer, type FakeServer } from './server.ts';

interface Context extends Laptop {
  server: FakeServer;
}

const test = suite<Context>('held changes on the laptop');
const audit = recordId(1);
const all = { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 };

test.before.each(async (context) => {
  Object.assign(context, await laptop({ cipher: await realCipher() }), { server: fakeServer() });
});

async function send({ store, server }: Context): Promise<void> {
  const ops = await sealBatch(store, all);
  if (ops.length > 0) await settle(store, server.push(ops));
}

/** An audit of which the server has held a grade. */
async function heldGrade(context: Context, code: HeldCode = 'not-allowed'): Promise<void> {
  const { store, server } = context;
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('seen in the file', 'inadequate')));
  server.refuse = ({ unit }) => (unit === 'section:risk' ? code : null);
  await send(context);
  server.refuse = () => null;
}

const rows = async ({ store }: Context) => (await readQuarantine(store)).map(({ row }) => row);

const decided = (what: HeldDecision['what'], why = '', by = somebody): HeldDecision => ({ what, by, why, atMs: 5 });

async function answer({ store }: Context, decision: HeldDecision | null): Promise<void> {
  const { told, ask } = await heldToAsk(store);
  const groups = [...told, ...ask].map((key) => ({ device: key.device, group: key.group, decision }));
  await takeHeld(store, { groups } satisfies HeldReply);
}

for (const code of ['not-allowed', 'invalid', 'closed', 'group'] as const) {
  test(`a change held as ${code} stays on the laptop with its content, and the server is asked about it`, async (context) => {
    await heldGrade(context, code);
    const [held] = await readQuarantine(context.store);
    assert.equal([held?.row.code, held?.value['evidence'], held?.note], [code, 'seen in the file', null]);
    const { told, ask } = await heldToAsk(context.store);
    assert.equal([told, ask], [[], [{ device, group: held?.row.group }]]);
    await answer(context, null);
    assert.is((await readSaveCounts(context.store)).quarantined, 1);
  });
}

test('sent again it is a new change under a new number, and the old one goes when the server has heard of that', async (context) => {
  const { store, server } = context;
  await heldGrade(context);
  const before = await rows(context);
  await sendAgain(store, before);
  assert.equal(await rows(context), []);
  assert.is((await readRecord(store, audit))?.units['section:risk']?.value['grade'], 'inadequate');
  const [op] = await sealBatch(store, all);
  assert.ok((op?.seq ?? 0) > (before[0]?.link?.seq ?? 0));
  assert.is.not(op?.group, before[0]?.group);
  assert.is.not(op?.salt, '');
  await send(context);
  const { told, ask } = await heldToAsk(store);
  assert.equal([told.map(({ group, what }) => [group, what]), ask], [[[before[0]?.group, 'resent']], []]);
  await answer(context, decided('resent', '', me));
  assert.equal(await heldToAsk(store), { told: [], ask: [] });
  assert.is(server.record(audit)?.units['section:risk']?.value['evidence'], 'seen in the file');
});

test('a group of several changes is sent again as one group, based on what it was based on', async (context) => {
  const { store, server } = context;
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('one')), edit(audit, 'section:plan', section('two')));
  server.refuse = ({ unit }) => (unit.startsWith('section:') ? 'group' : null);
  await send(context);
  await sendAgain(store, await rows(context));
  const ops = await sealBatch(store, all);
  assert.equal(
    ops.map(({ unit, groupSize, base }) => [unit, groupSize, base]),
    [
      ['section:risk', 2, null],
      ['section:plan', 2, null],
    ],
  );
  assert.is(new Set(ops.map(({ group }) => group)).size, 1);
});

test('a change that never reached the server is sent as it is, and no old one has to be told', async (context) => {
  const { store } = context;
  await startAudit(store, audit);
  await act(store, edit(audit, 'submitted', event()));
  await recordOrKeep(store, edit(audit, 'section:risk', section('too late')), 'typing');
  const kept = await rows(context);
  assert.equal(
    kept.map(({ code, link }) => [code, link]),
    [['closed', null]],
  );
  await sendAgain(store, kept);
  assert.equal(await heldToAsk(store), { told: [], ask: [] });
  const ops = await sealBatch(store, all);
  assert.is(ops.at(-1)?.value['evidence'], 'too late');
});

test('what this build knows to be invalid is not sent again', async (context) => {
  const { store, port } = context;
  await heldGrade(context, 'invalid');
  const [row] = await rows(context);
  assert.ok(row);
  const strange = { ...row, plain: { ...row.plain, grade: 7 } };
  await port.write(['quarantine'], 'strict', (tx) => tx.put('quarantine', strange));
  const saved = await sendAgain(store, [strange]);
  assert.is(saved.ok || saved.problem.kind, 'invalid-value');
  assert.is((await rows(context)).length, 1);
});

test('discarded it is out of sight at once, and stays until the server knows why and what', async (context) => {
  const { store } = context;
  await heldGrade(context);
  const before = await rows(context);
  await discard(store, before, 'Blake has done it');
  assert.equal(await rows(context), []);
  const counts = await readSaveCounts(store);
  assert.equal([counts.quarantined, counts.unsent], [0, 1], 'that it was discarded is not sent yet');
  const [told] = (await heldToAsk(store)).told;
  assert.equal(
    [told?.group, told?.what, told?.why, told?.content[0]?.value['evidence']],
    [before[0]?.group, 'discarded', 'Blake has done it', 'seen in the file'],
  );
  await answer(context, decided('discarded', 'Blake has done it', me));
  assert.equal(await heldToAsk(store), { told: [], ask: [] });
  assert.is((await readSaveCounts(store)).unsent, 0);
});

test('a reason, and a lead’s note, are sealed', async (context) => {
  const { store, port } = context;
  await heldGrade(context);
  await answer(context, decided('returned', 'sentinel of the note'));
  await discard(store, await rows(context), 'sentinel of the reason');
  const stored = await port.read(['quarantine'], (tx) => tx.all('quarantine'));
  const text = new TextDecoder('latin1').decode(
    Uint8Array.from(
      stored.flatMap(({ sealed, returned, decided: by }) =>
        [sealed, returned?.sealed, by?.sealed].flatMap((box) => [...(box?.data ?? [])]),
      ),
    ),
  );
  assert.not.match(text + JSON.stringify(stored.map((row) => ({ ...row, sealed: null }))), 'sentinel');
});

test('accepted by a lead it leaves the quarantine', async (context) => {
  const { store } = context;
  await heldGrade(context);
  await answer(context, decided('accepted', 'It counts'));
  assert.equal(await rows(context), []);
  assert.equal(await heldToAsk(store), { told: [], ask: [] });
  assert.is((await readSaveCounts(store)).quarantined, 0);
});

test('sent back by a lead it shows their note, who and when, and still waits', async (context) => {
  await heldGrade(context);
  await answer(context, decided('returned', 'Say what you saw'));
  const [held] = await readQuarantine(context.store);
  assert.equal([held?.note, held?.row.returned?.by, held?.row.returned?.atMs], ['Say what you saw', somebody, 5]);
  const writes = context.port;
  let written = 0;
  writes.onWrite(() => (written += 1));
  await answer(context, decided('returned', 'Say what you saw'));
  await context.store.port.read(['meta'], (tx) => tx.get('meta', 'laptop'));
  assert.is(written, 0, 'the same note again writes nothing');
});

test('what the server says its author decided, and nobody here did, stays', async (context) => {
  await heldGrade(context);
  await answer(context, decided('resent', '', me));
  assert.is((await rows(context)).length, 1);
});

test('a lead who accepted first is believed, whatever was decided here meanwhile', async (context) => {
  await heldGrade(context);
  await discard(context.store, await rows(context), 'a slip');
  await answer(context, decided('accepted', 'It counts'));
  assert.equal(await heldToAsk(context.store), { told: [], ask: [] });
});

test('an answer about other groups touches nothing', async (context) => {
  await heldGrade(context);
  const other = { device, group: 'f'.repeat(32) as GroupId, decision: decided('accepted') };
  await takeHeld(context.store, { groups: [other] });
  assert.is((await rows(context)).length, 1);
});

test('two tabs that decide about the same change: the first decides', async (context) => {
  const { store } = context;
  await heldGrade(context);
  const seen = await rows(context);
  await discard(store, seen, 'the first');
  await sendAgain(store, seen);
  const { told } = await heldToAsk(store);
  assert.equal(
    told.map(({ what, why }) => [what, why]),
    [['discarded', 'the first']],
  );
  assert.equal(await sealBatch(store, all), []);
});

test('of five hundred changes one is poison: the others arrive, and it alone waits for a person', async (context) => {
  const { store, server } = context;
  await startAudit(store, audit);
  await send(context);
  const poison = 250;
  for (let i = 0; i < 500; i += 1) await act(store, edit(audit, 'section:risk', section(`text ${i}`)));
  server.refuse = ({ value }) => (value['evidence'] === `text ${poison}` ? 'invalid' : null);
  await send(context);
  const counts = await readSaveCounts(store);
  assert.equal([counts.unsent, counts.quarantined], [0, 1]);
  const [held] = await readQuarantine(store);
  assert.is(held?.value['evidence'], `text ${poison}`);
  server.refuse = () => null;
  await sendAgain(store, await rows(context), [section('text 499')]);
  await send(context);
  assert.is((await readSaveCounts(store)).quarantined, 0);
});

test('a backup has what still waits for a person, and not what was decided', async (context) => {
  const { store } = context;
  await heldGrade(context);
  const heldIn = async (): Promise<unknown[]> => {
    const records = [];
    for await (const record of (await takeOut(store)).records()) records.push(record);
    return records.flatMap(({ changes }) => changes.filter(({ held }) => held !== null));
  };
  assert.is((await heldIn()).length, 1);
  await discard(store, await rows(context), 'a slip');
  assert.is((await heldIn()).length, 0);
});

test.run();
