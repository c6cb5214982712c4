/** Damage done to a database by hand, on whichever database the run is on: each is found, named and placed. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import { firstServerHead, nextServerHead, acceptedEntry, epochEntry } from '../../src/domain/server-chain.ts';
import { paths } from '../../src/protocol/sync.ts';
import { hash, newId, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  section,
  service,
  signInAnew,
  startServer,
  team,
  type TestServer,
} from './example.ts';
import { assertSound, verify } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  audit: string;
}

const test = suite<Context>('a verification');

/** Accepted work of two people, an overlap, a group that is held and one that a lead has accepted after all. */
test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const [serviceId, teamId, audit, other] = [newId(), newId(), newId(), newId()];
  await quinn.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [serviceId] }));
  const place = { service: serviceId, team: teamId };
  await quinn.write(caseOf(audit, 'REF-1'), allocation(audit, { auditor: alex.session.person, ...place }));
  await quinn.write(caseOf(other, 'REF-2'), allocation(other, { auditor: quinn.session.person, ...place }));
  await alex.write(section(audit, 'good', 'the first words'));
  await alex.write(section(audit, 'inadequate', 'second thoughts'), section(audit, 'good', 'a plan', 'plan'));
  await alex.write(section(other, 'good', 'not mine'));
  const late = alex.seal([section(other, 'good', 'not mine either', 'plan')]);
  await alex.push(late);
  const groups = late.map(({ device, group }) => ({ device, group }));
  await lee.ask(paths.decide, { groups, what: 'accepted', why: 'agreed by phone' });
  await alex.write(section(audit, 'good', 'third thoughts'));
  // That ends the session of the first laptop.
  const elsewhere = await signInAnew(quinn, alex.session.person);
  await elsewhere.write(section(audit, 'inadequate', 'written on another laptop'));
  Object.assign(context, { server, quinn, alex, audit });
});
test.after.each(({ server }) => server.stop());

const found = async (server: TestServer): Promise<string[]> =>
  (await verify(server)).findings.map(({ kind, place, about }) => `${kind} ${place ?? '-'} ${about}`);

const one = (server: TestServer, sql: string): Record<string, unknown> => {
  const [row] = server.rows(sql);
  if (row === undefined) throw new Error(`Nothing for ${sql}`);
  return row;
};

/** The place of Alex's op of this number, and its id. */
const placeOf = (server: TestServer, { device }: Laptop, seq: number): number =>
  Number(
    one(server, `select place from chain where subject = '${device}' and number = ${seq} and what <> 'let-in'`)[
      'place'
    ],
  );

test('finds nothing in a database that nobody has laid hands on', async ({ server, alex }) => {
  const verified = await verify(server);
  assert.equal(verified.findings, []);
  const [{ ops }] = server.rows('select count(*) as ops from op') as [{ ops: number }];
  // The history, every op, what was let in, and what was decided.
  assert.is(verified.entries, Number(ops) + 3);
  assert.is(verified.tip.place, verified.entries);
  assert.is(server.rows(`select * from chain where what = 'held'`).length, 2);
  assert.is(alex.seq, 6);
});

test('an op whose words were changed is named', async ({ server, alex }) => {
  server.damage(
    `update op set value = replace(value, 'second thoughts', 'other thoughts') where device = '${alex.device}' and seq = 2`,
  );
  assert.equal(await found(server), [`edited ${placeOf(server, alex, 2)} op ${alex.device}:2`]);
});

test('an op whose author, time of receipt, roles or version were changed is named', async ({ server, alex }) => {
  const where = `where device = '${alex.device}' and seq = 1`;
  const before = one(server, `select person, received_ms, roles, version from op ${where}`);
  const place = placeOf(server, alex, 1);
  for (const [set, back] of [
    [`person = '${newId()}'`, `person = '${String(before['person'])}'`],
    [`received_ms = received_ms - 1`, `received_ms = received_ms + 1`],
    [`roles = '[]'`, `roles = '${String(before['roles'])}'`],
    [`version = version + 1`, `version = version - 1`],
    [`accepted = 0`, `accepted = 1`],
  ] as const) {
    server.damage(`update op set ${set} ${where}`);
    const findings = (await verify(server)).findings.filter((finding) => finding.place !== null);
    assert.equal(
      findings.map((finding) => finding.place),
      [place],
      set,
    );
    server.damage(`update op set ${back} ${where}`);
    await assertSound(server);
  }
});

