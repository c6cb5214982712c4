/** All that is held about one case is found by any reference it ever had, told whole to a QA lead alone, and noted (S31). */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { doDaily } from '../../server/daily.ts';
import type { HeldReply } from '../../src/protocol/held.ts';
import { paths } from '../../src/protocol/sync.ts';
import type { DiscloseReply, Found, SearchReply } from '../../src/protocol/subject-access.ts';
import type { OpId } from '../../src/domain/ids.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import { newId, signIn, type Edit, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  event,
  firstQaLead,
  grant,
  password,
  roles,
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
const test = suite<Context>('subject access on the server');

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

async function write(laptop: Laptop, ...edits: Edit[]): Promise<void> {
  const { body, problem } = await laptop.write(...edits);
  assert.is(problem, undefined);
  assert.equal(
    body.results.filter(({ outcome }) => outcome !== 'accepted'),
    [],
  );
}

async function heldGroup(laptop: Laptop, ...edits: Edit[]) {
  const ops = laptop.seal(edits);
  const { body } = await laptop.push(ops);
  assert.ok(body.results.every(({ outcome }) => outcome === 'held'));
  return { device: ops[0]?.device ?? '', group: ops[0]?.group ?? '' };
}

/** Its changes are of an earlier second than what follows. */
async function audit({ server, quinn, alex, at }: Context, reference: string, more: object = {}): Promise<string> {
  const id = newId();
  await write(quinn, caseOf(id, reference), allocation(id, { auditor: alex.session.person, ...at, ...more }));
  server.clock.ms += 1000;
  return id;
}

async function search(laptop: Laptop, reference: string): Promise<SearchReply> {
  const { body, problem } = await laptop.ask<SearchReply>(paths.search, { reference });
  assert.is(problem, undefined);
  return body;
}

const inOf = ({ found }: SearchReply): Record<string, Found['in']> =>
  Object.fromEntries(found.map((each) => [each.record, each.in]));

async function disclosed(laptop: Laptop, asked: SearchReply, record: string): Promise<DiscloseReply> {
  const { body, problem } = await laptop.ask<DiscloseReply>(paths.disclose, { search: asked.search, record, from: 0 });
  assert.is(problem, undefined);
  return body;
}

test('an audit is found by its reference as it is and as it was, whatever the case and the spaces', async (context) => {
  const { quinn } = context;
  const [now, before] = [await audit(context, 'CASE-12'), await audit(context, 'case - 12')];
  await audit(context, 'CASE-123');
  const base = (await quinn.pull(), quinn.records.get(before)?.units['case']?.op ?? null);
  await write(quinn, { ...caseOf(before, 'CASE-99'), base });
  for (const asked of ['CASE-12', 'case-12', ' Case - 12 ', '\uff23ASE-12']) {
    const reply = await search(quinn, asked);
    assert.equal(inOf(reply), { [now]: ['current'], [before]: ['former'] });
    assert.is(reply.found.find(({ record }) => record === before)?.reference, 'CASE-99');
    assert.is(reply.total, 2);
  }
  const nothing = await search(quinn, 'CASE-1');
  assert.equal([nothing.found, nothing.total, nothing.looked], [[], 0, { changes: 4, decisions: 0 }]);
});

test('a reference is found in a version that nobody has settled', async (context) => {
  const { quinn, alex } = context;
  const id = await audit(context, 'CASE-1');
  for (const laptop of [quinn, alex]) await laptop.pull();
  const base = quinn.records.get(id)?.units['case']?.op ?? null;
  await write(alex, { ...caseOf(id, 'CASE-2'), base, claimed: { ms: 5, count: 0 } });
  await write(quinn, { ...caseOf(id, 'CASE-3'), base });
  assert.equal(inOf(await search(quinn, 'CASE-2')), { [id]: ['other-version'] });
  assert.equal(inOf(await search(quinn, 'CASE-3')), { [id]: ['current'] });
  assert.equal(inOf(await search(quinn, 'CASE-1')), { [id]: ['former'] });
});

