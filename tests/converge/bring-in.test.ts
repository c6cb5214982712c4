/** Work of one person alone, taken out as a file and brought in at a council's real server over real HTTP. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { idsHere, suggestionFor, type Choice, type Choices } from '../../src/domain/bring-in/choices.ts';
import { auditState } from '../../src/domain/audit.ts';
import { grantsOf } from '../../src/domain/facts.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Units } from '../../src/domain/record.ts';
import { standingOf } from '../../src/domain/rights.ts';
import { builtInTool } from '../../src/domain/tools/built-in.ts';
import { bringIn, countBringIn, type BringInReport } from '../../src/store/backup/bring-in.ts';
import { readContents } from '../../src/store/backup/contents.ts';
import { openBackup } from '../../src/store/backup/read-backup.ts';
import type { Way } from '../../src/store/backup/told.ts';
import { localTotal } from '../../src/store/totals.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';
import { readKeptOut, readKind, readQuarantine, readRecord, readSaveCounts } from '../../src/store/view.ts';
import { hash, newId, type Laptop as HandLaptop } from '../server/client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  section,
  service,
  startServer,
  team,
  type TestServer,
} from '../server/example.ts';
import { aloneLaptop, fileOfAlone, march, type Alone } from '../store/backup/alone.ts';
import { fileOf, passphrase, whoOf } from '../store/backup/files.ts';
import { realLaptop, type RealLaptop } from './real-laptop.ts';

interface Context {
  server: TestServer;
  quinn: HandLaptop;
  serviceId: string;
  teamId: string;
  alone: Alone;
}

const test = suite<Context>('work of one’s own that joins a council');
const signal = new AbortController().signal;
const silent = () => undefined;

test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const [serviceId, teamId] = [newId(), newId()];
  await quinn.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  server.clock.ms += 600_000;
  Object.assign(context, { server, quinn, serviceId, teamId, alone: await aloneLaptop() });
});
test.after.each(({ server }) => server.stop());

async function laptopOf(context: Context, name: string, ...grants: object[]): Promise<RealLaptop> {
  const person = await addPerson(context.quinn, name, ...grants);
  context.server.clock.ms += 600_000;
  const laptop = await realLaptop(person.browser, person.session, { ms: context.server.clock.ms });
  await proves(laptop);
  return laptop;
}

async function proves(...laptops: RealLaptop[]): Promise<void> {
  for (const laptop of laptops) {
    const end = await laptop.cycle();
    assert.is(end.problem, null, JSON.stringify(end.problem));
    assert.type(end.provedEqualMs, 'number');
  }
}

/** The way into `laptop` with these choices; what is not named suggests itself or is left out. */
async function wayInto(laptop: RealLaptop, file: Blob, chosen: Readonly<Record<string, Choice>>): Promise<Way> {
  const backup = await openBackup(hash, file, passphrase);
  const contents = await readContents(signal, backup, silent);
  if (!contents.ok) throw new Error(contents.problem.kind);
  const named = async (what: 'service' | 'team') =>
    (await readKind(laptop.store, what)).flatMap(({ id, units }) => {
      const profile = units['profile']?.value as unknown as { name: string; service?: string } | undefined;
      return profile === undefined ? [] : [{ what, id, ...profile }];
    });
  const ours = [...(await named('service')), ...(await named('team'))];
  const choices = new Map<string, Choice>();
  for (const theirs of contents.value.named) {
    const choice = chosen[theirs.id] ?? suggestionFor(theirs, ours, choices as Choices) ?? { kind: 'leave' };
    choices.set(theirs.id, choice);
  }
  const me = await readRecord(laptop.store, laptop.person as string as RecordId);
  const roles = Object.fromEntries(
    Object.entries(me?.units ?? {}).flatMap(([unit, { confirmed }]) => (confirmed ? [[unit, confirmed]] : [])),
  );
  return {
    kind: 'join',
    standing: standingOf(laptop.person, grantsOf(roles as Units), '2026-05-04', new Map()),
    idHere: idsHere({
      choices,
      isBuiltIn: (id) => builtInTool(id) !== undefined,
      they: contents.value.who.person,
      me: laptop.person,
    }),
    isMade: (id) => choices.get(id)?.kind === 'make',
  };
}

