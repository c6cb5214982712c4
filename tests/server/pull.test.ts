/** Pull, open and repair: who is sent what, in which projection, and the proof that it is all. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pageLimitBytes } from '../../server/sync/build-pull.ts';
import { bucketOf } from '../../src/domain/digest.ts';
import type { OpId } from '../../src/domain/ids.ts';
import type {
  BucketReply,
  BucketsReply,
  OpenReply,
  PullReply,
  RecordsReply,
  SentRecord,
} from '../../src/protocol/sync.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, openLaptop, signIn, type Laptop } from './client.ts';
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
} from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
}

const dayMs = 24 * 60 * 60 * 1000;
const pull = suite<Context>('pull');

/** Days pass, after which she signs in anew. */
async function pass(days: number, { quinn, server }: Context): Promise<void> {
  server.clock.ms += days * dayMs;
  await signIn(quinn.browser, quinn.session.email, password);
}

/** An audit as it comes to a new laptop of hers. */
async function sentTo(quinn: Laptop, audit: string): Promise<SentRecord | undefined> {
  const fresh = openLaptop(quinn.browser, quinn.session);
  await fresh.pull();
  return fresh.records.get(audit);
}

pull.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
});
pull.after.each(({ server }) => server.stop());

async function makeAudit(quinn: Laptop, value: Parameters<typeof allocation>[1]): Promise<string> {
  const audit = newId();
  const { body } = await quinn.write(caseOf(audit), allocation(audit, value));
  assert.ok(body.results.every(({ outcome }) => outcome === 'accepted'));
  return audit;
}

async function rolesOp(laptop: Laptop): Promise<OpId | null> {
  await laptop.pull();
  return laptop.records.get(laptop.session.person)?.units['roles']?.op ?? null;
}

const audits = (laptop: Laptop): string[] =>
  [...laptop.records.values()]
    .filter(({ kind }) => kind === 'audit')
    .map(({ id }) => id)
    .sort();

pull('sends an auditor their own audits and nobody else’s', async ({ quinn }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const mine = await makeAudit(quinn, { auditor: alex.session.person });
  await makeAudit(quinn, { auditor: quinn.session.person });
  await alex.pull();
  assert.equal(audits(alex), [mine]);
});

pull('sends a team lead the audits of their services and teams, by then and by now', async ({ quinn }) => {
  const [early, duty, north, south] = [newId(), newId(), newId(), newId()];
  await quinn.write(
    service(early, 'Early Help'),
    service(duty, 'Duty'),
    team(north, 'North', early),
    team(south, 'South', duty),
  );
  const byService = await addPerson(quinn, 'Lee', grant('team-lead', { services: [early] }));
  const byTeam = await addPerson(quinn, 'Tess', grant('team-lead', { teams: [south] }));
  const inNorth = await makeAudit(quinn, { service: early, team: north });
  const inSouth = await makeAudit(quinn, { service: duty, team: south });
  await byService.pull();
  await byTeam.pull();
  assert.equal(audits(byService), [inNorth]);
  assert.equal(audits(byTeam), [inSouth]);
  // The team moves to Early Help: its lead sees the team's earlier audits now as well.
  await quinn.write(team(south, 'South', early));
  const moved = openLaptop(byService.browser, byService.session);
  await moved.pull();
  assert.equal(audits(moved), [inNorth, inSouth].sort());
});

pull('sends a QA lead every audit, and somebody without a role nothing at all', async ({ quinn }) => {
  const nobody = await addPerson(quinn, 'Noor');
  const one = await makeAudit(quinn, {});
  const two = await makeAudit(quinn, {});
  await quinn.pull();
  assert.equal(audits(quinn), [one, two].sort());
  const page = await nobody.pull();
  assert.equal(page.total, { count: 0, digest: '0'.repeat(32) });
  assert.is(nobody.records.size, 0);
});

