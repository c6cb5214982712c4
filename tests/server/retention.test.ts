/** Audits whose time has passed: their content goes everywhere on the server, what is counted stays, and nothing comes back. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { doDaily } from '../../server/daily.ts';
import type { HeldList, HeldReply } from '../../src/protocol/held.ts';
import type { SearchReply } from '../../src/protocol/subject-access.ts';
import { paths } from '../../src/protocol/sync.ts';
import type { Op } from '../../src/domain/record.ts';
import { toldOf } from '../../server/verify/told.ts';
import { unitValue } from '../../src/domain/record.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { CertificateValue } from '../../src/domain/values.ts';
import { newId, signIn, type Edit, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  correction,
  event,
  firstQaLead,
  grant,
  password,
  section,
  service,
  startServer,
  team,
  type TestServer,
} from './example.ts';
import { assertSound, verify } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  at: { service: string; team: string };
}
const test = suite<Context>('retention on the server');

const dayMs = 24 * 60 * 60 * 1000;

test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const at = { service: newId(), team: newId() };
  await quinn.write(service(at.service, 'Assessment'), team(at.team, 'Team 1', at.service));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  Object.assign(context, { server, quinn, alex, at });
});
test.after.each(async ({ server }) => {
  await assertSound(server);
  await server.stop();
});

/** Everything is accepted. */
async function write(laptop: Laptop, ...edits: Edit[]): Promise<void> {
  const { body, problem } = await laptop.write(...edits);
  assert.is(problem, undefined);
  assert.equal(
    body.results.filter(({ outcome }) => outcome !== 'accepted'),
    [],
  );
}

/** A closed audit of a case, with these words in it. */
async function closedAudit({ quinn, alex, at }: Context, reference: string, words: string): Promise<string> {
  const audit = newId();
  await write(quinn, caseOf(audit, reference), allocation(audit, { auditor: alex.session.person, ...at }));
  await write(alex, section(audit, 'good', `first ${words}`));
  await write(alex, section(audit, 'inadequate', words));
  await write(alex, event(audit, 'submitted', alex.session.person));
  return audit;
}

const retention = (value: object): Edit => ({
  record: settingsId,
  kind: 'settings',
  unit: 'retention',
  value: { months: null, cycles: [], laptopDays: null, ...value },
});

const hold = (audit: string, by: Laptop, value: object = {}): Edit => ({
  record: audit,
  kind: 'audit',
  unit: 'hold',
  value: { on: true, wholeCase: false, by: by.session.person, at: 1, why: 'a review', ...value },
});

/** Pushes one group that is held, and answers its ops. */
async function heldOps(laptop: Laptop, ...edits: Edit[]): Promise<Op[]> {
  const ops = laptop.seal(edits);
  const { body } = await laptop.push(ops);
  assert.ok(
    body.results.every(({ outcome }) => outcome === 'held'),
    JSON.stringify(body.results),
  );
  return ops;
}

const keyOf = ([first]: readonly Op[]) => ({ device: first?.device ?? '', group: first?.group ?? '' });

/** Its author says that a held group is to go. */
async function discard(author: Laptop, ops: readonly Op[]): Promise<void> {
  const told = [{ ...keyOf(ops), what: 'discarded', why: 'not needed', atMs: 1, content: [] }];
  const { problem } = await author.ask<HeldReply>(paths.held, { told, ask: [] });
  assert.is(problem, undefined);
}

/** So many days later, with the server's daily work done, and the QA lead signed in again. */
async function pass({ server, quinn, alex }: Context, days: number): Promise<void> {
  server.clock.ms += days * dayMs;
  await doDaily(server.plumbline.server);
  await signIn(quinn.browser, 'quinn@example.org', password);
  await signIn(alex.browser, 'alex@example.org', password);
}