test('an op that was changed with its leaf is named', async ({ server, alex }) => {
  server.damage(`update op set leaf = '${'0'.repeat(64)}' where device = '${alex.device}' and seq = 2`);
  assert.ok((await found(server)).includes(`edited ${placeOf(server, alex, 2)} op ${alex.device}:2`));
});

test('an op that was taken out is named, alone or with its entry', async ({ server, alex }) => {
  const place = placeOf(server, alex, 2);
  server.damage(`delete from op where device = '${alex.device}' and seq = 2`);
  assert.ok((await found(server)).includes(`deleted ${place} op ${alex.device}:2`));
  server.damage(`delete from chain where place = ${place}`);
  assert.ok((await found(server)).includes(`deleted ${place} the entry of place ${place}`));
  server.damage(`update chain set place = place + 1000 where place > ${place}`);
  server.damage(`update chain set place = place - 1001 where place > 1000`);
  assert.ok((await found(server)).includes(`broken ${place} op ${alex.device}:3`));
});

test('an op that was put in is named, without an entry and with one', async ({ server, alex }) => {
  const seq = alex.seq + 1;
  server.damage(
    `insert into op select authority, device, ${seq}, person, '${newId()}', 1, record, kind, unit, claimed_ms, claimed_count,
     order_ms, order_count, base, settles, value, salt, leaf, prev, received_ms, roles, accepted, version, value_hash
     from op where device = '${alex.device}' and seq = 1`,
  );
  assert.ok((await found(server)).includes(`inserted - op ${alex.device}:${seq}`));
  const place = placeOf(server, alex, 3);
  const authority = String(one(server, 'select id from authority')['id']);
  server.damage(`update chain set place = place + 1000 where place >= ${place}`);
  server.damage(`update chain set place = place - 999 where place >= 1000`);
  server.damage(
    `insert into chain values ('${authority}', ${place}, 'accepted', '${alex.device}', ${seq}, '${'1'.repeat(64)}')`,
  );
  const said = await found(server);
  assert.ok(
    said.some((each) => each.endsWith(`${place} op ${alex.device}:${seq}`)),
    said.join('\n'),
  );
});

test('an entry that was put in between sound ones is named as put in', async ({ server, alex }) => {
  const place = placeOf(server, alex, 3);
  const authority = String(one(server, 'select id from authority')['id']);
  server.damage(`update chain set place = place + 1000 where place >= ${place}`);
  server.damage(`update chain set place = place - 999 where place >= 1000`);
  server.damage(
    `insert into chain values ('${authority}', ${place}, 'accepted', '${alex.device}', 1, '${'1'.repeat(64)}')`,
  );
  const said = await found(server);
  assert.ok(said.includes(`inserted ${place} op ${alex.device}:1`), said.join('\n'));
});

test('entries that were moved are named', async ({ server, alex }) => {
  const [a, b] = [placeOf(server, alex, 1), placeOf(server, alex, 3)];
  const swap = (): void => {
    server.damage(`update chain set place = 100000 where place = ${a}`);
    server.damage(`update chain set place = ${a} where place = ${b}`);
    server.damage(`update chain set place = ${b} where place = 100000`);
  };
  swap();
  assert.equal(
    (await found(server)).sort(),
    [`moved ${a} op ${alex.device}:3`, `moved ${b} op ${alex.device}:1`].sort(),
  );
  swap();
  await assertSound(server);
  // The heads stay, and what stands at them is exchanged.
  server.damage(`update chain set number = 4 - number where place in (${a}, ${b})`);
  assert.equal(
    (await found(server)).sort(),
    [`moved ${a} op ${alex.device}:3`, `moved ${b} op ${alex.device}:1`].sort(),
  );
});

test('a head that was changed is named, and its neighbours are not', async ({ server, alex }) => {
  const place = placeOf(server, alex, 2);
  server.damage(`update chain set head = '${'2'.repeat(64)}' where place = ${place}`);
  assert.equal(await found(server), [`broken ${place} op ${alex.device}:2`]);
});

test('a record that does not follow from its ops is named with its unit', async ({ server, audit }) => {
  server.damage(`update record set units = replace(units, 'a plan', 'no plan') where id = '${audit}'`);
  assert.equal(await found(server), [`edited - record ${audit}, unit section:plan`]);
});