test('what was never accepted is found too: held, returned, discarded, and discarded without having been sent', async (context) => {
  const { server, quinn, alex } = context;
  const [known, never, unsent] = [await audit(context, 'CASE-1'), newId(), newId()];
  await write(alex, event(known, 'submitted', alex.session.person));
  server.clock.ms += 1000;
  const late = await heldGroup(alex, caseOf(known, 'CASE-2'));
  const foreign = await heldGroup(alex, caseOf(never, 'CASE-2'));
  await quinn.ask(paths.decide, { groups: [foreign], what: 'returned', why: 'not an audit of ours' });
  const told = (key: object, content: object[] = []) => ({
    ...key,
    what: 'discarded',
    why: 'a slip',
    atMs: 1,
    content,
  });
  const content = [
    { record: unsent, kind: 'audit', unit: 'case', value: caseOf(unsent, 'CASE-2').value },
    { record: never, kind: 'audit', unit: 'case', value: caseOf(never, 'CASE-7').value },
  ];
  const key = { device: alex.device, group: newId() };
  const { problem } = await alex.ask<HeldReply>(paths.held, { told: [told(late), told(key, content)], ask: [] });
  assert.is(problem, undefined);

  const reply = await search(quinn, 'case-2');
  assert.equal(inOf(reply), { [known]: ['not-accepted'], [never]: ['not-accepted'], [unsent]: ['discarded-unsent'] });
  assert.is(reply.looked.decisions, 1);
  const { history, decisions, units } = await disclosed(quinn, reply, known);
  assert.equal(
    history.map(({ unit, state, value }) => [unit, state, value['reference']]),
    [
      ['case', 'accepted', 'CASE-1'],
      ['allocation', 'accepted', undefined],
      ['submitted', 'accepted', undefined],
      ['case', 'discarded', 'CASE-2'],
    ],
  );
  assert.equal(
    decisions.map(({ what, by, why }) => [what, by, why]),
    [['discarded', alex.session.person, 'a slip']],
  );
  assert.ok(units?.['submitted']);
  const returned = await disclosed(quinn, reply, never);
  assert.is(returned.units, null);
  assert.equal(
    returned.decisions.map(({ what, content: of }) => [what, of.length]),
    [
      ['returned', 0],
      ['discarded', 1],
    ],
  );
  const [gone] = (await disclosed(quinn, reply, unsent)).decisions;
  // Of a decision about several records only what is of this one.
  assert.equal(gone?.content, [{ unit: 'case', value: caseOf(unsent, 'CASE-2').value }]);
});

test('what is told of an audit is its units, its whole history in pages, who wrote what when, and who opened it', async (context) => {
  const { quinn, alex } = context;
  const id = await audit(context, 'CASE-1');
  const texts = Array.from({ length: 30 }, (_, i) => `${i} ${'x'.repeat(18_000)}`);
  for (const text of texts) await write(alex, section(id, 'good', text));
  await alex.ask(paths.open, { record: id });
  const reply = await search(quinn, 'CASE-1');
  assert.is(reply.found[0]?.changes, 32);
  const told: DiscloseReply[] = [];
  for (let from: number | null = 0; from !== null; from = told.at(-1)?.next ?? null) {
    const { body } = await quinn.ask<DiscloseReply>(paths.disclose, { search: reply.search, record: id, from });
    told.push(body);
  }
  assert.ok(told.length > 1);
  const history = told.flatMap((page) => page.history);
  assert.equal(
    history.filter(({ unit }) => unit === 'section:risk').map(({ value }) => value['evidence']),
    texts,
  );
  assert.ok(history.slice(2).every(({ person }) => person === alex.session.person));
  assert.is(history[0]?.person, quinn.session.person);
  assert.equal(
    told[0]?.openedBy.map(({ person }) => person),
    [alex.session.person],
  );
  assert.is(told[1]?.units, null);
});

