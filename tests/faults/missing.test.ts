/** A row left out of a pull, or an answer left out of an acknowledgement: noticed, mended and logged (FAULTS 28). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PullReply, PushReply } from '../../src/protocol/sync.ts';
import { readSaveCounts } from '../../src/store/view.ts';
import { openScene, storedEvidence, write, type Auditor, type Scene } from './scene.ts';

const test = suite<{ scene: Scene; alex: Auditor }>('what went missing on the way');
test.before.each(async (context) => {
  const scene = await openScene();
  Object.assign(context, { scene, alex: await scene.auditor('Alex') });
});
test.after.each(({ scene }) => scene.end());

test('a row that is left out of a pull is noticed and fetched within one sync, and the server logs both', async ({
  scene,
  alex,
}) => {
  for (let n = 0; n < 5; n += 1) await scene.allocate(alex);
  const laptop = await alex.laptop(scene.proxy);
  const leaveOut = ({ records, ...rest }: PullReply): PullReply => ({
    ...rest,
    records: records.filter(({ id }) => id !== alex.audit),
  });
  scene.proxy.plan(({ kind }) => (kind === 'pull' ? { kind: 'alter', reply: leaveOut } : null));
  const end = await laptop.cycle();
  assert.is(end.problem, null, JSON.stringify(end.problem));
  assert.type(end.provedEqualMs, 'number');
  assert.ok(laptop.port.dump().confirmed.some(({ id }) => id === alex.audit));
  const events = scene.server.log.map(
    (line) => JSON.parse(line) as { readonly event: string; readonly records?: number },
  );
  assert.is(events.filter(({ event }) => event === 'unequal').length, 1);
  assert.equal(
    events.filter(({ event }) => event === 'repaired').map(({ records }) => records),
    [1],
  );
});

for (const what of ['one result', 'every result', 'the last op'] as const) {
  test(`an acknowledgement without ${what} settles nothing, proves nothing, and is asked for again`, async ({
    scene,
    alex,
  }) => {
    const laptop = await alex.laptop(scene.proxy);
    await laptop.cycle();
    for (let n = 0; n < 5; n += 1) await write(laptop.store, alex.audit, `${n}`, `s${n}`);
    const swallow = (reply: PushReply): PushReply => {
      if (what === 'the last op') return { ...reply, acceptedTo: reply.acceptedTo - 1 };
      return { ...reply, results: what === 'one result' ? reply.results.slice(1) : [] };
    };
    scene.proxy.plan(({ kind }) => (kind === 'push' ? { kind: 'alter', reply: swallow } : null));
    const end = await laptop.cycle();
    assert.equal(end, { problem: { kind: 'not-our-server' }, provedEqualMs: null });
    assert.is((await readSaveCounts(laptop.store)).unsent, 5);
    scene.proxy.heal();
    assert.type((await laptop.cycle()).provedEqualMs, 'number');
    assert.is(storedEvidence(scene.server, laptop.person).length, 5);
    assert.is((await readSaveCounts(laptop.store)).unsent, 0);
  });
}

test.run();
