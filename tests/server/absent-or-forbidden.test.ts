/**
 * What is not there and what is somebody else's are told apart by nothing: at every endpoint that takes an id the status is the
 * same, every byte of the body, and how often the database is asked (FAULTS S18). A person who knows an id learns nothing by it.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../server/db/transact.ts';
import type { Op } from '../../src/domain/record.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import { newId, type Laptop } from './client.ts';
import { everyRequest } from './every-endpoint.ts';
import { everybody, everyWho, idOf, type Everybody, type Who } from './everybody.ts';
import { event, profile, roles, grant, section, startServer, type TestServer } from './example.ts';

interface Context extends Everybody {
  server: TestServer;
  used: { count: number };
  ids: Ids;
}

/** An id of each kind: one of something that is there, and one of nothing. */
interface Ids {
  readonly record: string;
  readonly person: string;
  readonly device: string;
  readonly group: string;
  readonly keyring: string;
  readonly reference: string;
}
const noIds = (): Ids => ({
  record: newId(),
  person: newId(),
  device: newId(),
  group: newId(),
  keyring: newId(),
  reference: 'Z9',
});

const test = suite<Context>('absent or forbidden');
test.before.each(async (context) => {
  context.server = await startServer();
  Object.assign(context, await everybody(context.server));
  const { people, audit } = context;
  const [record, person, keyring] = [newId(), newId(), newId()];
  const quinn = people['the QA lead'];
  await quinn.write(...audit(record));
  await quinn.write(profile(person, 'Sam', 'sam@example.org'), roles(person, grant('qa-lead')));
  const blake = people['another auditor'];
  const [held] = blake.seal([section(record, 'good')]) as [Op];
  await blake.push([held]);
  await blake.browser.post(sessionPaths.deposit, { device: blake.device, keyring, secret: 'a'.repeat(64) });
  context.ids = { record, person, device: held.device, group: held.group, keyring, reference: 'A1' };
  context.used = counting(context.server.plumbline.server.database);
});
test.after.each(({ server }) => server.stop());

/** Counts how often the database is used. */
function counting(database: Database): { count: number } {
  const used = { count: 0 };
  const { read, write } = database;
  const counted =
    (use: (...args: never[]) => unknown) =>
    (...args: never[]): unknown => {
      used.count += 1;
      return use(...args);
    };
  Object.assign(database, { read: counted(read as never), write: counted(write as never) });
  return used;
}

/** What is asked with an id, at each endpoint that takes one of something that may be another's. */
const asked: readonly (readonly [path: string, fields: (ids: Ids) => object])[] = [
  [paths.open, ({ record }) => ({ record })],
  [paths.records, ({ record }) => ({ records: [record] })],
  [paths.held, ({ device, group }) => ({ told: [], ask: [{ device, group }] })],
  [paths.decide, ({ device, group }) => ({ groups: [{ device, group }], what: 'returned', why: 'made up' })],
  [
    paths.missing,
    ({ record, device, person }) => ({
      missing: [{ op: `${device}:1`, record, kind: 'audit', unit: 'overall', author: person }],
    }),
  ],
  [paths.search, ({ reference }) => ({ reference })],
  [paths.disclose, ({ record }) => ({ search: newId(), record, from: 0 })],
  [sessionPaths.invite, ({ person }) => ({ person })],
  [sessionPaths.access, ({ person }) => ({ person, allowed: true })],
  [sessionPaths.resetFactor, ({ person }) => ({ person })],
  [sessionPaths.unlinkCouncil, ({ person }) => ({ person })],
  [sessionPaths.deposited, ({ keyring }) => ({ keyring, mark: 'a'.repeat(64) })],
  [sessionPaths.recover, ({ keyring }) => ({ keyring })],
  [laptopPaths.name, ({ device }) => ({ device, name: 'made up' })],
  [laptopPaths.revoke, ({ device }) => ({ device, form: 'lost', reason: '' })],
  [laptopPaths.standing, ({ keyring }) => ({ keyring, acknowledged: 0 })],
  [laptopPaths.gone, ({ keyring }) => ({ keyring, givenUp: 0 })],
];

/**
 * The others, and why they have nothing to tell: they take no id of another's, or one that nobody can know. How far a device
 * is known is told to whoever knows its id, 128 random bits that come with its ops alone: Regather needs it.
 */
const takesNone: readonly string[] = [
  ...[paths.push, paths.pull, paths.buckets, paths.bucket, paths.heldList, paths.outcomes, paths.known, paths.offer],
  ...[paths.missingList, paths.cube, paths.loss, paths.exported, paths.leave, laptopPaths.list],
  ...[sessionPaths.session, sessionPaths.authority, sessionPaths.invitation, sessionPaths.join, sessionPaths.noticed],
  ...[sessionPaths.accounts, sessionPaths.beginFactor, sessionPaths.confirmFactor, sessionPaths.removeFactor],
  ...[sessionPaths.deposit, sessionPaths.signIn, sessionPaths.signOut, sessionPaths.changePassword],
];

