/** Something else answers in the server's place: not believed, whatever it says, and nothing leaves the laptop (FAULTS 29); the server itself failing is another state. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSaveCounts } from '../../src/store/view.ts';
import { always, type Nemesis } from './nemeses.ts';
import { openScene, write, type Auditor, type Scene } from './scene.ts';
import { until } from './until.ts';

const test = suite<{ scene: Scene; alex: Auditor }>('in the server’s place');
test.before(async (context) => {
  const scene = await openScene(20);
  Object.assign(context, { scene, alex: await scene.auditor('Alex') });
});
test.after(({ scene }) => scene.end());

const kinds = ['html', 'redirect', 'empty', 'old-reply', 'garbage', 'bad-gateway', 'bad-request', 'truncate'] as const;

for (const kind of kinds satisfies readonly Nemesis['kind'][]) {
  test(`${kind}: the queue stays as it was, the state is “not connected”, and all is sent to the real server`, async ({
    scene,
    alex,
  }) => {
    const laptop = await alex.syncing(scene.proxy);
    await laptop.start();
    await until(() => laptop.state().provedEqualMs !== null);
    // Once with the real server, so that there is an old reply to a push.
    await write(laptop.store(), alex.audit, `before ${kind}`, 'before');
    await until(() => laptop.port.dump().pending.length === 0);
    scene.proxy.plan(always({ kind }));
    const struck = scene.proxy.struck(kind);
    await write(laptop.store(), alex.audit, `during ${kind}`, 'during');
    await until(() => laptop.state().phase === 'offline' && scene.proxy.struck(kind) > struck + 2);
    const [row, ...others] = laptop.port.dump().pending;
    assert.equal([row?.unit, row?.serverVersion, others.length], ['section:during', 0, 0]);
    assert.is(laptop.port.dump().quarantine.length, 0);
    assert.ok(laptop.states.every(({ phase }) => phase !== 'signed-out' && phase !== 'paused'));
    assert.equal(laptop.state().problem, { kind: kind === 'garbage' ? 'unreachable' : 'not-our-server' });
    scene.proxy.heal();
    await laptop.syncNow();
    await until(() => laptop.port.dump().pending.length === 0 && laptop.state().phase === 'idle');
    assert.is(laptop.port.dump().quarantine.length, 0);
    await laptop.stop();
  });
}

test('the real server failing is told from none being there: since when is said, until it takes what waits', async ({
  scene,
  alex,
}) => {
  const laptop = await alex.syncing(scene.proxy);
  await laptop.start();
  await until(() => laptop.state().provedEqualMs !== null);
  const told = () => laptop.state().stuckSinceMs ?? null;
  assert.is(told(), null);
  scene.server.damage('alter table op rename to op_away');
  await write(laptop.store(), alex.audit, 'while it fails', 'during');
  await until(() => told() !== null);
  assert.is(laptop.state().problem?.kind, 'server-error');
  assert.ok((await readSaveCounts(laptop.store())).unsent > 0);
  assert.ok(laptop.states.every(({ phase }) => phase !== 'offline' && phase !== 'paused'));
  scene.server.damage('alter table op_away rename to op');
  await laptop.syncNow();
  await until(() => laptop.port.dump().pending.length === 0 && told() === null);
  await until(() => laptop.state().provedEqualMs !== null);
  await laptop.stop();
});

test.run();