pull('stops sending at once when a role ends, by a person or by its date', async ({ quinn, server }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  await makeAudit(quinn, { auditor: alex.session.person });
  const until = { ...grant('auditor'), to: '2026-05-05' };
  await quinn.write(roles(alex.session.person, until));
  await alex.pull();
  assert.is(audits(alex).length, 1);
  const before = alex.cursor;
  server.clock.ms += dayMs + 13 * 60 * 60 * 1000;
  const late = await alex.ask<PullReply>(paths.pull, { cursor: before });
  assert.is(late.problem?.kind, 'signed-out', 'idle for more than twelve hours');
});

pull('tells by the rights in the cursor that what a person may see has changed', async ({ quinn }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  await alex.pull();
  const before = alex.cursor?.rights;
  await alex.pull();
  assert.is(alex.cursor?.rights, before);
  await quinn.write(roles(alex.session.person, grant('auditor'), grant('team-lead', { teams: [newId()] })));
  await alex.pull();
  assert.is.not(alex.cursor?.rights, before);
});

pull('answers a cursor of another history with epoch', async ({ quinn }) => {
  await quinn.pull();
  const cursor = quinn.cursor;
  assert.ok(cursor);
  for (const other of [
    { ...cursor, epoch: newId() },
    { ...cursor, head: 'a'.repeat(64) },
    { ...cursor, version: cursor.version + 100 },
  ]) {
    assert.equal((await quinn.ask(paths.pull, { cursor: other })).problem, { kind: 'epoch' });
  }
});

pull('comes in pages, in order of version, and proves itself on the last one only', async ({ quinn }) => {
  for (let i = 0; i < 9; i += 1) {
    const edits = Array.from({ length: 50 }, (_, k) => service(newId(), `Service ${i} ${k}`));
    await quinn.write(...edits);
  }
  const laptop = openLaptop(quinn.browser, quinn.session);
  const sizes = [];
  for (let last = false; !last;) {
    const { body } = await laptop.ask<PullReply>(paths.pull, { cursor: laptop.cursor });
    sizes.push(body.records.length);
    assert.is(body.total === null, !body.last);
    const versions = body.records.map(({ version }) => version);
    assert.equal(
      versions,
      [...versions].sort((a, b) => a - b),
    );
    for (const record of body.records) laptop.records.set(record.id, record);
    laptop.cursor = body.cursor;
    last = body.last;
    if (last) assert.equal(body.total, laptop.total());
  }
  assert.equal(sizes, [200, 200, 52]);
});

pull('ends a page before it grows past its size', async ({ quinn }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const long = 'x'.repeat(20_000);
  for (let i = 0; i < 30; i += 1) {
    const audit = await makeAudit(quinn, { auditor: alex.session.person });
    await alex.write(section(audit, 'good', long), section(audit, 'good', long, 'plan'));
  }
  const { body } = await alex.ask<PullReply>(paths.pull, { cursor: null });
  assert.not(body.last);
  assert.ok(JSON.stringify(body.records).length < 560_000);
  const page = await alex.pull();
  assert.equal(page.total, alex.total());
});

pull('sends old audits of others without their words, but for 28 days after opening', async ({ quinn, server }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const audit = await makeAudit(quinn, { auditor: alex.session.person });
  await alex.write(section(audit, 'good', 'what the auditor saw'));
  assert.is((await sentTo(quinn, audit))?.projection, 'full');
  await pass(29, { quinn, server });
  const columns = await sentTo(quinn, audit);
  assert.is(columns?.projection, 'columns');
  assert.equal(columns?.units['section:risk']?.value, { grade: 'good', notApplicable: false });
  const opened = await quinn.ask<OpenReply>(paths.open, { record: audit });
  assert.is(opened.body.record?.projection, 'full');
  assert.is(opened.body.record?.units['section:risk']?.value['evidence'], 'what the auditor saw');
  await pass(20, { quinn, server });
  assert.is((await sentTo(quinn, audit))?.projection, 'full');
  await quinn.ask<OpenReply>(paths.open, { record: audit });
  await pass(20, { quinn, server });
  assert.is((await sentTo(quinn, audit))?.projection, 'full', 'from the last time on');
  await pass(9, { quinn, server });
  assert.is((await sentTo(quinn, audit))?.projection, 'columns');
  assert.equal(server.rows('select person, record from opened'), [{ person: quinn.session.person, record: audit }]);
});