/** Who may nothing of what the ids are of. */
const outsiders: readonly Who[] = everyWho.filter(
  (who) =>
    ![
      'the auditor',
      'another auditor',
      'the moderator',
      'the team lead',
      'the head of service',
      'the QA lead',
    ].includes(who),
);

/** Status, body and uses of the database, with the ids that were asked with taken out. */
async function answerTo(
  { browser, session, device }: Laptop,
  context: Context,
  path: string,
  fields: object,
  ids: Ids,
) {
  const who = { protocol: protocolVersion, authority: session.authority, person: session.person, device };
  // A person's own endpoints name whom they are about in the same field.
  const body = { nonce: 'b'.repeat(32), ...who, ...fields };
  context.used.count = 0;
  const response = await fetch(new URL(path, browser.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-plumbline': '1', cookie: browser.cookie ?? '' },
    body: JSON.stringify(body),
  });
  let text = await response.text();
  for (const [name, id] of Object.entries(ids)) text = text.replaceAll(id as string, name);
  return { status: response.status, text, uses: context.used.count };
}

test('every endpoint is here, with an id or among those that take none', ({ people }) => {
  const known = [...asked.map(([path]) => path), ...takesNone];
  for (const { path } of everyRequest(people['the QA lead'])) assert.ok(known.includes(path), path);
});

test('what is another’s and what is not there are answered with the same bytes, by the same way', async (context) => {
  for (const who of outsiders) {
    const laptop = context.people[who];
    // With its first contact of a day the server notes that it was there.
    await laptop.pull();
    for (const [path, fields] of asked) {
      // Every laptop is theirs to revoke.
      if (who === 'the administrator' && path === laptopPaths.revoke) continue;
      const absent = noIds();
      const [forbidden, nothing] = [
        await answerTo(laptop, context, path, fields(context.ids), context.ids),
        await answerTo(laptop, context, path, fields(absent), absent),
      ];
      assert.equal(forbidden, nothing, `${who} ${path}`);
    }
  }
});

test('a change of what is another’s, closed or not there is held with the same words', async (context) => {
  const { people, audit } = context;
  const [quinn, alex] = [people['the QA lead'], people['the auditor']];
  const [open, submitted, voided] = [newId(), newId(), newId()];
  for (const id of [open, submitted, voided]) await quinn.write(...audit(id));
  await alex.write(section(submitted, 'good'), event(submitted, 'submitted', idOf(alex)));
  await quinn.write(event(voided, 'voided', idOf(quinn)));
  for (const who of [...outsiders, 'another auditor'] as const) {
    const laptop = people[who];
    const answers = [];
    for (const id of [open, submitted, voided, newId()]) {
      const { status, body } = await laptop.write(section(id, 'good'));
      answers.push([status, body.results.map((result) => ({ ...result, seq: 0 }))]);
    }
    for (const answer of answers) assert.equal(answer, answers[0], who);
  }
});

test('somebody else’s name, device or authority in a change is refused, logged, and leaves nothing', async (context) => {
  const { people, ids, server } = context;
  const [blake, alex] = [people['another auditor'], people['the auditor']];
  const before = server.rows('select * from op').length;
  const kindOf = async (header: object): Promise<string | undefined> => {
    const { seq, head } = blake;
    const ops = blake.seal([section(ids.record, 'good')], header);
    Object.assign(blake, { seq, head });
    return (await blake.push(ops)).problem?.kind;
  };
  const other = newId();
  assert.is(await kindOf({ person: idOf(alex) }), 'wrong-person');
  assert.is(await kindOf({ authority: other }), 'wrong-authority');
  assert.is(await kindOf({ device: alex.device }), 'bad-request');
  const named = (fields: object) => blake.push(blake.seal([section(ids.record, 'good')]), fields);
  assert.is((await named({ person: idOf(alex) })).problem?.kind, 'wrong-person');
  assert.is((await named({ authority: other })).problem?.kind, 'wrong-authority');
  const asAlex = await blake.ask(paths.push, { device: alex.device, ops: blake.seal([section(ids.record, 'good')]) });
  assert.ok(['bad-request', 'wrong-person'].includes(asAlex.problem?.kind ?? ''), asAlex.problem?.kind);
  assert.is(server.rows('select * from op').length, before);
  assert.ok(server.log.filter((line) => line.includes('"refused"')).length >= 6);
});

test.run();
