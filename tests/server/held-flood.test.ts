/**
 * What somebody hostile can put into the held store, and what reading it costs then: nothing is read together that one person may
 * make large, nothing is asked once a line, and no device is told of but one's own (FAULTS S20).
 */
import type { KyselyPlugin } from 'kysely';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decidedSinceErased } from '../../server/db/erasure.ts';
import type { Tx } from '../../server/db/tables.ts';
import { tryLimits } from '../../server/routes/tries.ts';
import { disclose } from '../../server/subject-access/disclose.ts';
import { searchCase } from '../../server/subject-access/search.ts';
import { listHeld, listLimitBytes } from '../../server/sync/held-list.ts';
import type { PersonId, RecordId } from '../../src/domain/ids.ts';
import type { HeldList, HeldReply } from '../../src/protocol/held.ts';
import { laptopPaths, type LaptopShown } from '../../src/protocol/laptops.ts';
import { paths } from '../../src/protocol/sync.ts';
import type { SearchReply } from '../../src/protocol/subject-access.ts';
import { newId, openLaptop, type Edit, type Laptop } from './client.ts';
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
} from './example.ts';
import { assertSound } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  lee: Laptop;
  /** Reads percentages alone. */
  bo: Laptop;
  at: { service: string; team: string };
}

const newLaptops = 4;
const test = suite<Context>('a flood of held changes');

test.before.each(async (context) => {
  const limits = { ...tryLimits, perPersonMinute: 100_000, perAddressMinute: 100_000, newLaptops };
  const server = await startServer({ tryLimits: limits });
  const quinn = await firstQaLead(server);
  const at = { service: newId(), team: newId() };
  await quinn.write(service(at.service, 'Assessment'), team(at.team, 'Team 1', at.service));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [at.service] }));
  const bo = await addPerson(quinn, 'Bo', grant('board-viewer'));
  Object.assign(context, { server, quinn, alex, lee, bo, at });
});
test.after.each(async ({ server }) => {
  await assertSound(server);
  await server.stop();
});

const discarded = (device: string, content: readonly object[], group = newId()) => ({
  ...{ device, group, what: 'discarded', why: 'A slip', atMs: 5 },
  content,
});
const contentOf = ({ record, kind, unit, value }: Edit) => ({ record, kind, unit, value });
const tell = (laptop: Laptop, ...told: object[]) => laptop.ask<HeldReply>(paths.held, { told, ask: [] });
const list = async (lead: Laptop, limit = 200) => (await lead.ask<HeldList>(paths.heldList, { limit })).body;
const decisions = ({ server }: Context) => server.rows('select device, author from decision order by received_ms');

/** Alex's own laptop, as it goes on once it has found out that it is a copy. */
const copied = ({ alex }: Context): Laptop => openLaptop(alex.browser, alex.session);

test('what is told of another person’s device is kept nowhere, and looks as if it were settled', async (context) => {
  const { alex, bo, quinn } = context;
  await alex.write(section(newId(), 'good'));
  const told = discarded(alex.device, [contentOf(caseOf(newId(), 'PLANTED'))]);
  const { body } = await tell(bo, told);
  assert.is(body.groups[0]?.decision?.what, 'discarded');
  assert.equal(decisions(context), []);
  assert.equal(
    (await list(quinn)).groups.filter(({ ops }) => ops[0]?.value['reference'] === 'PLANTED'),
    [],
  );
});

test('a laptop that has become another device tells of what it had as the one before', async (context) => {
  const { alex, quinn } = context;
  await alex.write(section(newId(), 'good'));
  const now = copied(context);
  assert.is((await tell(now, discarded(alex.device, [contentOf(caseOf(newId()))]))).problem, undefined);
  assert.equal(decisions(context), [{ device: alex.device, author: alex.session.person }]);
  assert.is((await list(quinn)).groups.filter(({ ops }) => ops[0]?.unit === 'case').length, 1);
});

test('also where a server that was restored has never heard of that one: then it is this person’s from there on', async (context) => {
  const { alex, bo } = context;
  const before = newId();
  assert.is((await tell(alex, discarded(before, [contentOf(caseOf(newId()))]))).problem, undefined);
  assert.equal(decisions(context), [{ device: before, author: alex.session.person }]);
  const laptops = await alex.ask<{ laptops: LaptopShown[] }>(laptopPaths.list);
  assert.ok(laptops.body.laptops.some(({ device }) => device === before));
  assert.is((await tell(bo, discarded(before, []))).problem, undefined);
  assert.is(decisions(context).length, 1, 'another’s word of it is kept nowhere');
});

test('devices nobody has heard of count as laptops that a person begins with: one more is refused, and keeps nothing', async (context) => {
  const { bo } = context;
  // The one that asks is the first.
  for (let i = 1; i < newLaptops; i += 1) assert.is((await tell(bo, discarded(newId(), []))).problem, undefined);
  const fit = discarded(bo.device, []);
  assert.is((await tell(bo, fit, discarded(newId(), []))).problem?.kind, 'too-many-laptops');
  assert.is(decisions(context).length, newLaptops - 1, 'nothing of it');
  assert.is((await tell(bo, fit)).problem, undefined, 'their own laptop goes on');
});

/** Counts what a transaction asks the database, and the most text that came with one answer. */
function watched(tx: Tx): { readonly tx: Tx; readonly seen: { statements: number; longest: number } } {
  const seen = { statements: 0, longest: 0 };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      seen.statements += 1;
      const texts = result.rows.flatMap((row) => Object.values(row).filter((each) => typeof each === 'string'));
      seen.longest = Math.max(seen.longest, texts.join('').length);
      return Promise.resolve(result);
    },
  };
  return { tx: tx.withPlugin(plugin), seen };
}

