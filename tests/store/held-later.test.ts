/**
 * A held change that is sent again lies over what its author has on this laptop of the same part: nothing of that goes out of
 * sight before they have had both in front of them. Whoever else has written keeps their version in any case.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { basisOf } from '../../src/domain/fold.ts';
import { sendAgain } from '../../src/store/held.ts';
import { readLater, writtenSince } from '../../src/store/held-later.ts';
import { applyPage, readCursor } from '../../src/store/inbox.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { recordOrKeep, type Saved } from '../../src/store/record.ts';
import { readQuarantine, readRecord } from '../../src/store/view.ts';
import { act, edit, event, hex, laptop, recordId, section, somebody, startAudit, type } from './laptop.ts';
import type { Laptop } from './laptop.ts';
import { fakeServer, otherDevice, type FakeServer } from './server.ts';

interface Context extends Laptop {
  server: FakeServer;
}

const test = suite<Context>('a held change, and what its author has written since');
const audit = recordId(1);
const risk = 'section:risk';
const all = { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 };

async function fresh(): Promise<Context> {
  return { ...(await laptop()), server: fakeServer() };
}
test.before.each(async (context) => void Object.assign(context, await fresh()));

async function push({ store, server }: Context): Promise<void> {
  const ops = await sealBatch(store, all);
  if (ops.length > 0) await settle(store, server.push(ops));
}

async function pull({ store, server }: Context): Promise<void> {
  const cursor = await readCursor(store);
  await applyPage(store, server.pull(cursor, 100), cursor);
}

const shown = async ({ store }: Context) => (await readRecord(store, audit))?.units[risk];
const text = async (context: Context): Promise<unknown> => (await shown(context))?.value['evidence'];
const held = async ({ store }: Context) => (await readQuarantine(store)).map(({ row }) => row);

/** What a form writes: based on what it shows. */
async function write(context: Context, evidence: string, how: 'act' | 'typing' = 'act'): Promise<void> {
  context.clock.ms += 1_000;
  context.server.nowMs = context.clock.ms;
  const one = edit(audit, risk, section(evidence), basisOf(await shown(context)));
  await (how === 'act' ? act(context.store, one) : type(context.store, one));
}

/** An audit of which the server has, holds `older`, and nothing else waits. */
async function heldOlder(context: Context): Promise<void> {
  await startAudit(context.store, audit);
  await push(context);
  await write(context, 'older');
  context.server.refuse = () => 'not-allowed';
  await push(context);
  context.server.refuse = () => null;
  await pull(context);
}

const isWrittenSince = (saved: Saved): boolean =>
  !saved.ok && saved.problem.kind === 'invalid-value' && saved.problem.why === writtenSince;

/** Sent again unseen it is refused and all stays; with what is shown in front of somebody it is sent. */
async function asksFirst(context: Context): Promise<void> {
  const { store } = context;
  const rows = await held(context);
  assert.ok(isWrittenSince(await sendAgain(store, rows)));
  assert.is(await text(context), 'newer', 'what was written since still shows');
  assert.equal(await held(context), rows, 'and the held change still waits');
  const later = (await readLater(store, await readQuarantine(store))).get(rows[0]?.n ?? 0);
  assert.is(later?.value['evidence'], 'newer');
  const chosen = await sendAgain(store, rows, [section('something else'), section('newer')]);
  assert.ok(chosen.ok);
  assert.is(await text(context), 'older', 'chosen, it shows');
  assert.equal(await held(context), []);
}

const ways: Readonly<Record<string, (context: Context) => Promise<void>>> = {
  'not sent yet': async () => undefined,
  'sent, and not back yet': push,
  confirmed: async (context) => {
    await push(context);
    await pull(context);
  },
};
for (const [way, go] of Object.entries(ways)) {
  test(`what its author has written since, ${way}, is not taken off the screen before they have seen both`, async (context) => {
    await heldOlder(context);
    await write(context, 'newer');
    await go(context);
    await asksFirst(context);
    await push(context);
    await pull(context);
    const unit = context.server.record(audit)?.units[risk];
    assert.equal([unit?.value['evidence'], unit?.others], ['older', []], 'a choice: nobody is asked again');
  });
}

test('a confirmed version that was chosen against is settled by name', async (context) => {
  await heldOlder(context);
  await write(context, 'newer');
  await push(context);
  await pull(context);
  const newer = context.server.record(audit)?.units[risk]?.op;
  await sendAgain(context.store, await held(context), [section('newer')]);
  const [op] = await sealBatch(context.store, all);
  assert.equal(op?.settles, [newer]);
});

test('what is still being typed counts as it stands', async (context) => {
  await heldOlder(context);
  await write(context, 'new', 'typing');
  await write(context, 'newer', 'typing');
  assert.ok(isWrittenSince(await sendAgain(context.store, await held(context), [section('new')])));
  await asksFirst(context);
});

test('beneath the newer version of somebody else the own one counts too', async (context) => {
  const { server } = context;
  await heldOlder(context);
  await write(context, 'newer');
  await push(context);
  server.nowMs += 60_000;
  const theirs = { record: audit, kind: 'audit', unit: risk, value: section('theirs'), base: null } as const;
  otherDevice(server, somebody, hex(0x77) as never)(theirs);
  await pull(context);
  assert.is(await text(context), 'theirs');
  assert.ok(isWrittenSince(await sendAgain(context.store, await held(context))));
});

