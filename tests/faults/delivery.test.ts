/** Lost answers, duplicates, late and reordered requests: every change arrives exactly once (FAULTS 23). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localTotal } from '../../src/store/totals.ts';
import { chance } from '../e2e/support/random.ts';
import { inLongRun } from './long-run.ts';
import { byChance, type Nemesis } from './nemeses.ts';
import { openScene, storedEvidence, write } from './scene.ts';

const ops = inLongRun(10_000, 2_000);
const atOnce = 20;

const test = suite('delivery');

test(`each of ${ops} changes is at the server exactly once, in the order in which it was made`, async () => {
  const random = chance('delivery');
  const scene = await openScene();
  try {
    const alex = await scene.auditor('Alex');
    const laptop = await alex.laptop(scene.proxy);
    await laptop.cycle();
    const kinds = ['drop', 'drop-reply', 'duplicate', 'late', 'truncate'] as const;
    scene.proxy.plan(
      byChance(
        random,
        60,
        kinds.map((kind): Nemesis => ({ kind })),
      ),
    );
    for (let done = 0; done < ops; done += atOnce) {
      for (let n = done; n < done + atOnce; n += 1) await write(laptop.store, alex.audit, `${n}`, `s${n % 50}`);
      await laptop.cycle();
    }
    for (const kind of kinds) {
      assert.ok(scene.proxy.struck(kind, 'push') >= 5, `${kind}: ${JSON.stringify(scene.proxy.report())}`);
    }
    scene.proxy.heal();
    const end = await laptop.cycle();
    assert.is(end.problem, null, JSON.stringify(end.problem));
    assert.type(end.provedEqualMs, 'number');
    const stored = storedEvidence(scene.server, laptop.person);
    assert.ok(stored.every(({ accepted }) => accepted));
    assert.equal(
      stored.map(({ evidence }) => evidence),
      Array.from({ length: ops }, (_, n) => `${n}`),
    );
    assert.is(new Set(stored.map(({ op }) => op)).size, ops);
    const home = await alex.laptop(scene.proxy);
    await home.cycle();
    assert.equal(await localTotal(home.store), await localTotal(laptop.store));
    console.log(`struck: ${JSON.stringify(scene.proxy.report())}`);
  } finally {
    await scene.end();
  }
});

test.run();