test('nobody but a QA lead learns anything, and it looks the same as an address that is not there', async (context) => {
  const { server, quinn, alex, at } = context;
  const id = await audit(context, 'CASE-1');
  const lead = await addPerson(quinn, 'Lee', grant('team-lead', { services: [at.service] }));
  const { search: noted } = await search(quinn, 'CASE-1');
  const before = server.rows('select count(*) as n from op')[0]?.['n'];
  for (const laptop of [alex, lead]) {
    for (const reference of ['CASE-1', 'CASE-NONE'])
      assert.is((await laptop.ask(paths.search, { reference })).problem?.kind, 'not-found');
    const asked = { search: noted, record: id, from: 0 };
    assert.is((await laptop.ask(paths.disclose, asked)).problem?.kind, 'not-found');
  }
  assert.is(server.rows('select count(*) as n from op')[0]?.['n'], before);
  // Another QA lead makes a search of their own.
  const other = await addPerson(quinn, 'Olu', grant('qa-lead'));
  for (const [search, record] of [
    [noted, id],
    [newId(), id],
  ])
    assert.is((await other.ask(paths.disclose, { search, record, from: 0 })).problem?.kind, 'not-found');
  const own = await search(other, 'CASE-1');
  for (const record of [newId(), at.service, other.session.person])
    assert.is((await other.ask(paths.disclose, { search: own.search, record, from: 0 })).problem?.kind, 'not-found');
});

test('a search is a key to what it found and to nothing else, and what is told by it counts as opened', async (context) => {
  const { server, quinn } = context;
  const [one, other] = [await audit(context, 'CASE-1'), await audit(context, 'CASE-2')];
  const [none, some] = [await search(quinn, 'CASE-NONE'), await search(quinn, 'CASE-1')];
  for (const [{ search: key }, record] of [
    [none, one],
    [none, other],
    [some, other],
  ] as const)
    assert.is((await quinn.ask(paths.disclose, { search: key, record, from: 0 })).problem?.kind, 'not-found');
  assert.equal(server.rows('select record from opened'), []);
  assert.equal((await disclosed(quinn, some, one)).openedBy, []);
  assert.equal(
    server.rows('select record, person from opened').map(({ record, person }) => [record, person]),
    [[one, quinn.session.person]],
  );
  const [again] = (await disclosed(quinn, some, one)).openedBy;
  assert.is(again?.person, quinn.session.person);
  // Also what is asked for from the middle.
  await quinn.ask(paths.disclose, { search: (await search(quinn, 'CASE-2')).search, record: other, from: 1 });
  assert.is(server.rows('select record from opened').length, 2);
});

test('a change of another kind that somebody sent to an audit hides nothing of it', async (context) => {
  const { quinn, alex } = context;
  const id = await audit(context, 'CASE-1');
  await heldGroup(alex, team(id, 'made up', newId()));
  const reply = await disclosed(quinn, await search(quinn, 'CASE-1'), id);
  assert.ok(reply.units);
  assert.equal(
    reply.history.map(({ kind, state }) => [kind, state === 'accepted']),
    [
      ['audit', true],
      ['audit', true],
      ['team', false],
    ],
  );
});

test('an audit that awaits the asker’s own moderation is named and kept from them', async (context) => {
  const { quinn, alex, at } = context;
  const { person } = quinn.session;
  await write(quinn, roles(person, grant('qa-lead'), grant('moderator', { services: [at.service] })));
  const id = await audit(context, 'CASE-1', { moderator: person });
  await write(alex, section(id, 'inadequate', 'words'), event(id, 'submitted', alex.session.person));
  const reply = await search(quinn, 'CASE-1');
  assert.equal(
    reply.found.map(({ record, blind }) => [record, blind]),
    [[id, true]],
  );
  const asked = { search: reply.search, record: id, from: 0 };
  assert.is((await quinn.ask(paths.disclose, asked)).problem?.kind, 'not-found');
});

