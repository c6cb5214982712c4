/** Several laptops and the real server over real HTTP: everything converges, and what is proved equal is equal. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { OpId, RecordId } from '../../src/domain/ids.ts';
import { localTotal } from '../../src/store/totals.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../src/store/view.ts';
import { newId, signIn, type Browser, type Laptop as HandLaptop } from '../server/client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  password,
  roles,
  section,
  service,
  startServer,
  team,
  type TestServer,
} from '../server/example.ts';
import { realLaptop, type RealLaptop } from './real-laptop.ts';

interface Context {
  server: TestServer;
  quinn: HandLaptop;
  /** The same auditor on two laptops, and the lead of the audits' service. */
  desk: RealLaptop;
  deskBrowser: Browser;
  home: RealLaptop;
  lead: RealLaptop;
  serviceId: string;
  teamId: string;
  audit: RecordId;
}

const test = suite<Context>('laptops and their server');

test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const [serviceId, teamId, audit] = [newId(), newId(), newId() as RecordId];
  await quinn.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [serviceId] }));
  await quinn.write(
    caseOf(audit),
    allocation(audit, { auditor: alex.session.person, service: serviceId, team: teamId }),
  );
  // What the people above were made with is stamped by this machine's clock, capped: let the server's pass it.
  server.clock.ms += 600_000;
  const clock = () => ({ ms: server.clock.ms });
  Object.assign(context, {
    server,
    quinn,
    serviceId,
    teamId,
    audit,
    deskBrowser: alex.browser,
    desk: await realLaptop(alex.browser, alex.session, clock()),
    home: await realLaptop(alex.browser, alex.session, clock()),
    lead: await realLaptop(lee.browser, lee.session, clock()),
  });
});
test.after.each(({ server }) => server.stop());

async function act(
  laptop: RealLaptop,
  ...edits: {
    record: string;
    kind: string;
    unit: string;
    value: object;
    base?: OpId | null;
    settles?: readonly OpId[];
  }[]
) {
  laptop.clock.ms += 1_000;
  const saved = await recordEdits(
    laptop.store,
    edits.map((edit) => ({ base: null, ...edit, value: edit.value as JsonObject }) as Edit),
    'act',
  );
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem));
}

async function proves(...laptops: RealLaptop[]): Promise<void> {
  for (const laptop of laptops) {
    const end = await laptop.cycle();
    assert.is(end.problem, null, JSON.stringify(end.problem));
    assert.type(end.provedEqualMs, 'number');
  }
}

const shown = async (laptop: RealLaptop, record: RecordId, unit: string) =>
  (await readRecord(laptop.store, record))?.units[unit];

test('what an auditor grades arrives at their other laptop and at their lead', async ({ desk, home, lead, audit }) => {
  await proves(desk, home, lead);
  await act(desk, section(audit, 'good', 'seen in the file'));
  await act(desk, section(audit, 'inadequate', 'seen in the file'));
  assert.is((await readSaveCounts(desk.store)).unsent, 2);
  await proves(desk, home, lead);
  assert.is((await readSaveCounts(desk.store)).unsent, 0);
  for (const laptop of [desk, home, lead]) {
    assert.is((await shown(laptop, audit, 'section:risk'))?.value['grade'], 'inadequate');
  }
  assert.equal(await localTotal(desk.store), await localTotal(home.store));
});

test('two changes of one unit made unseen by each other: both laptops show the later and keep the other', async ({
  desk,
  home,
  lead,
  audit,
}) => {
  await proves(desk, home, lead);
  await act(desk, section(audit, 'good', 'at the desk'));
  home.clock.ms += 20_000;
  await act(home, section(audit, 'inadequate', 'at home'));
  await desk.cycle();
  await home.cycle();
  await proves(desk, home, lead);
  for (const laptop of [desk, home, lead]) {
    const unit = await shown(laptop, audit, 'section:risk');
    assert.is(unit?.value['grade'], 'inadequate');
    assert.equal(
      unit?.confirmed?.others.map((other) => other.value['grade']),
      ['good'],
    );
  }
  assert.equal(await localTotal(desk.store), await localTotal(home.store));
  const unit = await shown(desk, audit, 'section:risk');
  const settles = unit?.confirmed?.others.map(({ op }) => op) ?? [];
  await act(desk, { ...section(audit, 'good', 'agreed with myself'), base: unit?.confirmed?.op ?? null, settles });
  await proves(desk, home, lead);
  assert.equal((await shown(home, audit, 'section:risk'))?.confirmed?.others, []);
});

