/**
 * Any interleaving of edits in two tabs, sealing, pushing, settling and pulling, with requests and replies lost or repeated,
 * clocks set forward and back, disks that refuse, power cuts and another person's changes, ends the same: what was reported
 * saved is on the server or in quarantine, in order; the chain has no gap; the laptop shows what the server folded.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordDigest } from '../../src/domain/digest.ts';
import { isHexId, parseOpId, type DeviceId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { applyPage, readCursor } from '../../src/store/inbox.ts';
import { localTotal } from '../../src/store/totals.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { problemOf } from '../../src/store/problems.ts';
import { recordEdits } from '../../src/store/record.ts';
import { writeClockOffset } from '../../src/store/sync-meta.ts';
import { readQuarantine, readRecord } from '../../src/store/view.ts';
import { allocation, countedIds, device, edit, hash, hex, laptop, recordId, section, somebody } from './laptop.ts';
import { fakeServer, otherDevice } from './server.ts';

const test = suite('convergence');
const audit = recordId(1);
const units = ['section:risk', 'section:plan', 'section:voice'] as const;

const tab = fc.integer({ min: 0, max: 1 });
const unit = fc.integer({ min: 0, max: units.length - 1 });
const fate = fc.constantFrom('fine', 'fine', 'request lost', 'reply lost', 'twice');

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('act' as const), tab, unit }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('type' as const), tab, unit }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refused act' as const), tab, unit }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('group' as const), tab }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('push' as const), fate, bytes: fc.constantFrom(700, 2500, 100_000) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pull' as const), fate }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('power cut' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), after: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('somebody' as const), unit }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('clock' as const), ms: fc.constantFrom(1000, -86_400_000, 3.2e11) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const held = 'REFUSE';

async function run(steps: readonly Step[]): Promise<void> {
  let failIn = 0;
  const port = memoryPort({
    onRequest: () => {
      if (failIn > 0 && (failIn -= 1) === 0) throw new DOMException('The disk refuses', 'QuotaExceededError');
    },
  });
  const server = fakeServer();
  server.refuse = ({ value }) => (String(value['evidence']).includes(held) ? 'invalid' : null);
  const log: Op[] = [];
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  const newId = countedIds();
  const open = () => Promise.all([laptop({ port, newId }), laptop({ port, newId })]);
  let [first, second] = await open();
  const clocks = { ms: 0 };
  let word = 0;
  /** What was reported saved: by unit, each value with whether it may still be typed over. */
  const saved = new Map<string, { text: string; typing: boolean }[]>();

  const store = (which: number) => {
    const one = which === 0 ? first : second;
    one.clock.ms = server.nowMs + clocks.ms;
    return one.store;
  };
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (problemOf(error) === null) throw error;
    }
  };
  const noteSaved = (name: string, text: string, typing: boolean): void => {
    const before = saved.get(name) ?? [];
    const last = before.at(-1);
    saved.set(name, [...(typing && last?.typing ? before.slice(0, -1) : before), { text, typing }]);
  };
  /** What has been sealed is an op of its own: nothing later is typed over it. */
  const closeTyping = (ops: readonly Op[]): void => {
    const sealed = new Set(ops.map(({ value }) => value['evidence']));
    for (const [name, values] of saved) {
      saved.set(
        name,
        values.map(({ text, typing }) => ({ text, typing: typing && !sealed.has(text) })),
      );
    }
  };
  const record = async (which: number, names: readonly string[], how: 'act' | 'typing', mark = ''): Promise<void> => {
    const shown = await readRecord(store(which), audit).catch(() => null);
    const texts = names.map(() => `${mark} word ${(word += 1)}`);
    const edits = names.map((name, i) =>
      edit(audit, name, section(texts[i] ?? ''), { base: shown?.units[name]?.confirmed?.op ?? null }),
    );
    const result = await recordEdits(store(which), edits, how);
    if (!result.ok) return;
    names.forEach((name, i) => noteSaved(name, texts[i] ?? '', how === 'typing'));
    failIn = 0;
    const after = await readRecord(store(1 - which), audit);
    names.forEach((name, i) => assert.is(after?.units[name]?.value['evidence'], texts[i]));
  };
  const push = async (how: string, maxBytes: number): Promise<void> => {
    const ops = await sealBatch(store(0), { maxBytes, hotMs: 0, longestMs: 0 });
    closeTyping(ops);
    if (ops.length === 0 || how === 'request lost') return;
    ops.forEach((op) => isHexId(op.salt) || assert.unreachable('a salt is 32 hex digits'));
    const reply = server.push(ops);
    for (const op of ops) if (!log.some(({ seq }) => seq === op.seq)) log.push(op);
    if (how === 'reply lost') return;
    await writeClockOffset(store(0), -clocks.ms);
    await settle(store(0), reply);
    if (how === 'twice') await settle(store(0), server.push(ops));
  };
  const pull = async (how: string): Promise<void> => {
    const asked = await readCursor(store(0));
    if (how === 'request lost') return;
    const page = server.pull(asked, 1);
    if (how === 'reply lost') return;
    assert.is(await applyPage(store(0), page, asked), 'applied');
    const moved = JSON.stringify(asked) !== JSON.stringify(page.cursor);
    if (how === 'twice' && moved) assert.is(await applyPage(store(0), page, asked), 'stale');
  };

  const started = await recordEdits(store(0), [edit(audit, 'allocation', allocation())], 'act');
  assert.ok(started.ok);
  for (const one of steps) {
    server.nowMs += 10;
    switch (one.do) {
      case 'act':
        await record(one.tab, [units[one.unit] ?? ''], 'act');
        break;
      case 'type':
        await record(one.tab, [units[one.unit] ?? ''], 'typing');
        break;
      case 'refused act':
        await record(one.tab, [units[one.unit] ?? ''], 'act', held);
        break;
      case 'group':
        await record(one.tab, units.slice(0, 2), 'act');
        break;
      case 'push':
        await attempt(() => push(one.fate, one.bytes));
        break;
      case 'pull':
        await attempt(() => pull(one.fate));
        break;
      case 'power cut':
        failIn = 0;
        port.crash();
        [first, second] = await open();
        break;
      case 'fail':
        failIn = one.after;
        break;
      case 'somebody': {
        const name = units[one.unit] ?? '';
        const base = server.record(audit)?.units[name]?.op ?? null;
        elsewhere({ record: audit, kind: 'audit', unit: name, value: section(`theirs ${(word += 1)}`), base });
        break;
      }
      case 'clock':
        clocks.ms += one.ms;
        break;
      default:
        assert.unreachable(JSON.stringify(one satisfies never));
    }
  }

  failIn = 0;
  for (let round = 0; round < 200; round += 1) {
    const before = JSON.stringify([port.dump().pending, await readCursor(store(0))]);
    await push('fine', 100_000);
    await pull('fine');
    if (JSON.stringify([port.dump().pending, await readCursor(store(0))]) === before) break;
  }
  await check();

  async function check(): Promise<void> {
    assert.equal(port.dump().pending, [], 'everything was settled');
    assert.equal(
      log.map(({ seq }) => seq),
      log.map((_, i) => i + 1),
      'the numbers have no gap',
    );
    for (const name of units) {
      const texts = log.filter((op) => op.unit === name).map(({ value }) => String(value['evidence']));
      const expected = (saved.get(name) ?? []).map(({ text }) => text);
      assert.ok(isInOrder(expected, texts), `${name}: ${expected.join(', ')} is in ${texts.join(', ')}`);
    }
    const refused = log.filter(({ value }) => String(value['evidence']).includes(held)).map(({ seq }) => seq);
    const kept = (await readQuarantine(store(0))).map(({ row }) => row.link?.seq);
    assert.equal(kept, refused, 'what was refused is kept');

    const truth = server.record(audit);
    const shown = await readRecord(store(1), audit);
    assert.equal(
      Object.fromEntries(Object.entries(shown?.units ?? {}).map(([name, { confirmed }]) => [name, confirmed])),
      truth?.units,
      'the laptop shows what the server folded',
    );
    assert.is((await localTotal(store(0))).digest, recordDigest(hash, audit, truth?.units ?? {}));
    const mine = Object.values(truth?.units ?? {}).flatMap(({ op }) => (parseOpId(op).device === device ? [op] : []));
    assert.ok(mine.length > 0);
  }
}

function isInOrder(expected: readonly string[], found: readonly string[]): boolean {
  let at = 0;
  for (const text of found) if (text === expected[at]) at += 1;
  return at === expected.length;
}

test('every interleaving converges, and nothing that was reported saved is missing', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 50 }), run), { numRuns: 300 });
});

test.run();