pull('sends no words for ever because an audit was read while it was recent', async ({ quinn, server }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const audit = await makeAudit(quinn, { auditor: alex.session.person });
  await alex.write(section(audit, 'good', 'what the auditor saw'));
  assert.is((await quinn.ask<OpenReply>(paths.open, { record: audit })).body.record?.projection, 'full');
  await pass(29, { quinn, server });
  assert.is((await sentTo(quinn, audit))?.projection, 'columns');
  assert.is(server.rows('select record from opened').length, 1, 'who read it is still known');
});

pull('sends a moderator no grade of an audit, whatever their roles, and counts exactly that', async ({ quinn }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const here = newId();
  const own = roles(quinn.session.person, grant('qa-lead'), grant('moderator', { services: [here] }));
  await quinn.write({ ...own, base: await rolesOp(quinn) });
  const given = { service: here, auditor: alex.session.person, moderator: quinn.session.person };
  const audit = await makeAudit(quinn, given);
  await alex.write(section(audit, 'inadequate', 'secret words'));
  const page = await quinn.pull();
  const sent = quinn.records.get(audit);
  assert.is(sent?.projection, 'blind');
  assert.equal(Object.keys(sent?.units ?? {}).sort(), ['allocation', 'case']);
  assert.equal(page.total, quinn.total());
  const opened = await quinn.ask<OpenReply>(paths.open, { record: audit });
  assert.not.match(JSON.stringify(opened.body), 'secret words');
  const buckets = await quinn.ask<BucketReply>(paths.bucket, { buckets: [bucketOf(audit as never)] });
  const fetched = await quinn.ask<RecordsReply>(paths.records, { records: [audit] });
  assert.is(buckets.body.records.filter(({ id }) => id === audit).length, 1);
  assert.not.match(JSON.stringify(fetched.body), 'inadequate');
});

pull('answers alike for a record that is absent and one that is another’s', async ({ quinn, server }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const other = await makeAudit(quinn, {});
  for (const record of [other, newId()]) {
    assert.equal((await alex.ask(paths.open, { record })).body, { record: null });
    assert.equal((await alex.ask(paths.records, { records: [record] })).body, { records: [] });
  }
  assert.equal(server.rows('select * from opened'), []);
});

pull('repairs a laptop bucket by bucket: what is missing comes, what is extra goes', async ({ quinn }) => {
  for (let i = 0; i < 40; i += 1) await quinn.write(service(newId(), `Service ${i}`));
  await quinn.pull();
  const [lost] = [...quinn.records.keys()];
  quinn.records.delete(lost ?? '');
  const { body } = await quinn.ask<BucketsReply>(paths.buckets);
  assert.is(
    body.buckets.reduce((sum, { count }) => sum + count, 0),
    quinn.records.size + 1,
  );
  const { body: ids } = await quinn.ask<BucketReply>(paths.bucket, { buckets: [bucketOf(lost as never)] });
  assert.ok(ids.records.some(({ id }) => id === lost));
  const { body: fetched } = await quinn.ask<RecordsReply>(paths.records, { records: [lost] });
  for (const record of fetched.records) quinn.records.set(record.id, record);
  assert.equal((await quinn.pull()).total, quinn.total());
});

pull('answers a repair a page at a time, so that it gets through a thin line', async ({ quinn }) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const made = [];
  for (let n = 0; n < 12; n += 1) {
    const audit = await makeAudit(quinn, { auditor: alex.session.person });
    for (const id of ['a', 'b', 'c']) await alex.write(section(audit, 'good', 'x'.repeat(19_000), id));
    made.push(audit);
  }
  const got = new Set<string>();
  for (let round = 0; round < 3 && got.size < made.length; round += 1) {
    const wanted = made.filter((id) => !got.has(id));
    const { body } = await quinn.ask<RecordsReply>(paths.records, { records: wanted });
    assert.ok(JSON.stringify(body).length < pageLimitBytes + 1024);
    for (const { id } of body.records) got.add(id);
  }
  assert.is(got.size, made.length);
});

pull.run();