test('an audit that is taken away: the work is held, the rows go, the figures stay right', async ({
  desk,
  lead,
  quinn,
  audit,
  serviceId,
  teamId,
}) => {
  await proves(desk, lead);
  const before = await localTotal(desk.store);
  await act(desk, section(audit, 'good', 'while away'));
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  await quinn.write({ ...allocation(audit, { auditor: newId(), service: serviceId, team: teamId }), base });
  await desk.cycle();
  await proves(desk, lead);
  assert.is((await localTotal(desk.store)).count, before.count - 1);
  assert.is(
    desk.port.dump().confirmed.some(({ id }) => id === audit),
    false,
  );
  const held = await readQuarantine(desk.store);
  assert.equal(
    held.map(({ row, value }) => [row.code, value['evidence']]),
    [['not-allowed', 'while away']],
  );
  assert.is((await shown(lead, audit, 'section:risk'))?.value, undefined);
});

test('a role that is taken away drops its rows by repair; one that is given brings them', async ({
  lead,
  quinn,
  audit,
  serviceId,
}) => {
  await proves(lead);
  const had = (await localTotal(lead.store)).count;
  assert.ok(lead.port.dump().confirmed.some(({ id }) => id === audit));
  await quinn.pull();
  const base = () => quinn.records.get(lead.person)?.units['roles']?.op ?? null;
  await quinn.write({ ...roles(lead.person, grant('auditor')), base: base() });
  await proves(lead);
  assert.is(
    lead.port.dump().confirmed.some(({ id }) => id === audit),
    false,
  );
  await quinn.pull();
  await quinn.write({ ...roles(lead.person, grant('team-lead', { services: [serviceId] })), base: base() });
  await proves(lead);
  assert.ok(lead.port.dump().confirmed.some(({ id }) => id === audit));
  assert.is((await localTotal(lead.store)).count, had);
});

test('a laptop whose clock is a year ahead syncs, and moves nobody else by more than a minute', async ({
  desk,
  home,
  server,
  audit,
}) => {
  await proves(desk, home);
  desk.clock.ms += 365 * 24 * 3_600_000;
  await act(desk, section(audit, 'good', 'in a year'));
  await proves(desk, home);
  await act(home, section(audit, 'inadequate', 'now'));
  const last = home.port.dump().pending.at(-1)?.claimed.ms ?? 0;
  assert.ok(last <= server.clock.ms + 120_000, new Date(last).toISOString());
  await act(desk, section(audit, 'good', 'later', 'plan'));
  const next = desk.port.dump().pending.at(-1)?.claimed.ms ?? 0;
  assert.ok(next <= server.clock.ms + 120_000, new Date(next).toISOString());
});

test('a power cut at any moment loses nothing that was saved and doubles nothing', async ({ desk, home, audit }) => {
  await proves(desk, home);
  for (let round = 0; round < 6; round++) {
    await act(desk, section(audit, round % 2 === 0 ? 'good' : 'inadequate', `round ${round}`));
    const cycle = desk.cycle().catch(() => undefined);
    for (let i = 0; i < round * 3; i++) await new Promise((resolve) => setImmediate(resolve));
    desk.port.crash();
    await cycle;
  }
  await desk.cycle();
  await proves(desk, home);
  assert.is((await shown(home, audit, 'section:risk'))?.value['evidence'], 'round 5');
  assert.equal((await shown(home, audit, 'section:risk'))?.confirmed?.others, []);
});

test('a session that ended pauses without losing anything, and all of it arrives in order afterwards', async ({
  desk,
  deskBrowser,
  home,
  server,
  audit,
}) => {
  await proves(desk, home);
  server.clock.ms += 40 * 24 * 3_600_000;
  for (let n = 0; n < 5; n++) await act(desk, section(audit, 'good', `edit ${n}`, `s${n}`));
  assert.equal((await desk.cycle()).problem, { kind: 'signed-out' });
  assert.is((await readSaveCounts(desk.store)).unsent, 5);
  assert.is((await signIn(deskBrowser, 'alex@example.org', password)).problem, undefined);
  // Both laptops of this test share one browser, so both are signed in again.
  await proves(desk, home);
  const units = (await readRecord(home.store, audit))?.units ?? {};
  assert.equal(
    [0, 1, 2, 3, 4].map((n) => units[`section:s${n}`]?.value['evidence']),
    ['edit 0', 'edit 1', 'edit 2', 'edit 3', 'edit 4'],
  );
});

test('a record that came as columns is opened in full', async ({ lead, server, audit }) => {
  server.clock.ms += 60_000;
  await proves(lead);
  assert.equal(await lead.open(audit), { ok: true, value: true });
  assert.equal(await lead.open(newId()), { ok: true, value: false });
  await proves(lead);
});

test.run();