test('content goes when its time has passed, grades stay, and a certificate says so', async (context) => {
  const { server, quinn, alex } = context;
  const audit = await closedAudit(context, 'SENTINEL-CASE', 'SENTINEL-WORDS');
  const open = newId();
  await write(quinn, caseOf(open, 'OPEN-CASE'), allocation(open, { auditor: alex.session.person, ...context.at }));
  // A held change of the closed audit has its content too, and was looked at.
  await discard(alex, await heldOps(alex, section(audit, 'good', 'SENTINEL-HELD')));
  await write(quinn, retention({ months: 1 }));
  const search = () => quinn.ask<SearchReply>(paths.search, { reference: 'SENTINEL-CASE' });
  const searched = (await search()).body;
  assert.is(searched.total, 1);
  await pass(context, 20);
  assert.match(server.dump(), 'SENTINEL-CASE');
  await pass(context, 20);
  // What a search found before is not told of any more.
  const { problem } = await quinn.ask(paths.disclose, { search: searched.search, record: audit, from: 0 });
  assert.is(problem?.kind, 'not-found');
  assert.equal(server.rows('select * from found'), []);
  const dump = server.dump();
  for (const sentinel of ['SENTINEL-CASE', 'SENTINEL-WORDS', 'SENTINEL-HELD']) assert.not.match(dump, sentinel);
  assert.match(dump, 'OPEN-CASE');

  await quinn.pull();
  const units = quinn.records.get(audit)?.units ?? {};
  assert.is(unitValue<{ grade: string }>(units as never, 'section:risk')?.grade, 'inadequate');
  assert.is(unitValue<{ reference: string }>(units as never, 'case')?.reference, '\u2014');
  const settings = quinn.records.get(settingsId)?.units ?? {};
  const [name] = Object.keys(settings).filter((unit) => unit.startsWith('certificate:'));
  const certificate = unitValue<CertificateValue>(settings as never, name ?? '');
  assert.is(certificate?.audits, 1);
  assert.is(certificate?.changes, 6);
  assert.is(certificate?.by, quinn.session.person);
  assert.is(unitValue<{ certificate: string }>(units as never, 'erased')?.certificate, name?.slice(12));

  const verified = await verify(server);
  assert.equal(verified.findings, []);
  assert.is(verified.erased, 1);
  assert.match(toldOf(verified, 0), 'Of 1 audits the content was erased');
  assert.equal(
    server.log.filter((line) => line.includes('SENTINEL')),
    [],
  );
});

test('a period takes effect only a week after it was set', async (context) => {
  const { server, quinn } = context;
  await closedAudit(context, 'SENTINEL-CASE', 'words');
  await pass(context, 100);
  await write(quinn, { ...retention({ months: 1 }), claimed: { ms: 5, count: 0 } });
  await pass(context, 6);
  assert.match(server.dump(), 'SENTINEL-CASE');
  await pass(context, 2);
  assert.not.match(server.dump(), 'SENTINEL-CASE');
});

test('a hold suspends it, for one audit or for all of a case, until it is lifted', async (context) => {
  const { server, quinn } = context;
  const held = await closedAudit(context, 'HELD-ALONE', 'words');
  const whole = await closedAudit(context, 'held whole', 'words');
  await closedAudit(context, 'HELD WHOLE', 'the same case');
  await closedAudit(context, 'FREE', 'words');
  await write(quinn, retention({ months: 1 }), hold(held, quinn), hold(whole, quinn, { wholeCase: true }));
  await pass(context, 60);
  const dump = server.dump();
  for (const kept of ['HELD-ALONE', 'held whole', 'the same case']) assert.match(dump, kept);
  assert.not.match(dump, 'FREE');
  await quinn.pull();
  for (const audit of [held, whole]) {
    const base = quinn.records.get(audit)?.units['hold']?.op ?? null;
    await write(quinn, { ...hold(audit, quinn, { on: false, why: 'the review has ended' }), base });
  }
  // A hold that is lifted by a slip of the hand is put on again in time.
  await pass(context, 6);
  for (const kept of ['HELD-ALONE', 'held whole', 'the same case']) assert.match(server.dump(), kept);
  await pass(context, 2);
  for (const gone of ['HELD-ALONE', 'held whole', 'the same case']) assert.not.match(server.dump(), gone);
});

test('a hold of a whole case keeps what it was called before its reference was corrected, and what it is called since', async (context) => {
  const { server, quinn } = context;
  const whole = await closedAudit(context, 'WRONG', 'words');
  await closedAudit(context, 'WRONG', 'called the same before');
  await closedAudit(context, 'RIGHT', 'called the same since');
  await write(quinn, retention({ months: 1 }), hold(whole, quinn, { wholeCase: true }));
  await quinn.pull();
  const base = quinn.records.get(whole)?.units['case']?.op ?? null;
  await write(quinn, correction(whole, quinn.session.person), { ...caseOf(whole, 'RIGHT'), base });
  await pass(context, 60);
  for (const kept of ['called the same before', 'called the same since']) assert.match(server.dump(), kept);
});