test('of a change that never reached the server, whatever its author has here is shown to them first', async (context) => {
  const { store } = context;
  await startAudit(store, audit);
  await push(context);
  await pull(context);
  await write(context, 'newer');
  const unsent = edit(audit, risk, section('older'), basisOf(await shown(context)));
  await push(context);
  await act(store, edit(audit, 'submitted', event()));
  await recordOrKeep(store, unsent, 'typing');
  await push(context);
  await pull(context);
  assert.equal(
    (await held(context)).map(({ link }) => link),
    [null],
  );
  await asksFirst(context);
});

test('sent again in any order, each held version that would cover another is shown beside it first', async (context) => {
  const { store, server } = context;
  await startAudit(store, audit);
  await push(context);
  await write(context, 'one');
  await write(context, 'two');
  server.refuse = () => 'not-allowed';
  await push(context);
  server.refuse = () => null;
  const [one, two] = await held(context);
  assert.ok(one && two);
  assert.ok((await sendAgain(store, [two])).ok);
  assert.ok(isWrittenSince(await sendAgain(store, [one])));
  assert.is(await text(context), 'two');
});

test('a group of which one part was written since is sent whole or not at all', async (context) => {
  const { store, server } = context;
  await startAudit(store, audit);
  await push(context);
  await act(store, edit(audit, 'section:plan', section('a plan')), edit(audit, risk, section('older')));
  server.refuse = () => 'not-allowed';
  await push(context);
  server.refuse = () => null;
  await write(context, 'newer');
  const rows = await held(context);
  assert.is(rows.length, 2);
  assert.ok(isWrittenSince(await sendAgain(store, rows)));
  assert.is((await readRecord(store, audit))?.units['section:plan'], undefined);
  assert.ok((await sendAgain(store, rows, [section('newer')])).ok);
  assert.is((await readRecord(store, audit))?.units['section:plan']?.value['evidence'], 'a plan');
});

test('the same value, and what it was written over, are in nobody’s way', async (context) => {
  const { store, server } = context;
  await startAudit(store, audit);
  await write(context, 'first');
  await push(context);
  await pull(context);
  await write(context, 'older');
  server.refuse = () => 'not-allowed';
  await push(context);
  server.refuse = () => null;
  assert.is(await text(context), 'first');
  await write(context, 'older');
  await push(context);
  assert.ok((await sendAgain(store, await held(context))).ok);
  assert.is(await text(context), 'older');
});

test('what somebody else has written since stands beside it, and asks for no choice beforehand', async (context) => {
  const { store, server } = context;
  await heldOlder(context);
  const theirs = { record: audit, kind: 'audit', unit: risk, value: section('theirs'), base: null } as const;
  otherDevice(server, somebody, hex(0x77) as never)(theirs);
  await pull(context);
  assert.ok((await sendAgain(store, await held(context))).ok);
  await push(context);
  const unit = server.record(audit)?.units[risk];
  assert.equal([unit?.value['evidence'], ...(unit?.others ?? []).map(({ value }) => value['evidence'])].sort(), [
    'older',
    'theirs',
  ]);
});

const own = fc.constantFrom('written', 'written and held', 'typed');
const others = fc.constantFrom('pushed', 'pulled', 'written by somebody');
const again = fc.nat(5);
const steps = fc.array(fc.oneof(own, others, again), { maxLength: 25, size: 'max' });

/** Each text begins with the number of the step that wrote it. */
const stepOf = (said: unknown): number => Number.parseInt(String(said), 10);

test('whatever happens in between, nothing written later goes out of sight by sending an older change again', async () => {
  let [sent, asked] = [0, 0];
  const property = fc.asyncProperty(steps, async (all) => {
    const context = await fresh();
    const { store, server } = context;
    server.refuse = ({ value }) => (String(value['evidence']).endsWith('held') ? 'invalid' : null);
    const theirs = otherDevice(server, somebody, hex(0x77) as never);
    await startAudit(store, audit);
    await push(context);
    for (const [i, what] of all.entries()) {
      if (what === 'written') await write(context, `${i}`);
      else if (what === 'written and held') await write(context, `${i} held`);
      else if (what === 'typed') await write(context, `${i}`, 'typing');
      else if (what === 'pushed') await push(context);
      else if (what === 'pulled') await pull(context);
      else if (what === 'written by somebody') {
        const base = server.record(audit)?.units[risk]?.op ?? null;
        theirs({ record: audit, kind: 'audit', unit: risk, value: section(`${i} by somebody`), base });
      } else if (typeof what === 'number') {
        const rows = await held(context);
        const row = rows[what % Math.max(1, rows.length)];
        if (row === undefined) continue;
        const before = await shown(context);
        const versions = [before, ...(before?.confirmed?.others ?? [])].map((one) => String(one?.value['evidence']));
        const result = await sendAgain(store, [row]);
        const after = await text(context);
        if (result.ok) {
          const covered = versions.filter((one) => stepOf(one) > stepOf(after) && !one.endsWith('somebody'));
          assert.equal(covered, [], `${String(after)} was sent again`);
          sent += 1;
        } else {
          assert.ok(isWrittenSince(result));
          assert.is(after, before?.value['evidence']);
          assert.equal(await held(context), rows, 'it still waits');
          asked += 1;
        }
      }
    }
  });
  await fc.assert(property, { numRuns: 200 });
  assert.ok(sent > 0 && asked > 0, `${sent} sent, ${asked} asked`);
});

test.run();