async function brings(
  laptop: RealLaptop,
  file: Blob,
  chosen: Readonly<Record<string, Choice>> = {},
): Promise<BringInReport> {
  const way = await wayInto(laptop, file, chosen);
  const backup = await openBackup(hash, file, passphrase);
  const counted = await countBringIn(signal, laptop.store, backup, way, silent);
  const done = await bringIn(signal, laptop.store, backup, way, silent);
  assert.ok(counted.ok && done.ok && !done.value.isPart, JSON.stringify([counted, done]));
  assert.equal(done.value.report, counted.value, 'what was counted is what came');
  return done.value.report;
}

const counts = (tally: ReadonlyMap<string, { records: number }> | undefined) =>
  Object.fromEntries([...(tally ?? [])].map(([kind, { records }]) => [kind, records]));

const shown = async (laptop: RealLaptop, record: RecordId) => {
  const found = await readRecord(laptop.store, record);
  return Object.fromEntries(Object.entries(found?.units ?? {}).map(([unit, { value }]) => [unit, value]));
};

test('an auditor brings in what they started: the server takes all of it, with its times, and a lead sees it', async (context) => {
  const { alone, serviceId, teamId, server } = context;
  const alex = await laptopOf(context, 'Alex', grant('auditor'));
  const lee = await laptopOf(context, 'Lee', grant('team-lead', { services: [serviceId] }));
  const report = await brings(alex, await fileOfAlone(alone));
  const [a, b, c, d, e, f] = alone.audits as [RecordId, RecordId, RecordId, RecordId, RecordId, RecordId];
  assert.equal(counts(report.comes), { audit: 3 });
  assert.equal(Object.fromEntries([...report.out].map(([why, tally]) => [why, counts(tally)])), {
    'left-out': { service: 1, team: 1, tool: 1 },
    'no-service': { audit: 1 },
    'no-tool': { import: 1, audit: 2 },
  });

  const kept = (await readSaveCounts(alex.store)).keptOut;
  await proves(alex, lee);
  assert.equal(
    server.log.filter((line) => line.includes('op-held')),
    [],
  );
  assert.equal(await readSaveCounts(alex.store), {
    unsent: 0,
    sent: 0,
    quarantined: 0,
    keptOut: kept,
    oldestUnsentMs: null,
  });

  for (const laptop of [alex, lee]) {
    const units = await shown(laptop, a);
    assert.is(units['section:allocation-start']?.['grade'], 'good');
    assert.equal(
      [units['allocation']?.['service'], units['allocation']?.['team'], units['allocation']?.['auditor']],
      [serviceId, teamId, alex.person],
    );
    const original = (await readRecord(alone.store, a))?.units['submitted']?.value;
    assert.equal(
      units['submitted'],
      { ...original, by: alex.person },
      'submitted when it was, by the one who is signed in',
    );
    assert.is(auditState(await shown(laptop, b), undefined), 'final');
    assert.is(auditState(await shown(laptop, c), undefined), 'in progress');
  }
  for (const out of [d, e, f]) assert.equal(await shown(lee, out), {});
  const units = Object.values((await readRecord(lee.store, a))?.units ?? {});
  const stamps = units.map(({ confirmed }) => confirmed?.stamp.ms ?? 0);
  assert.ok(stamps.length === 4 && stamps.every((ms) => ms >= march && ms < march + 3_600_000), String(stamps));
});

test('a QA lead who audits brings in all of it, and makes what is missing', async (context) => {
  const { alone, quinn } = context;
  const dana = await laptopOf(context, 'Dana', grant('auditor'), grant('qa-lead'));
  const make: Choice = { kind: 'make' };
  const file = await fileOfAlone(alone);
  const chosen = { [alone.otherService]: make, [alone.otherTeam]: make, [alone.tool]: make };
  const report = await brings(dana, file, chosen);
  assert.equal(counts(report.comes), { service: 1, team: 1, tool: 1, import: 1, audit: 6 });
  assert.equal([...report.out], []);
  await proves(dana);
  assert.equal([await readQuarantine(dana.store), await readKeptOut(dana.store)], [[], []]);
  const other = await laptopOf(context, 'Ola', grant('qa-lead'));
  for (const id of alone.audits) {
    const [there, here] = [await readRecord(alone.store, id), await shown(other, id)];
    assert.is(auditState(here, undefined), auditState(there?.units ?? {}, undefined));
    assert.equal(here['section:allocation-start'], there?.units['section:allocation-start']?.value);
    assert.is(here['submitted']?.['at'], there?.units['submitted']?.value['at']);
  }
  await quinn.pull();
  assert.is(quinn.records.get(alone.person), undefined, 'nobody is made who is here under another name');
  await proves(dana, other);
  assert.equal(await localTotal(dana.store), await localTotal(other.store));

  const again = await brings(dana, file, { ...chosen, [alone.otherService]: { kind: 'same', id: alone.otherService } });
  assert.equal(counts(again.comes), {});
  assert.is(counts(again.here)['audit'], 6);
  assert.equal((await readSaveCounts(dana.store)).unsent, 0);
});

