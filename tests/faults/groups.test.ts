/** One change of a group that the server does not accept: nobody ever sees half of that group (FAULTS 24). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readQuarantine, readRecord } from '../../src/store/view.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { chance } from '../e2e/support/random.ts';
import { allocation, caseOf, section } from '../server/example.ts';
import { newId } from '../server/client.ts';
import { inLongRun } from './long-run.ts';
import { byChance } from './nemeses.ts';
import { openScene } from './scene.ts';

const groups = inLongRun(1_000, 120);
const test = suite('groups');

test(`of ${groups} groups, a third with a change beyond this person’s rights, each is everywhere whole or nowhere`, async () => {
  const random = chance('groups');
  const scene = await openScene();
  try {
    const alex = await scene.auditor('Alex');
    const [desk, home] = [await alex.laptop(scene.proxy), await alex.laptop(scene.proxy)];
    await desk.cycle();
    scene.proxy.plan(byChance(random, 30, [{ kind: 'drop-reply' }, { kind: 'drop' }, { kind: 'duplicate' }]));
    const refused = new Set<number>();
    for (let n = 0; n < groups; n += 1) {
      const parts = ['a', 'b', 'c'].map((id) => section(alex.audit, 'good', `${n}`, id));
      if (random.between(1, 3) === 1) {
        refused.add(n);
        // An auditor allocates nothing to others.
        const audit = newId();
        parts.splice(random.between(0, 3), 0, caseOf(audit), allocation(audit, { auditor: newId() }));
      }
      const edits = parts.map(({ value, ...edit }) => ({ base: null, ...edit, value: value as JsonObject }) as Edit);
      const saved = await recordEdits(desk.store, edits, 'act');
      assert.ok(saved.ok, JSON.stringify(saved));
      if (random.between(1, 4) > 1) continue;
      await desk.cycle();
      await home.cycle();
      const shown = (await readRecord(home.store, alex.audit))?.units ?? {};
      const numbers = ['a', 'b', 'c'].map((id) => shown[`section:${id}`]?.value['evidence']);
      assert.is(new Set(numbers).size, 1, `half a group is seen: ${numbers.join(', ')}`);
      assert.not.ok(refused.has(Number(numbers[0])));
    }
    scene.proxy.heal();
    assert.type((await desk.cycle()).provedEqualMs, 'number');
    assert.type((await home.cycle()).provedEqualMs, 'number');
    const held = await readQuarantine(desk.store);
    const kept = new Map<string, number>();
    for (const { row, value } of held)
      if (row.unit.startsWith('section:'))
        kept.set(String(value['evidence']), (kept.get(String(value['evidence'])) ?? 0) + 1);
    assert.equal(
      [...kept].sort(([a], [b]) => Number(a) - Number(b)),
      [...refused].sort((a, b) => a - b).map((n) => [`${n}`, 3]),
    );
  } finally {
    await scene.end();
  }
});

test.run();
