/** Laptops whose clocks are off, from a minute to ten years, either way, or that sleep for two months (FAULTS 31, 36, 37). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSaveCounts } from '../../src/store/view.ts';
import { always } from './nemeses.ts';
import { openScene, storedEvidence, write, type Scene } from './scene.ts';

const test = suite<{ scene: Scene }>('clocks');
test.before.each(async (context) => {
  context.scene = await openScene();
});
test.after.each(({ scene }) => scene.end());

const [minute, day, year] = [60_000, 86_400_000, 365 * 86_400_000];
const offsets = [minute, 5 * minute + 1, 3_600_000, day, year, 10 * year];

for (const off of offsets.flatMap((ms) => [ms, -ms])) {
  const name = `${Math.abs(off) / minute} minutes ${off > 0 ? 'ahead' : 'behind'}`;
  test(`a laptop ${name}: everything is accepted in its order, and no other clock moves by more than a minute`, async ({
    scene,
  }) => {
    const alex = await scene.auditor('Alex');
    const [wrong, right] = [
      await alex.laptop(scene.proxy, { ms: scene.time.now() + off }),
      await alex.laptop(scene.proxy),
    ];
    await right.cycle();
    // Before its first contact, and after, with its clock set to the other side of the truth in between.
    await wrong.cycle();
    for (let n = 0; n < 6; n += 1) {
      if (n === 3) wrong.clock.ms -= 2 * off;
      await write(wrong.store, alex.audit, `${n}`);
      if (n % 2 === 1) assert.is((await wrong.cycle()).problem, null);
    }
    assert.type((await wrong.cycle()).provedEqualMs, 'number');
    const stored = storedEvidence(scene.server, wrong.person);
    assert.equal(
      stored.map(({ evidence, accepted }) => [evidence, accepted]),
      ['0', '1', '2', '3', '4', '5'].map((n) => [n, true]),
    );
    assert.is((await right.cycle()).problem, null);
    right.clock.ms = scene.time.now();
    await write(right.store, alex.audit, 'by the right clock', 'other');
    const claimed = right.port.dump().pending.at(-1)?.claimed.ms ?? 0;
    assert.ok(Math.abs(claimed - scene.time.now()) <= 2 * minute, new Date(claimed).toISOString());
    const [shown] = right.port.dump().confirmed.filter(({ id }) => id === alex.audit);
    const orders = shown?.units['section:risk']?.stamp.ms ?? 0;
    assert.ok(orders <= scene.time.now() + minute, new Date(orders).toISOString());
  });
}

test('a change that could not be sent for 60 days is still there, and is sent once the server is reached', async ({
  scene,
}) => {
  const alex = await scene.auditor('Alex');
  const laptop = await alex.laptop(scene.proxy);
  await laptop.cycle();
  await write(laptop.store, alex.audit, 'before a long leave');
  scene.proxy.plan(always({ kind: 'drop' }));
  assert.equal((await laptop.cycle()).problem, { kind: 'unreachable' });
  laptop.clock.ms += 60 * day;
  assert.equal((await laptop.cycle()).problem, { kind: 'unreachable' });
  assert.is((await readSaveCounts(laptop.store)).unsent, 1);
  scene.proxy.heal();
  assert.type((await laptop.cycle()).provedEqualMs, 'number');
  assert.equal(
    storedEvidence(scene.server, laptop.person).map(({ evidence }) => evidence),
    ['before a long leave'],
  );
});

test.run();