test('a QA lead who is no auditor brings in the organisation and imports, and keeps what they may not grade', async (context) => {
  const { alone } = context;
  const quay = await laptopOf(context, 'Quay', grant('qa-lead'));
  const make: Choice = { kind: 'make' };
  const report = await brings(quay, await fileOfAlone(alone), {
    [alone.otherService]: make,
    [alone.otherTeam]: make,
    [alone.tool]: make,
  });
  assert.equal(counts(report.comes), { service: 1, team: 1, tool: 1, import: 1, audit: 1 });
  assert.equal(counts(report.out.get('not-allowed')), { audit: 5 });
  await proves(quay);
  assert.equal(await readQuarantine(quay.store), []);
  const texts = (await readKeptOut(quay.store)).map(({ value }) => value['evidence']);
  for (const text of ['at first', 'on reflection', 'gaps', 'not finished']) assert.ok(texts.includes(text), text);
});

test('what was kept out comes in once it may, and is kept no longer', async (context) => {
  const { alone } = context;
  const dana = await laptopOf(context, 'Dana', grant('auditor'), grant('qa-lead'));
  const file = await fileOfAlone(alone);
  await brings(dana, file);
  assert.ok((await readSaveCounts(dana.store)).keptOut > 0);
  const before = (await readSaveCounts(dana.store)).keptOut;
  await brings(dana, file);
  assert.is((await readSaveCounts(dana.store)).keptOut, before, 'kept once, however often');
  const make: Choice = { kind: 'make' };
  const report = await brings(dana, file, { [alone.otherService]: make, [alone.otherTeam]: make, [alone.tool]: make });
  assert.equal(counts(report.comes), { service: 1, team: 1, tool: 1, import: 1, audit: 3 });
  assert.is((await readSaveCounts(dana.store)).keptOut, 0);
  await proves(dana);
});

test('work that went on alone after it was brought in comes on top of it, and nobody sees two versions', async (context) => {
  const { alone } = context;
  const alex = await laptopOf(context, 'Alex', grant('auditor'));
  await brings(alex, await fileOfAlone(alone));
  await proves(alex);
  const [, , c] = alone.audits as [RecordId, RecordId, RecordId];
  alone.clock.ms += 3_600_000;
  await recordEdits(
    alone.store,
    [{ base: null, ...section(c, 'inadequate', 'finished now', 'allocation-start') } as Edit],
    'act',
  );
  const report = await brings(alex, await fileOfAlone(alone));
  assert.equal([...report.comes], [['audit', { records: 1, changes: 1 }]]);
  await proves(alex);
  const unit = (await readRecord(alex.store, c))?.units['section:allocation-start'];
  assert.is(unit?.value['evidence'], 'finished now');
  assert.equal(unit?.confirmed?.others, []);
});

test('a file of this very laptop brings back what was lost with it, once', async (context) => {
  const { quinn, serviceId, teamId, server } = context;
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const audit = newId() as RecordId;
  await quinn.write(
    caseOf(audit),
    allocation(audit, { auditor: alex.session.person, service: serviceId, team: teamId }),
  );
  server.clock.ms += 600_000;
  const clock = () => ({ ms: server.clock.ms });
  const old = await realLaptop(alex.browser, alex.session, clock());
  await proves(old);
  await recordEdits(
    old.store,
    [{ base: null, ...section(audit, 'good', 'never sent', 'allocation-start') } as Edit],
    'act',
  );
  const who = whoOf({ home: 'server', authority: old.store.authority, person: old.person });
  const file = await fileOf(old.store, { who });

  const fresh = await realLaptop(alex.browser, alex.session, clock());
  await proves(fresh);
  const standing = standingOf(fresh.person, [grant('auditor') as never], '2026-05-04', new Map());
  const bring = async () => {
    const backup = await openBackup(hash, file, passphrase);
    const done = await bringIn(signal, fresh.store, backup, { kind: 'same', standing }, silent);
    assert.ok(done.ok);
    return done.value.report;
  };
  assert.equal([...(await bring()).comes], [['audit', { records: 1, changes: 1 }]]);
  await proves(fresh);
  assert.is((await shown(fresh, audit))['section:allocation-start']?.['evidence'], 'never sent');
  assert.equal([...(await bring()).comes], []);
});

test.run();
