/** A browser profile that was copied, edited in both: no op is lost, the copies become two devices, and it is said (FAULTS 35). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordId } from '../../src/domain/ids.ts';
import { forgetCopied, readCopied, readDevice } from '../../src/store/sync-meta.ts';
import { readQuarantine, readRecord } from '../../src/store/view.ts';
import { newId } from '../server/client.ts';
import { allocation, caseOf, section } from '../server/example.ts';
import { act, openCouncil, settleAll, type Council } from './council.ts';
import { realLaptop, type RealLaptop } from './real-laptop.ts';

const test = suite<{ council: Council }>('a laptop that was copied');
test.before.each(async (context) => {
  context.council = await openCouncil();
});
test.after.each(({ council }) => council.stop());

const copyOf = (council: Council, laptop: RealLaptop): Promise<RealLaptop> => {
  const [alex] = council.browsers;
  if (alex === undefined) throw new Error('Alex has no browser');
  const session = { authority: laptop.store.authority, person: laptop.person } as never;
  return realLaptop(alex.browser, session, { ms: laptop.clock.ms }, laptop);
};

for (const first of ['the original', 'the copy'] as const) {
  for (const unsent of [false, true]) {
    const when = unsent ? 'with changes that were not sent yet' : 'when all had been sent';
    test(`copied ${when}, edited in both, ${first} syncing first: nothing is lost, two devices, and one is told`, async ({
      council,
    }) => {
      const { quinn, alex, lee, serviceId, teamId } = council;
      const audit = newId() as RecordId;
      await act(quinn, caseOf(audit), allocation(audit, { auditor: alex.person, service: serviceId, team: teamId }));
      await settleAll([quinn, alex]);
      await act(alex, section(audit, 'good', 'before the copy', 'before'));
      if (!unsent) await settleAll([alex]);
      const copy = await copyOf(council, alex);
      await act(alex, section(audit, 'good', 'in the original', 'original'));
      await act(alex, section(audit, 'good', 'in both', 'both'));
      await act(copy, section(audit, 'inadequate', 'in the copy', 'copy'));
      await act(copy, section(audit, 'inadequate', 'in both', 'both'));
      await settleAll(first === 'the original' ? [alex, copy, lee] : [copy, alex, lee]);

      for (const laptop of [alex, copy, lee]) {
        const units = (await readRecord(laptop.store, audit))?.units ?? {};
        assert.equal(
          ['before', 'original', 'copy'].map((id) => units[`section:${id}`]?.value['evidence']),
          ['before the copy', 'in the original', 'in the copy'],
        );
        const both = units['section:both'];
        const grades = [both?.value, ...(both?.confirmed?.others ?? []).map(({ value }) => value)];
        assert.equal(grades.map((value) => value?.['grade']).sort(), ['good', 'inadequate']);
        assert.equal(await readQuarantine(laptop.store), []);
      }
      const devices = await Promise.all([alex, copy].map(({ store }) => readDevice(store)));
      assert.is(new Set(devices).size, 2);
      const told = [await readCopied(alex.store), await readCopied(copy.store)];
      assert.is(told.filter((atMs) => atMs !== null).length, 1);
      for (const { store } of [alex, copy]) await forgetCopied(store);
      assert.equal([await readCopied(alex.store), await readCopied(copy.store)], [null, null]);
      assert.is(council.server.rows(`select * from op where unit like 'section:%'`).length, unsent ? 6 : 5);
    });
  }
}

test.run();