test('each search is noted in the trail and logged with ids and counts, and its reference is nowhere', async (context) => {
  const { server, quinn } = context;
  await audit(context, 'CASE-1');
  const [some, none] = [await search(quinn, 'CASE-1'), await search(quinn, 'SENTINEL-REFERENCE')];
  await disclosed(quinn, some, some.found[0]?.record ?? '');
  assert.not.match(server.dump(), 'SENTINEL');
  assert.not.match(server.log.join(''), /SENTINEL|CASE-1/);
  const logged = server.log.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.equal(
    logged
      .filter(({ event: name }) => name === 'searched')
      .map(({ person, search: id, audits }) => [person, id, audits]),
    [
      [quinn.session.person, some.search, 1],
      [quinn.session.person, none.search, 0],
    ],
  );
  assert.equal(
    logged.filter(({ event: name }) => name === 'disclosed').map(({ record, changes }) => [record, changes]),
    [[some.found[0]?.record, 2]],
  );
  await quinn.pull();
  const note = quinn.records.get(settingsId)?.units[`search:${some.search}`];
  assert.equal([note?.value['by'], note?.value['audits'], note?.value['changes']], [quinn.session.person, 1, 2]);
  assert.equal((await verify(server)).findings, []);
  // Nobody writes or rewrites such a note but the server.
  const forged = { record: settingsId, kind: 'settings', unit: `search:${newId()}`, value: note?.value ?? {} } as const;
  const { body } = await quinn.write(forged);
  assert.is(body.results[0]?.outcome === 'held' && body.results[0].code, 'not-allowed');
});

test('an audit that was erased is not found by what it was called; what came for it later is, beside its certificate', async (context) => {
  const { server, quinn, alex } = context;
  const id = await audit(context, 'CASE-1');
  await write(alex, section(id, 'good', 'words'), event(id, 'submitted', alex.session.person));
  const rule = { months: 1, cycles: [], laptopDays: null };
  await write(quinn, { record: settingsId, kind: 'settings', unit: 'retention', value: rule });
  server.clock.ms += 60 * 24 * 60 * 60 * 1000;
  await doDaily(server.plumbline.server);
  await signIn(quinn.browser, 'quinn@example.org', password);
  await signIn(alex.browser, 'alex@example.org', password);
  const gone = await search(quinn, 'CASE-1');
  assert.equal([gone.total, gone.erased], [0, 1]);
  // What stands for an erased reference is nobody's.
  assert.is((await search(quinn, '\u2014')).total, 0);
  await heldGroup(alex, caseOf(id, 'CASE-1'));
  const reply = await search(quinn, 'CASE-1');
  assert.equal(
    reply.found.map(({ record, in: places, erased, reference }) => [record, places, erased, reference]),
    [[id, ['not-accepted'], true, null]],
  );
  const { units, history } = await disclosed(quinn, reply, id);
  assert.ok((units?.['erased'] as { value: { certificate: string } } | undefined)?.value.certificate);
  assert.is(history.filter(({ erased }) => erased).length, 4);
});

test('whatever was written of whichever audits, a search finds exactly those', async (context) => {
  const { quinn } = context;
  const bases = new Map<string, OpId | null>();
  const written = new Map<string, string[]>();
  const references = fc.constantFrom('A 1', 'a1', 'B-2', 'b-2', 'B2', 'ß3', 'SS3', 'C\u00a04', 'c4');
  // The oracle has a normalisation of its own: characters alone, without spaces, in one case.
  const plain = (text: string): string =>
    [...text.normalize('NFKC')]
      .filter((c) => c.trim() !== '')
      .join('')
      .toUpperCase();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 4 }), references, references, async (which, reference, asked) => {
      const id = [...written.keys()][which] ?? newId();
      if (!written.has(id)) {
        await write(quinn, caseOf(id, reference), allocation(id, context.at));
      } else await write(quinn, { ...caseOf(id, reference), base: bases.get(id) ?? null });
      await quinn.pull();
      bases.set(id, quinn.records.get(id)?.units['case']?.op ?? null);
      written.set(id, [...(written.get(id) ?? []), reference]);
      const expected = [...written].flatMap(([record, all]) =>
        all.some((one) => plain(one) === plain(asked)) ? [record] : [],
      );
      const reply = await search(quinn, asked);
      assert.equal(reply.found.map(({ record }) => record).sort(), expected.sort());
      const current = reply.found.filter((each) => each.in.includes('current')).map(({ record }) => record as string);
      const ends = [...written].flatMap(([record, all]) => (plain(all.at(-1) ?? '') === plain(asked) ? [record] : []));
      assert.equal(current.sort(), ends.sort());
    }),
    { numRuns: 40 },
  );
});

test.run();
