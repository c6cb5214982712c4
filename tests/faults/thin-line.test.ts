/** A proxy that takes little, and a line that breaks every 50 KB: the queue drains and a first download ends (FAULTS 27). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localTotal } from '../../src/store/totals.ts';
import { readSaveCounts } from '../../src/store/view.ts';
import { section } from '../server/example.ts';
import { inLongRun } from './long-run.ts';
import { always, type Nemesis } from './nemeses.ts';
import { openScene, storedEvidence, write, type Scene } from './scene.ts';

const test = suite<{ scene: Scene }>('a thin line');
test.before.each(async (context) => {
  context.scene = await openScene();
});
test.after.each(({ scene }) => scene.end());

test('2,000 changes drain through a proxy that takes 64 KB', async ({ scene }) => {
  const alex = await scene.auditor('Alex');
  const laptop = await alex.laptop(scene.proxy);
  await laptop.cycle();
  for (let n = 0; n < 2_000; n += 1) await write(laptop.store, alex.audit, `${n} ${'words '.repeat(40)}`, `s${n % 40}`);
  scene.proxy.plan(always({ kind: 'too-large', limitBytes: 64 * 1024 }));
  const end = await laptop.cycle();
  assert.is(end.problem, null, JSON.stringify(end.problem));
  assert.type(end.provedEqualMs, 'number');
  assert.is((await readSaveCounts(laptop.store)).unsent, 0);
  const numbers = storedEvidence(scene.server, laptop.person).map(({ evidence }) => Number.parseInt(evidence, 10));
  assert.equal(
    numbers,
    Array.from({ length: 2_000 }, (_, n) => n),
  );
});

// A line of 64 kbit/s carries 8 KB a second: the short run's is as broken, and faster.
const thin: Nemesis = { kind: 'thin', bitsPerSecond: inLongRun(64_000, 16_000_000), breaksAfterBytes: 50_000 };
const audits = inLongRun(250, 150);

test('a first download over a line that breaks every 50 KB ends, asks for no page more than twice, and can be worked on meanwhile', async ({
  scene,
}) => {
  const alex = await scene.auditor('Alex');
  await alex.hand.pull();
  for (let n = 0; n < audits; n += 1) {
    const audit = await scene.allocate(alex);
    await alex.hand.write(...['a', 'b', 'c', 'd'].map((id) => section(audit, 'good', 'words '.repeat(250), id)));
  }
  const laptop = await alex.laptop(scene.proxy);
  const pages = new Map<string, number>();
  let cuts = 0;
  scene.proxy.plan((passing) => {
    if (passing.kind === 'pull') {
      const { cursor } = JSON.parse(passing.text()) as { readonly cursor: { readonly version: number } | null };
      const from = String(cursor?.version ?? 0);
      pages.set(from, (pages.get(from) ?? 0) + 1);
    }
    return always(thin)(passing);
  });
  let worked = false;
  for (;;) {
    const { problem, provedEqualMs } = await laptop.cycle();
    if (provedEqualMs !== null) break;
    if (problem !== null) assert.equal(problem, { kind: 'unreachable' });
    assert.ok((cuts += 1) < 500);
    const arrived = laptop.port.dump().confirmed.find(({ kind }) => kind === 'audit');
    if (worked || arrived === undefined) continue;
    await write(laptop.store, arrived.id, 'written while the rest was on its way', 'e');
    worked = true;
  }
  assert.ok(pages.size > 20, `${pages.size} pages`);
  assert.ok(worked);
  assert.ok(Math.max(...pages.values()) <= 2, JSON.stringify([...pages]));
  assert.is((await localTotal(laptop.store)).count, laptop.port.dump().confirmed.length);
  assert.ok(storedEvidence(scene.server, laptop.person).some(({ evidence }) => evidence.startsWith('written while')));
});

test('a repair over the same line ends too', async ({ scene }) => {
  const alex = await scene.auditor('Alex');
  for (let n = 0; n < 60; n += 1) {
    const audit = await scene.allocate(alex);
    await alex.hand.write(...['a', 'b', 'c'].map((id) => section(audit, 'good', 'words '.repeat(250), id)));
  }
  const laptop = await alex.laptop(scene.proxy);
  await laptop.cycle();
  const ids = laptop.port.dump().confirmed.map(({ id }) => id);
  await laptop.lose(ids);
  scene.proxy.plan(always(thin));
  for (let tries = 0; (await laptop.cycle()).provedEqualMs === null; tries += 1) assert.ok(tries < 200);
  assert.is(laptop.port.dump().confirmed.length, ids.length);
  assert.ok(scene.proxy.asked('records') > 5);
});

test.run();
