/**
 * Audits that were erased, and laptops: their copies lose the content at the next contact, percentages stay as they were, and
 * neither a laptop nor a backup brings anything back.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { doDaily } from '../../server/daily.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import { newId } from '../server/client.ts';
import { allocation, caseOf, event, section, type TestServer } from '../server/example.ts';
import { verify } from '../server/sound.ts';
import { act, openCouncil, settleAll, signInAnew, type Council } from './council.ts';
import type { RealLaptop } from './real-laptop.ts';

const test = suite<{ council: Council; audit: string }>('audits that were erased');

const dayMs = 24 * 60 * 60 * 1000;

/** One closed audit that every laptop has, a period of a month, and nobody about for six weeks. */
test.before.each(async (context) => {
  const council = await openCouncil();
  const { quinn, alex, serviceId, teamId } = council;
  const audit = newId();
  await act(
    quinn,
    caseOf(audit, 'SENTINEL-CASE'),
    allocation(audit, { auditor: alex.person, service: serviceId, team: teamId }),
  );
  await settleAll(council.laptops);
  await act(alex, section(audit, 'inadequate', 'SENTINEL-WORDS'));
  await act(alex, event(audit, 'submitted', alex.person));
  const rule = { months: 1, cycles: [], laptopDays: null };
  await act(quinn, { record: settingsId, kind: 'settings', unit: 'retention', value: rule });
  await settleAll(council.laptops);
  Object.assign(context, { council, audit });
});
test.after.each(({ council }) => council.stop());

async function sixWeeks(council: Council): Promise<void> {
  for (const clock of [council.server.clock, ...council.laptops.map((laptop) => laptop.clock)]) clock.ms += 42 * dayMs;
  await doDaily(council.server.plumbline.server);
  await signInAnew(council);
}

/** The store is in memory and its cipher does nothing, so that what it holds can be searched. */
const holds = ({ port }: RealLaptop, sentinel: string): boolean =>
  JSON.stringify(port.dump(), (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
  ).includes(sentinel);

const grades = ({ rows }: TestServer, audit: string): unknown =>
  JSON.parse(String(rows(`select units from record where id = '${audit}'`)[0]?.['units']));

test('go from every laptop at its next contact, which is proved equal with what is left', async ({
  council,
  audit,
}) => {
  const reached = council.laptops.filter((laptop) => laptop !== council.lee);
  for (const laptop of [council.quinn, council.alex]) assert.ok(holds(laptop, 'SENTINEL-CASE'));
  await sixWeeks(council);
  await settleAll(reached);
  for (const laptop of reached) assert.not.ok(holds(laptop, 'SENTINEL'));
  assert.ok(holds(council.quinn, 'inadequate'));
  assert.match(JSON.stringify(grades(council.server, audit)), 'inadequate');
});

test('stay erased in a server that goes back to a backup of before, whatever laptops bring back', async ({
  council,
}) => {
  const backup = await council.backUp();
  await sixWeeks(council);
  const reached = [council.quinn, council.alex, council.bo];
  await settleAll(reached);
  assert.not.match(council.server.dump(), 'SENTINEL');
  await council.restore(backup);
  assert.not.match(council.server.dump(), 'SENTINEL');
  await signInAnew(council);
  await settleAll(reached);
  assert.not.match(council.server.dump(), 'SENTINEL');
  for (const laptop of reached) assert.not.ok(holds(laptop, 'SENTINEL'));
  assert.is((await verify(council.server)).erased, 1);
});

test('stay erased in a server that had never heard of them, when a laptop gives the audit back', async ({
  council,
}) => {
  // A backup of before the audit: all of it comes back from laptops, and had been erased meanwhile.
  const { quinn, alex, serviceId, teamId } = council;
  const backup = await council.backUp();
  const audit = newId();
  await act(
    quinn,
    caseOf(audit, 'LATER-CASE'),
    allocation(audit, { auditor: alex.person, service: serviceId, team: teamId }),
  );
  await settleAll([quinn, alex]);
  await act(alex, event(audit, 'submitted', alex.person));
  await settleAll([quinn, alex]);
  council.server.plumbline.server.revoked.add({
    kind: 'erased',
    record: audit as never,
    by: quinn.person,
    certificate: newId(),
    atMs: council.server.clock.ms,
  });
  await council.restore(backup);
  await signInAnew(council);
  await settleAll([quinn, alex]);
  assert.not.match(council.server.dump(), 'LATER-CASE');
  await settleAll([quinn, alex]);
  assert.not.ok(holds(quinn, 'LATER-CASE'));
});

test('go from a laptop that never comes back, by itself, when the council has set so; what was not sent stays', async ({
  council,
  audit,
}) => {
  const { quinn, alex, serviceId, teamId } = council;
  const open = newId();
  await act(
    quinn,
    caseOf(open, 'OPEN-CASE'),
    allocation(open, { auditor: alex.person, service: serviceId, team: teamId }),
    { record: settingsId, kind: 'settings', unit: 'retention', value: { months: null, cycles: [], laptopDays: 30 } },
  );
  await settleAll([quinn, alex]);
  await act(alex, section(open, 'good', 'UNSENT-WORDS'));
  await council.server.plumbline.close();
  const asleep = async (days: number): Promise<void> => {
    alex.clock.ms += days * dayMs;
    assert.is.not((await alex.cycle()).problem, null);
  };
  await asleep(29);
  assert.ok(holds(alex, 'SENTINEL-CASE'));
  await asleep(2);
  assert.not.ok(holds(alex, 'SENTINEL-CASE'));
  assert.ok(holds(alex, 'UNSENT-WORDS'));
  await council.start();
  council.server.clock.ms = alex.clock.ms;
  await signInAnew(council);
  await settleAll([alex]);
  assert.ok(holds(alex, 'OPEN-CASE'));
  assert.match(JSON.stringify(grades(council.server, open)), 'UNSENT-WORDS');
  assert.match(JSON.stringify(grades(council.server, audit)), 'SENTINEL-WORDS');
});

test.run();
