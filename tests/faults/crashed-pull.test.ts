/**
 * A laptop that loses its power, or whose disk refuses, at each step of a download in turn: cursor, clock and rows are never
 * apart, and the next one ends with what the server has (FAULTS 22, 38).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId } from '../../src/domain/ids.ts';
import { localTotal } from '../../src/store/totals.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import { runCycle } from '../../workers/sync/cycle.ts';
import { laptopStore } from '../../workers/sync/laptop-store.ts';
import { newLine } from '../../workers/sync/line.ts';
import { newDoubt } from '../../workers/sync/doubt.ts';
import { fakeRemote, type FakeRemote } from '../workers/sync/fake-remote.ts';
import { fakeTime } from '../workers/sync/fake-time.ts';
import { act, allocation, edit, hex, laptop, recordId, section, startAudit } from '../store/laptop.ts';

const test = suite('a download that breaks at any step');
const watch = {
  progress: () => undefined,
  contact: () => undefined,
  received: () => undefined,
  unproved: () => undefined,
};

async function cycleOf(store: Parameters<typeof laptopStore>[0], remote: FakeRemote) {
  const deps = { store: laptopStore(store), remote, timers: fakeTime().timers, newDevice: () => hex(0x77) as DeviceId };
  return runCycle({ ...deps, line: newLine(), doubt: newDoubt() }, new AbortController().signal, 'full', watch);
}

/** A server with the work of another laptop, which hands it out two records at a time. */
async function filledRemote(): Promise<FakeRemote> {
  const remote = fakeRemote();
  const other = await laptop({ device: hex(0x99) as DeviceId });
  for (let n = 1; n <= 9; n += 1) await startAudit(other.store, recordId(n));
  await cycleOf(other.store, remote);
  remote.pageSize = 2;
  return remote;
}

/** How many records a cursor speaks of, and how many there are: rows without a cursor may be there, never the reverse. */
async function checkTogether(port: ReturnType<typeof memoryPort>, remote: FakeRemote): Promise<void> {
  const { meta, confirmed } = port.dump();
  const cursor = meta.find(({ name }) => name === 'cursor')?.value as { readonly version: number } | undefined;
  const covered = [...remote.stored.values()].filter(({ version }) => version <= (cursor?.version ?? 0));
  const here = new Set(confirmed.map(({ id }) => id));
  assert.equal(
    covered.filter(({ id }) => !here.has(id)).map(({ id }) => id),
    [],
    'the cursor speaks of rows that are not here',
  );
}

for (const how of ['loses its power', 'finds its disk refusing'] as const) {
  test(`a laptop that ${how} at any request ends equal to the server, with its own work`, async () => {
    const remote = await filledRemote();
    let steps = 0;
    for (let step = 1; steps === step - 1; step += 1) {
      let count = 0;
      let armed = false;
      const port = memoryPort({
        onRequest: () => {
          if (!armed || (count += 1) !== step) return;
          if (how === 'loses its power') port.crash();
          else throw new DOMException('The disk is full', 'QuotaExceededError');
        },
      });
      const device = hex(0x1000 + step) as DeviceId;
      const own = await laptop({ port, device });
      await act(own.store, edit(recordId(1), 'allocation', allocation()));
      await act(own.store, edit(recordId(1), 'section:risk', section(`own ${step}`)));
      armed = true;
      await cycleOf(own.store, remote).catch(String);
      armed = false;
      await checkTogether(port, remote);
      const again = await laptop({ port, device });
      let end = await cycleOf(again.store, remote);
      if (end.provedEqualMs === null) end = await cycleOf(again.store, remote);
      assert.is(end.problem, null, JSON.stringify(end.problem));
      assert.ok(end.provedEqualMs, `step ${step}`);
      assert.is((await localTotal(again.store)).count, remote.stored.size);
      assert.is(remote.stored.get(recordId(1))?.units['section:risk']?.value['evidence'], `own ${step}`);
      // Until a step that the whole cycle does not come to.
      if (count >= step) steps = step;
    }
    assert.ok(steps > 30, `${steps} steps`);
  });
}

test.run();
