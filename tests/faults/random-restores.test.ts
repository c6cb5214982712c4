/**
 * Random schedules of writing, syncing, backing up and going back: in the end every op that a laptop was told is safe is on
 * the server, everybody holds the same, and each record is what the set of its ops makes it.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unitOf, type Change } from '../../src/domain/fold.ts';
import { opId, type DeviceId, type OpId, type PersonId } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { UnitState } from '../../src/domain/record.ts';
import { localTotal } from '../../src/store/totals.ts';
import { retainedIn } from '../../src/store/retained.ts';
import { readQuarantine } from '../../src/store/view.ts';
import { newId } from '../server/client.ts';
import { allocation, caseOf, section } from '../server/example.ts';
import { act, openCouncil, settleAll, type Council } from '../converge/council.ts';
import { inLongRun } from './long-run.ts';

const test = suite('random restores');

type Step =
  | { readonly do: 'write'; readonly who: number; readonly unit: number }
  | { readonly do: 'audit' | 'sync'; readonly who: number }
  | { readonly do: 'backup' | 'command' | 'copy' };

const who = fc.nat({ max: 2 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), who, unit: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('audit' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('sync' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('backup' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('command' as const, 'copy' as const) }) },
);

/** Every op that was ever acknowledged, by what each laptop retains. */
const acknowledged = ({ laptops }: Council): string[] =>
  laptops
    .flatMap(({ port }) => port.dump().retained.flatMap(retainedIn))
    .map(({ device, seq }) => `${device}:${seq}`)
    .sort();

async function play(council: Council, steps: readonly Step[]): Promise<void> {
  const { quinn, alex, lee, serviceId, teamId } = council;
  // Quinn may write any audit's place, Alex all of his own work, and Lee reads.
  const laptops = [quinn, alex, lee];
  const audits = [newId()];
  const make = (id: string) =>
    act(quinn, caseOf(id), allocation(id, { auditor: alex.person, service: serviceId, team: teamId }));
  await make(audits[0] ?? '');
  await settleAll([quinn, alex]);
  let backup = await council.backUp();
  for (const [at, step] of steps.entries()) {
    const laptop = 'who' in step ? laptops[step.who] : undefined;
    const audit = audits[at % audits.length] ?? '';
    if (step.do === 'backup') backup = await council.backUp();
    else if (step.do === 'command' || step.do === 'copy') await council.restore(backup, step.do);
    else if (step.do === 'sync') await laptop?.cycle();
    else if (step.do === 'audit') {
      audits.push(newId());
      await make(audits.at(-1) ?? '');
    } else if (laptop === quinn) await act(quinn, caseOf(audit, `A${at}`));
    else if (alex.port.dump().confirmed.some(({ id }) => id === audit)) {
      await act(alex, section(audit, 'good', `step ${at}`, `s${'unit' in step ? step.unit : 0}`));
    }
  }
  await settleAll([quinn, alex, lee]);
}

function checkEnd(council: Council): void {
  const rows = council.server.rows('select * from op where accepted = 1');
  const ops = new Set(rows.map(({ device, seq }) => `${String(device)}:${String(seq)}`));
  assert.equal(
    acknowledged(council).filter((op) => !ops.has(op)),
    [],
  );
  const changes = new Map<string, Change[]>();
  for (const row of rows) {
    const key = `${String(row['record'])} ${String(row['unit'])}`;
    const change = {
      op: opId(row['device'] as DeviceId, Number(row['seq'])),
      value: JSON.parse(String(row['value'])) as JsonObject,
      author: row['person'] as PersonId,
      stamp: { ms: Number(row['order_ms']), count: Number(row['order_count']) },
      base: row['base'] as OpId | null,
      settles: JSON.parse(String(row['settles'])) as OpId[],
    };
    changes.set(key, [...(changes.get(key) ?? []), change]);
  }
  for (const { id, units } of council.server.rows('select id, units from record')) {
    for (const [unit, state] of Object.entries(JSON.parse(String(units)) as Record<string, UnitState>)) {
      assert.equal(state, unitOf(changes.get(`${String(id)} ${unit}`) ?? []), `${String(id)} ${unit}`);
    }
  }
}

test('no acknowledged op is lost, and everybody ends up with the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 6, maxLength: 24 }), async (steps) => {
      const council = await openCouncil();
      try {
        await play(council, steps);
        checkEnd(council);
        assert.equal(await localTotal(council.quinn.store), await localTotal(council.lee.store));
        for (const { store } of council.laptops) assert.equal(await readQuarantine(store), []);
      } finally {
        await council.stop();
      }
    }),
    { includeErrorInReport: true, numRuns: inLongRun(300, 5), endOnFailure: true },
  );
});

test.run();