test('what a record is found by, its digest and its versions are named', async ({ server, audit }) => {
  const before = one(server, `select team, digest, version, blind from record where id = '${audit}'`);
  assert.is(before['blind'], null);
  for (const [set, back] of [
    [`team = '${newId()}'`, `team = '${String(before['team'])}'`],
    [`digest = '${'0'.repeat(32)}'`, `digest = '${String(before['digest'])}'`],
    [`blind = '${'0'.repeat(32)}'`, 'blind = null'],
  ] as const) {
    server.damage(`update record set ${set} where id = '${audit}'`);
    assert.equal(await found(server), [`edited - record ${audit}`], set);
    server.damage(`update record set ${back} where id = '${audit}'`);
  }
  const version = Number(before['version']);
  server.damage(`update version set head = '${'0'.repeat(64)}' where version = ${version - 1}`);
  assert.ok((await found(server)).includes(`edited - version ${version - 1}`));
});

test('a record that is gone, and a device that was set back, are named', async ({ server, alex, audit }) => {
  server.damage(`delete from record where id = '${audit}'`);
  server.damage(`update device set seq = seq - 1 where device = '${alex.device}'`);
  assert.equal((await found(server)).sort(), [`deleted - record ${audit}`, `edited - device ${alex.device}`].sort());
});

test('a held op that vanished from the list, and a decision that was changed, are named', async ({ server, alex }) => {
  server.damage(`delete from held where state = 'undecided'`);
  assert.equal(await found(server), [`edited - what became of op ${alex.device}:4`]);
  server.damage(`update decision set why = 'nobody was asked'`);
  const { grp } = one(server, 'select grp from decision');
  const said = await found(server);
  assert.ok(
    said.some((each) => each.startsWith('edited ') && each.endsWith(`decision ${alex.device}/${String(grp)}`)),
    said.join('\n'),
  );
});

const anchorNow = async (server: TestServer) => {
  const { tip, epochs } = await verify(server);
  return { epoch: epochs.at(-1)?.epoch ?? '', ...tip, at: '2026-05-04T10:00:00.000Z' };
};

/** Takes out the newest op of Alex's as if it had never come: everything that is left fits. */
function cutTail(server: TestServer, { device, seq }: Laptop): void {
  const { version, record, prev } = one(
    server,
    `select version, record, prev from op where device = '${device}' and seq = ${seq}`,
  );
  server.damage(`delete from chain where subject = '${device}' and number = ${seq}`);
  server.damage(`delete from op where device = '${device}' and seq = ${seq}`);
  server.damage(`update device set seq = ${seq - 1}, head = '${String(prev)}' where device = '${device}'`);
  server.damage(`delete from version where version = ${Number(version)}`);
  const { head } = one(server, `select head from version where version = ${Number(version) - 1}`);
  server.damage(`update authority set version = ${Number(version) - 1}, head = '${String(head)}'`);
  server.damage(`delete from record where id = '${String(record)}'`);
}

test('a tail that was cut off without a trace shows beside an anchor, and only there', async ({ server, quinn }) => {
  const early = await anchorNow(server);
  // A record of its own, so that nothing else speaks of it.
  const lone = newId();
  await quinn.write(service(lone, 'Early Help'));
  const late = await anchorNow(server);
  cutTail(server, quinn);
  await assertSound(server);
  const { findings, anchors } = await verify(server, [late, early]);
  assert.equal(
    findings.map(({ kind, place }) => ({ kind, place })),
    [{ kind: 'cut', place: early.place + 1 }],
  );
  assert.equal(anchors.fits, early);
  // Something else in its place is a rewrite.
  assert.is((await quinn.write(service(newId(), 'Another'))).problem?.kind, 'chain');
  quinn.seq -= 2;
  quinn.head = String(one(server, `select head from device where device = '${quinn.device}'`)['head']);
  await quinn.write(service(newId(), 'Another'));
  assert.equal(
    (await verify(server, [early, late])).findings.map(({ kind, place }) => ({ kind, place })),
    [{ kind: 'rewritten', place: early.place + 1 }],
  );
});

/** Gives every entry the head that it would have had: as somebody who knows how it is made would. */
function rewriteChain(server: TestServer): void {
  const { id } = one(server, 'select id from authority');
  let head = firstServerHead(hash, id as never);
  for (const row of server.rows(
    `select c.place, c.what, c.subject, c.number, o.leaf, o.received_ms, o.roles, o.version, o.order_ms, o.order_count
     from chain c left join op o on o.device = c.subject and o.seq = c.number order by c.place`,
  )) {
    const subject = String(row['subject']);
    const received = {
      device: subject,
      seq: Number(row['number']),
      leaf: String(row['leaf']),
      receivedMs: Number(row['received_ms']),
      roles: String(row['roles']),
    };
    const stamp = { ms: Number(row['order_ms']), count: Number(row['order_count']) };
    const entry =
      row['what'] === 'epoch'
        ? epochEntry(subject)
        : acceptedEntry(received, { version: Number(row['version']), stamp });
    head = nextServerHead(hash, head, entry);
    server.damage(`update chain set head = '${head}' where place = ${Number(row['place'])}`);
  }
}