test('a hold of a whole case keeps an audit whose reference has been corrected to another case since', async (context) => {
  const { server, quinn } = context;
  const whole = await closedAudit(context, 'FIRST', 'words');
  const moved = await closedAudit(context, 'FIRST', 'moved by a correction');
  await write(quinn, retention({ months: 1 }), hold(whole, quinn, { wholeCase: true }));
  await quinn.pull();
  const base = quinn.records.get(moved)?.units['case']?.op ?? null;
  await write(quinn, correction(moved, quinn.session.person), { ...caseOf(moved, 'SECOND'), base });
  await closedAudit(context, 'FREE', 'words');
  await pass(context, 60);
  for (const kept of ['moved by a correction', 'SECOND']) assert.match(server.dump(), kept);
  assert.not.match(server.dump(), 'FREE');
});

test('a hold stands while any lead says so who had not seen it lifted', async (context) => {
  const { server, quinn } = context;
  const lee = await addPerson(quinn, 'Lee', grant('qa-lead'));
  const whole = await closedAudit(context, 'held whole', 'words');
  await closedAudit(context, 'HELD WHOLE', 'the same case');
  const claimed = { ms: 5, count: 0 };
  await write(quinn, retention({ months: 1 }), { ...hold(whole, quinn, { wholeCase: true }), claimed });
  // Written unseen of that, and later by their clock: it shows, and says less.
  await write(lee, hold(whole, lee, { on: false }));
  await quinn.pull();
  const shown = quinn.records.get(whole)?.units['hold'];
  assert.is(shown?.value['on'], false);
  await pass(context, 60);
  for (const kept of ['held whole', 'the same case']) assert.match(server.dump(), kept);
  await quinn.pull();
  const settles = shown?.others.map(({ op }) => op) ?? [];
  await write(quinn, { ...hold(whole, quinn, { on: false }), base: shown?.op ?? null, settles });
  await pass(context, 8);
  for (const gone of ['held whole', 'the same case']) assert.not.match(server.dump(), gone);
});

for (const what of ['undecided', 'returned', 'waiting'] as const) {
  test(`an audit with ${what} work is left as it is until somebody has looked`, async (context) => {
    const { server, quinn, alex } = context;
    const audit = await closedAudit(context, 'SENTINEL-CASE', 'words');
    await write(quinn, retention({ months: 1 }));
    const ops = await heldOps(alex, section(audit, 'good', 'SENTINEL-HELD'));
    if (what === 'returned')
      await quinn.ask(paths.decide, { groups: [keyOf(ops)], what: 'returned', why: 'please look again' });
    if (what === 'waiting') {
      server.damage(`insert into waiting (authority, device, seq, since_ms, why, receipted)
        select authority, device, seq, held_ms, '', 0 from held`);
      server.damage(`update held set state = 'discarded'`);
    }
    await pass(context, 60);
    for (const kept of ['SENTINEL-CASE', 'SENTINEL-HELD']) assert.match(server.dump(), kept);
    if (what === 'waiting') {
      server.damage(`delete from waiting`);
      server.damage(`update held set state = 'undecided'`);
    }
    await discard(alex, ops);
    await pass(context, 1);
    for (const gone of ['SENTINEL-CASE', 'SENTINEL-HELD']) assert.not.match(server.dump(), gone);
  });
}

test('a clock that is years behind makes no audit older than it is to the server', async (context) => {
  const { server, quinn, alex, at } = context;
  await write(quinn, retention({ months: 1 }));
  await pass(context, 10);
  const audit = newId();
  const claimed = { ms: 5, count: 0 };
  const edits = [caseOf(audit, 'SENTINEL-CASE'), allocation(audit, { auditor: alex.session.person, ...at })];
  await write(quinn, ...edits.map((edit) => ({ ...edit, claimed })));
  await write(alex, { ...event(audit, 'submitted', alex.session.person), claimed });
  await pass(context, 20);
  assert.match(server.dump(), 'SENTINEL-CASE');
  await pass(context, 15);
  assert.not.match(server.dump(), 'SENTINEL-CASE');
});

test('a cycle may have its own period', async (context) => {
  const { server, quinn, at, alex } = context;
  const [cycle, audit] = [newId(), newId()];
  await write(quinn, caseOf(audit, 'OF-THE-CYCLE'), allocation(audit, { auditor: alex.session.person, cycle, ...at }));
  await write(alex, event(audit, 'submitted', alex.session.person));
  await closedAudit(context, 'OF-NO-CYCLE', 'words');
  await write(quinn, retention({ months: 1, cycles: [{ cycle, months: 12 }] }));
  await pass(context, 60);
  assert.match(server.dump(), 'OF-THE-CYCLE');
  assert.not.match(server.dump(), 'OF-NO-CYCLE');
});