const asking = ({ server }: Context, { session }: Laptop) => ({
  authority: server.plumbline.server.authority,
  person: session.person as PersonId,
  nowMs: server.clock.ms,
});

async function measure(context: Context, work: (tx: Tx) => Promise<unknown>) {
  return context.server.plumbline.server.database.read(async (plain) => {
    const { tx, seen } = watched(plain);
    await work(tx);
    return seen;
  });
}

test('what was discarded unsent is never read together, however much of it there is', async (context) => {
  const { quinn, alex, server } = context;
  const audit = newId();
  await quinn.write(caseOf(audit, 'CASE-1'), allocation(audit, { ...context.at }));
  // As empty lists take the most room once they are parsed.
  const filler = Array.from({ length: 30_000 }, () => []);
  const text = (): object => ({ ...caseOf(audit, 'CASE-2').value, header: { filler } });
  const many = 60;
  for (let i = 0; i < many; i += 1)
    await tell(alex, discarded(alex.device, [{ record: audit, kind: 'audit', unit: 'case', value: text() }]));
  const each = JSON.stringify(text()).length;
  const isPage = (bytes: number) => bytes < 10 * each;
  const { id } = server.plumbline.server.authority;

  const listed = await measure(context, (tx) => listHeld(tx, asking(context, quinn), 200));
  assert.ok(isPage(listed.longest), `the list read ${listed.longest}`);
  const erased = await measure(context, (tx) => decidedSinceErased(tx, id, server.clock.ms));
  assert.ok(isPage(erased.longest), `what is to be erased read ${erased.longest}`);
  const searched = await measure(context, (tx) => searchCase(tx, asking(context, quinn), 'CASE-2'));
  assert.ok(isPage(searched.longest), `the search read ${searched.longest}`);

  const { body } = await quinn.ask<SearchReply>(paths.search, { reference: 'CASE-2' });
  assert.equal([body.found[0]?.in, body.looked.decisions], [['discarded-unsent'], many], 'and all of it is found');
  const told = await measure(context, (tx) =>
    disclose(tx, asking(context, quinn), { search: body.search, record: audit as RecordId, from: 0 }),
  );
  assert.ok(isPage(told.longest), `what is told of the case read ${told.longest}`);
  const { groups } = await list(quinn);
  assert.ok(groups.length > 0 && JSON.stringify(groups).length <= listLimitBytes + each, 'a list has an end');
});

/** Held changes of Alex's of so many audits that nobody has begun, each in a group of its own. */
async function flood({ alex, at }: Context, many: number): Promise<void> {
  const ops = Array.from({ length: many }, () => {
    const audit = newId();
    const given = { ...at, auditor: alex.session.person, moderator: alex.session.person };
    return alex.seal([caseOf(audit), allocation(audit, given)]);
  });
  const { body } = await alex.push(ops.flat());
  assert.ok(body.results.every(({ outcome }) => outcome === 'held'));
}

test('a list asks no more of the database for many held changes than for few, and nothing for who decides nothing', async (context) => {
  const { lee, quinn, bo } = context;
  const ask = (laptop: Laptop, limit = 0) => measure(context, (tx) => listHeld(tx, asking(context, laptop), limit));
  await flood(context, 2);
  const [few, fewOfAll] = [await ask(lee), await ask(quinn)];
  await flood(context, 120);
  assert.is((await list(lee, 0)).waiting, 122);
  assert.is((await list(quinn, 0)).waiting, 122);
  assert.is((await ask(lee)).statements, few.statements);
  assert.is((await ask(quinn)).statements, fewOfAll.statements);
  // Who they are is asked, and no more.
  assert.is((await ask(bo, 200)).statements, 1);
  assert.equal(await list(bo), { waiting: 0, groups: [] });
});

test('what others were told does not cost who looks back a question each', async (context) => {
  const { alex, lee } = context;
  const ask = () => measure(context, (tx) => listHeld(tx, asking(context, lee), 200));
  const elsewhere = async (many: number): Promise<void> => {
    for (let i = 0; i < many; i += 1) {
      const ops = alex.seal([allocation(newId(), { auditor: alex.session.person, moderator: alex.session.person })]);
      await alex.push(ops);
      const { device = '', group = '' } = ops[0] ?? {};
      await tell(alex, discarded(device, [], group));
    }
  };
  await elsewhere(2);
  const few = await ask();
  await elsewhere(20);
  assert.is((await ask()).statements, few.statements);
});

test('an allocation whose fields are not what they should be is held, and says nothing of where its audit belongs', async ({
  alex,
  lee,
  at,
}) => {
  const wrong: readonly unknown[] = [7, {}, [], true, '', 'not an id', { toString: 'x' }];
  for (const field of ['service', 'team', 'auditor', 'moderator'])
    for (const value of wrong) {
      const audit = newId();
      const { body, problem } = await alex.write(caseOf(audit), allocation(audit, { ...at, [field]: value }));
      assert.is(problem, undefined, `${field} ${JSON.stringify(value)}`);
      assert.equal([...new Set(body.results.map(({ outcome }) => outcome))], ['held']);
    }
  assert.is((await lee.ask<HeldList>(paths.heldList, { limit: 50 })).problem, undefined);
});

test.run();