test('a whole rewrite that fits in itself shows beside an anchor, and only there', async () => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const first = await anchorNow(server);
  await quinn.write(service(newId(), 'Assessment'));
  const second = await anchorNow(server);
  await quinn.write(service(newId(), 'Early Help'));
  const third = await anchorNow(server);
  const { device, seq } = quinn;
  server.damage(`update op set received_ms = received_ms + 1 where device = '${device}' and seq = ${seq - 1}`);
  assert.is((await verify(server)).findings.length, 1);
  rewriteChain(server);
  await assertSound(server);
  const { findings, anchors } = await verify(server, [first, second, third]);
  assert.equal(
    findings.map(({ kind, place }) => ({ kind, place })),
    [{ kind: 'rewritten', place: first.place + 1 }],
  );
  assert.equal(anchors.fits, first);
  await server.stop();
});

/** A damage, and the places of which one at least must be named; null for what has no place. */
interface Damage {
  readonly sql: readonly string[];
  readonly places: readonly number[] | null;
}

test('random damage is always found, and near its place', async ({ server }) => {
  const places = server
    .rows(`select c.place, c.subject, c.number from chain c where c.what = 'accepted' order by c.place`)
    .map((row) => ({ place: Number(row['place']), device: String(row['subject']), seq: Number(row['number']) }));
  const columns = ['value', 'salt', 'leaf', 'person', 'record', 'unit', 'grp', 'roles', 'kind'];
  const at = fc.constantFrom(...places);
  const damage: fc.Arbitrary<Damage> = fc.oneof(
    fc.record({ at, column: fc.constantFrom(...columns) }).map(({ at: { place, device, seq }, column }) => ({
      sql: [`update op set ${column} = ${column} || 'x' where device = '${device}' and seq = ${seq}`],
      places: [place],
    })),
    fc
      .record({ at, column: fc.constantFrom('received_ms', 'order_ms', 'order_count', 'version', 'claimed_ms') })
      .map(({ at: { place, device, seq }, column }) => ({
        sql: [`update op set ${column} = ${column} + 1 where device = '${device}' and seq = ${seq}`],
        places: [place],
      })),
    at.map(({ place, device, seq }) => ({
      sql: [`delete from op where device = '${device}' and seq = ${seq}`],
      places: [place],
    })),
    // The last has nothing behind it that would miss it; its op is found in no place.
    at.map(({ place }) => ({
      sql: [`delete from chain where place = ${place}`],
      places: place === places.at(-1)?.place ? null : [place],
    })),
    at.map(({ place }) => ({
      sql: [`update chain set head = '${'3'.repeat(64)}' where place = ${place}`],
      places: [place],
    })),
    fc
      .tuple(at, at)
      .filter(([a, b]) => a.place !== b.place)
      .map(([a, b]) => ({
        sql: [
          `update chain set place = 100000 where place = ${a.place}`,
          `update chain set place = ${a.place} where place = ${b.place}`,
          `update chain set place = ${b.place} where place = 100000`,
        ],
        places: [a.place, b.place],
      })),
    fc.constantFrom('record', 'version', 'device').map((table) => ({
      sql: [`update ${table} set ${table === 'record' ? 'digest' : 'head'} = 'x'`],
      places: null,
    })),
  );
  const tables = ['op', 'chain', 'record', 'version', 'device'];
  server.damage(tables.map((table) => `create table kept_${table} as select * from ${table}`).join('; '));
  const putBack = tables
    .map((table) => `delete from ${table}; insert into ${table} select * from kept_${table}`)
    .join('; ');
  await fc.assert(
    fc.asyncProperty(damage, async ({ sql, places: expected }) => {
      server.damage(sql.join('; '));
      const { findings } = await verify(server);
      server.damage(putBack);
      assert.ok(findings.length > 0, `${sql.join('; ')} was not found`);
      const named = findings.flatMap(({ place }) => (place === null ? [] : [place]));
      if (expected !== null)
        assert.ok(
          named.length > 0 && named.every((place) => expected.some((near) => Math.abs(place - near) <= 1)),
          `${sql.join('; ')} was found at ${named.join(', ')}`,
        );
    }),
    { numRuns: 30 },
  );
  await assertSound(server);
});

test.run();