test('a laptop that was away writes nothing onto an erased audit; its new work is kept for review', async (context) => {
  const { server, quinn, alex } = context;
  const audit = await closedAudit(context, 'SENTINEL-CASE', 'SENTINEL-WORDS');
  const late = alex.seal([section(audit, 'good', 'written on holiday', 'plan')]);
  await write(quinn, retention({ months: 1 }));
  await pass(context, 400);
  const { body } = await alex.push(late);
  assert.equal(
    body.results.map((result) => (result.outcome === 'held' ? [result.code, result.why] : result.outcome)),
    [['closed', 'already-erased']],
  );
  assert.not.match(server.dump(), 'SENTINEL');
  assert.is(quinn.records.get(audit)?.units['section:plan'], undefined);
});

test('what came for an erased audit goes a week after somebody has decided about it, and not before', async (context) => {
  const { server, quinn, alex } = context;
  const audit = await closedAudit(context, 'SENTINEL-CASE', 'SENTINEL-WORDS');
  await write(quinn, retention({ months: 1 }));
  await pass(context, 60);
  assert.not.match(server.dump(), 'SENTINEL');
  const late = await heldOps(alex, section(audit, 'good', 'SENTINEL-LATE', 'plan'));
  const other = await heldOps(alex, section(audit, 'good', 'SENTINEL-OTHER', 'plan'));
  await discard(alex, late);
  await pass(context, 10);
  // Somebody has yet to look at the other.
  for (const kept of ['SENTINEL-LATE', 'SENTINEL-OTHER']) assert.match(server.dump(), kept);
  await discard(alex, other);
  const content = [
    { record: audit, kind: 'audit', unit: 'section:plan', value: section(audit, 'good', 'SENTINEL-UNSENT').value },
  ];
  const key = { device: alex.device, group: newId() };
  const told = [{ ...key, what: 'discarded', why: 'SENTINEL-WHY', atMs: 1, content }];
  assert.is((await alex.ask<HeldReply>(paths.held, { told, ask: [] })).problem, undefined);
  await pass(context, 6);
  for (const kept of ['SENTINEL-LATE', 'SENTINEL-OTHER', 'SENTINEL-UNSENT']) assert.match(server.dump(), kept);
  await pass(context, 2);
  assert.not.match(server.dump(), 'SENTINEL');
  // Once: the day after finds nothing to do.
  const ops = server.rows('select count(*) as n from op')[0]?.['n'];
  await pass(context, 1);
  assert.is(server.rows('select count(*) as n from op')[0]?.['n'], ops);
  assert.equal((await verify(server)).findings, []);
  // Of the discard nothing is left to show, and the rest of the list can be read.
  const list = await quinn.ask<HeldList>(paths.heldList, { limit: 200 });
  assert.equal([list.problem, list.body.groups.some(({ group }) => group === key.group)], [undefined, false]);
});

test('nobody but the server says that something was erased', async (context) => {
  const { quinn } = context;
  const audit = await closedAudit(context, 'A CASE', 'words');
  const by = quinn.session.person;
  const erased = { by, at: 1, certificate: newId(), kept: '0'.repeat(64) };
  const numbers = {
    at: 1,
    by,
    audits: 1,
    changes: 1,
    from: '2026-01-01',
    to: '2026-01-01',
    place: 1,
    head: '0'.repeat(64),
  };
  const said = [
    { record: audit, kind: 'audit', unit: 'erased', value: erased },
    { record: settingsId, kind: 'settings', unit: `certificate:${newId()}`, value: numbers },
  ] as const;
  for (const edit of said) {
    const { body } = await quinn.write(edit);
    assert.is(body.results[0]?.outcome === 'held' && body.results[0].code, 'not-allowed');
  }
});

test('what was left of an erased audit cannot be changed unseen, nor can another be made to look erased', async (context) => {
  const { server, quinn } = context;
  await closedAudit(context, 'A CASE', 'words');
  await write(quinn, retention({ months: 1 }));
  await pass(context, 60);
  server.damage(`update op set value = replace(value, 'inadequate', 'outstanding') where unit = 'section:risk'`);
  server.damage(`update record set units = replace(units, 'inadequate', 'outstanding')`);
  const found = (await verify(server)).findings.map(({ about }) => about);
  assert.ok(
    found.some((about) => about.startsWith('what was left of record')),
    found.join('\n'),
  );
  server.damage(`update op set value = replace(value, 'outstanding', 'inadequate') where unit = 'section:risk'`);
  server.damage(`update record set units = replace(units, 'outstanding', 'inadequate')`);
});

test.run();
