/** The push algorithm, step by step, asked over HTTP by laptops made by hand. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstHead } from '../../src/domain/chain.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { newId, openLaptop, hash, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  event,
  firstQaLead,
  grant,
  profile,
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
  alex: Laptop;
  /** An audit allocated to Alex. */
  audit: string;
}

const push = suite<Context>('push');

push.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
  context.alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
  context.audit = newId();
  await context.quinn.write(caseOf(context.audit), allocation(context.audit, { auditor: context.alex.session.person }));
  // What is looked at below is what becomes of a push, not of a first contact.
  await context.alex.pull();
});
push.after.each(({ server }) => server.stop());

push('answers how far it has come, the head there, and version and stamp of each op', async ({ alex, audit }) => {
  const { body, problem } = await alex.write(section(audit, 'good'), section(audit, 'good', '', 'plan'));
  assert.is(problem, undefined);
  assert.is(body.acceptedTo, 2);
  assert.is(body.head, alex.head);
  assert.equal(
    body.results.map(({ seq, outcome }) => [seq, outcome]),
    [
      [1, 'accepted'],
      [2, 'accepted'],
    ],
  );
  const versions = body.results.map((result) => (result.outcome === 'accepted' ? result.version : null));
  assert.is(versions[0], versions[1], 'one version for one record in one group');
});

push(
  'answers a batch sent again with what was answered first, and changes nothing',
  async ({ alex, audit, server }) => {
    const ops = [...alex.seal([section(audit, 'good')]), ...alex.seal([section(newId(), 'good')])];
    const first = await alex.push(ops);
    const before = server.dump();
    const again = await alex.push(ops);
    assert.equal(again.body, first.body);
    assert.is(server.dump(), before);
  },
);

push('takes the rest of a batch of which only the reply to the first part was lost', async ({ alex, audit }) => {
  const first = alex.seal([section(audit, 'good')]);
  await alex.push(first);
  const second = alex.seal([section(audit, 'inadequate')]);
  const { body } = await alex.push([...first, ...second]);
  assert.is(body.acceptedTo, 2);
  assert.is(body.results.length, 2);
});

push('answers a first part of what it received already with the head of that part', async ({ alex, audit }) => {
  const first = alex.seal([section(audit, 'good')]);
  const { head } = alex;
  await alex.push([...first, ...alex.seal([section(audit, 'inadequate')])]);
  const { body } = await alex.push(first);
  assert.is(body.acceptedTo, 1);
  assert.is(body.head, head);
  assert.is(body.results.length, 1);
});

push('calls other content under a received number a fork', async ({ alex, audit }) => {
  const copy = openLaptop(alex.browser, alex.session, alex.device);
  await alex.write(section(audit, 'good'));
  const { problem } = await copy.write(section(audit, 'inadequate'));
  assert.equal(problem, { kind: 'forked' });
});

push('says where the chain stands when ops are missing before a batch', async ({ alex, audit }) => {
  await alex.write(section(audit, 'good'));
  const head = alex.head;
  alex.seal([section(audit, 'good', 'lost')]);
  const { problem } = await alex.push(alex.seal([section(audit, 'inadequate')]));
  assert.equal(problem, { kind: 'chain', seq: 1, head });
});

push('says where the chain stands when the next op follows another one than ours', async ({ alex, audit }) => {
  await alex.write(section(audit, 'good'));
  const copy = openLaptop(alex.browser, alex.session, alex.device);
  copy.seal([section(audit, 'good', 'other')]);
  const { problem } = await copy.push(copy.seal([section(audit, 'inadequate')]));
  assert.equal(problem, { kind: 'chain', seq: 1, head: alex.head });
});

push('says that it knows nothing yet of a new device that does not begin at one', async ({ alex, audit }) => {
  alex.seal([section(audit, 'good')]);
  const { problem } = await alex.push(alex.seal([section(audit, 'good')]));
  assert.equal(problem, { kind: 'chain', seq: 0, head: firstHead(hash, alex.device) });
});

push('stores nothing of a batch in which one leaf does not fit', async ({ alex, audit, server }) => {
  const ops = [...alex.seal([section(audit, 'good')]), ...alex.seal([section(audit, 'inadequate', 'words')])];
  const before = server.dump();
  const forged = ops.map((op, i) => (i === 1 ? { ...op, value: { ...op.value, evidence: 'other words' } } : op));
  const { problem } = await alex.push(forged);
  assert.is(problem?.kind, 'bad-request');
  assert.is(server.dump(), before);
});

const broken: [string, (laptop: Laptop, audit: string) => ReturnType<Laptop['seal']>][] = [
  [
    'whose numbers skip one',
    (a, audit) => [...a.seal([section(audit, 'good')]), ...((a.seq += 1), a.seal([section(audit, 'good')]))],
  ],
  ['with half a group', (a, audit) => a.seal([section(audit, 'good'), section(audit, 'good', '', 'plan')]).slice(0, 1)],
  [
    'with a number no JSON text should hold',
    (a, audit) => a.seal([section(audit, 'good')]).map((op) => ({ ...op, seq: 1.5 })),
  ],
  ['of another device', (a, audit) => a.seal([section(audit, 'good')], { device: newId() as never })],
];
for (const [what, make] of broken) {
  push(`refuses a batch ${what} and stores nothing`, async ({ alex, audit, server }) => {
    const before = server.dump();
    const { problem } = await alex.push(make(alex, audit));
    assert.is(problem?.kind, 'bad-request');
    assert.is(server.dump(), before);
  });
}

push('refuses ops in another person’s name, or of another authority', async ({ alex, quinn, audit, server }) => {
  const fresh = openLaptop(alex.browser, alex.session);
  await fresh.pull();
  const before = server.dump();
  const asQuinn = await alex.push(alex.seal([section(audit, 'good')], { person: quinn.session.person }));
  assert.equal(asQuinn.problem, { kind: 'wrong-person' });
  const request = await alex.push(alex.seal([section(audit, 'good')]), { person: quinn.session.person });
  assert.equal(request.problem, { kind: 'wrong-person' });
  const elsewhere = await fresh.push(fresh.seal([section(audit, 'good')], { authority: newId() as never }));
  assert.equal(elsewhere.problem, { kind: 'wrong-authority' });
  assert.is(server.dump(), before);
});

push('keeps a device to the person who first used it', async ({ alex, quinn, audit }) => {
  await alex.write(section(audit, 'good'));
  const borrowed = openLaptop(quinn.browser, quinn.session, alex.device);
  const { problem } = await borrowed.write(service(newId(), 'Early Help'));
  assert.equal(problem, { kind: 'wrong-person' });
});

push(
  'holds a value that breaks its schema, an unknown unit and an event in another’s name',
  async ({ alex, quinn, audit }) => {
    const odd = await alex.write({ ...section(audit, 'good'), value: { grade: 'good' } });
    assert.is(odd.body.results[0]?.outcome, 'held');
    const unknown = await alex.write({ ...section(audit, 'good'), unit: 'nonsense' });
    const other = await alex.write(event(audit, 'submitted', quinn.session.person));
    for (const { body } of [odd, unknown, other]) {
      assert.equal(
        body.results.map((result) => (result.outcome === 'held' ? result.code : '')),
        ['invalid'],
      );
    }
  },
);

push(
  'keeps a held op with its content and its reason, and lets the next one through',
  async ({ alex, audit, server }) => {
    const ops = [...alex.seal([section(newId(), 'good', 'not mine')]), ...alex.seal([section(audit, 'good')])];
    const { body } = await alex.push(ops);
    assert.equal(
      body.results.map(({ outcome }) => outcome),
      ['held', 'accepted'],
    );
    const [held] = server.rows('select held.code, op.value from held join op using (authority, device, seq)');
    assert.is(held?.['code'], 'not-allowed');
    assert.match(String(held?.['value']), 'not mine');
  },
);

push('accepts a group whole or holds it whole', async ({ alex, audit, server }) => {
  const before = server.rows('select units from record where id = ' + `'${audit}'`);
  const { body } = await alex.write(section(audit, 'good'), { ...section(audit, 'good', '', 'plan'), value: {} });
  assert.equal(
    body.results.map((result) => (result.outcome === 'held' ? result.code : result.outcome)),
    ['group', 'invalid'],
  );
  assert.equal(server.rows('select units from record where id = ' + `'${audit}'`), before);
});

push('holds what comes after an audit is submitted or voided as closed', async ({ alex, quinn, audit }) => {
  await alex.write(event(audit, 'submitted', alex.session.person));
  const late = await alex.write(section(audit, 'inadequate'));
  const again = await alex.write(event(audit, 'submitted', alex.session.person));
  await quinn.write(event(audit, 'voided', quinn.session.person));
  const voided = await alex.write(section(audit, 'inadequate'));
  for (const { body } of [late, again, voided]) {
    assert.equal(
      body.results.map((result) => (result.outcome === 'held' ? result.code : '')),
      ['closed'],
    );
  }
});

push('holds an event that a group would write twice', async ({ alex, audit }) => {
  const { body } = await alex.write(
    event(audit, 'submitted', alex.session.person),
    event(audit, 'submitted', alex.session.person),
  );
  assert.equal(
    body.results.map((result) => (result.outcome === 'held' ? result.code : '')),
    ['group', 'closed'],
  );
});

push(
  'keeps both versions of a unit that two people changed unseen, until one has looked',
  async ({ quinn, server }) => {
    const other = await addPerson(quinn, 'Robin', grant('qa-lead'));
    const record = newId();
    await quinn.write({ ...service(record, 'Assessment'), claimed: { ms: server.clock.ms, count: 0 } });
    await other.write({ ...service(record, 'Duty and Assessment'), claimed: { ms: server.clock.ms, count: 1 } });
    await other.pull();
    const unit = other.records.get(record)?.units['profile'];
    assert.is(unit?.value['name'], 'Duty and Assessment');
    assert.equal(
      unit?.others.map(({ value }) => value['name']),
      ['Assessment'],
    );
    await other.write({
      ...service(record, 'Assessment'),
      base: unit?.op as never,
      settles: unit?.others.map(({ op }) => op) as never,
    });
    await other.pull();
    assert.equal(other.records.get(record)?.units['profile']?.others, []);
  },
);

push(
  'never orders a stamp more than a minute after its receipt, and keeps the claimed one',
  async ({ alex, audit, server }) => {
    const yearAhead = server.clock.ms + 365 * 24 * 60 * 60 * 1000;
    const { body } = await alex.write({ ...section(audit, 'good'), claimed: { ms: yearAhead, count: 7 } });
    const [result] = body.results;
    assert.equal(result?.outcome === 'accepted' && result.stamp, { ms: server.clock.ms + 60_000, count: 0 });
    const [op] = server.rows(`select claimed_ms, claimed_count from op where device = '${alex.device}'`);
    assert.equal(op, { claimed_ms: yearAhead, claimed_count: 7 });
  },
);

push('writes down the roles a person had on receipt', async ({ alex, audit, server }) => {
  await alex.write(section(audit, 'good'));
  const [op] = server.rows(`select roles from op where device = '${alex.device}'`);
  assert.equal(JSON.parse(String(op?.['roles'])), [['auditor', [], []]]);
});

push(
  'judges by rights now: a role that ends stops the next push, not the work',
  async ({ alex, quinn, audit, server }) => {
    const ops = alex.seal([section(audit, 'good', 'written while offline')]);
    await quinn.write(roles(alex.session.person));
    const { body } = await alex.push(ops);
    assert.equal(
      body.results.map((result) => (result.outcome === 'held' ? result.code : '')),
      ['not-allowed'],
    );
    assert.is(server.rows('select count(*) as n from held')[0]?.['n'], 1);
  },
);

push('lets nobody write another’s audit, take one over, or give themselves a role', async ({ alex, quinn, server }) => {
  const sam = await addPerson(quinn, 'Sam', grant('auditor'));
  const theirs = newId();
  await quinn.write(caseOf(theirs), allocation(theirs, { auditor: sam.session.person }));
  const before = server.rows('select id, version from record order by id');
  const tries = [
    await alex.write(section(theirs, 'good')),
    await alex.write(allocation(theirs, { auditor: alex.session.person })),
    await alex.write(roles(alex.session.person, grant('qa-lead'))),
    await alex.write(profile(alex.session.person, 'The boss', 'boss@example.org')),
    await alex.write(event(theirs, 'voided', alex.session.person)),
    await alex.write(service(newId(), 'Mine')),
    await alex.write({ ...service(theirs, 'Mine') }),
  ];
  for (const { body } of tries) {
    assert.equal(
      body.results.map((result) => (result.outcome === 'held' ? result.code : '')),
      ['not-allowed'],
    );
  }
  assert.equal(server.rows('select id, version from record order by id'), before);
});

push('lets an auditor start an audit for themselves and nobody else', async ({ alex, quinn }) => {
  const [own, other] = [newId(), newId()];
  const mine = await alex.write(caseOf(own), allocation(own, { auditor: alex.session.person }), section(own, 'good'));
  assert.ok(mine.body.results.every(({ outcome }) => outcome === 'accepted'));
  const theirs = await alex.write(caseOf(other), allocation(other, { auditor: quinn.session.person }));
  assert.ok(theirs.body.results.every(({ outcome }) => outcome === 'held'));
});

push('holds the op that would leave nobody as QA lead', async ({ quinn }) => {
  const { body } = await quinn.write(roles(quinn.session.person, grant('auditor')));
  assert.equal(body.results, [{ seq: quinn.seq, outcome: 'held', code: 'invalid', why: 'grants: the last QA lead' }]);
  const other = await addPerson(quinn, 'Robin', grant('qa-lead'));
  const now = await other.write(roles(quinn.session.person, grant('auditor')));
  assert.is(now.body.results[0]?.outcome, 'accepted');
});

push('undoes a group that breaks a rule in the middle of a push, and nothing around it', async ({ quinn, server }) => {
  const [first, second] = [newId(), newId()];
  const { body } = await quinn.push([
    ...quinn.seal([service(first, 'Assessment')]),
    ...quinn.seal([profile(newId(), 'Another Alex', 'alex@example.org'), service(newId(), 'Held with it')]),
    ...quinn.seal([service(first, 'Duty and Assessment')]),
    ...quinn.seal([roles(quinn.session.person, grant('auditor'))]),
    ...quinn.seal([profile(newId(), 'Robin', 'robin@example.org')]),
    ...quinn.seal([service(second, 'Early Help'), service(first, 'Assessment')]),
  ]);
  const outcomes = body.results.map((result) => (result.outcome === 'held' ? result.code : result.outcome));
  assert.equal(outcomes, ['accepted', 'invalid', 'group', 'accepted', 'invalid', 'accepted', 'accepted', 'accepted']);
  const versions = server.rows('select version, record from version order by version');
  assert.equal(
    versions.map(({ version }) => version),
    versions.map((_, i) => i),
  );
  const newest = server.rows('select id, version from record order by version').at(-1);
  assert.equal(newest, { id: first, version: versions.length - 1 });
  assert.is(server.rows('select * from held').length, 3);
  await quinn.pull();
  assert.is(quinn.records.get(first)?.units['profile']?.value['name'], 'Assessment');
  assert.equal(quinn.total(), (await quinn.pull()).total);
});

push('lets nobody make a person of the server’s own pen, which writes as a QA lead', async ({ quinn }) => {
  await quinn.pull();
  const pen = [...quinn.records.values()].find(({ kind }) => kind === 'settings')?.units['authority']?.author ?? '';
  const { body } = await quinn.write(profile(pen, 'Nobody', 'nobody@example.org'));
  assert.equal(
    body.results.map((result) => (result.outcome === 'held' ? result.code : '')),
    ['invalid'],
  );
  const invited = await quinn.browser.post(sessionPaths.invite, { person: pen });
  assert.equal(invited.problem, { kind: 'not-found' });
});

push('holds a second person with an email that signs somebody in already', async ({ quinn }) => {
  const { body } = await quinn.write(profile(newId(), 'Another Alex', 'ALEX@example.org'));
  assert.equal(
    body.results.map((result) => (result.outcome === 'held' ? result.code : '')),
    ['invalid'],
  );
});

push('holds a group that is too large and takes the next; refuses a batch that is', async ({ alex, audit }) => {
  const long = 'x'.repeat(19_000);
  const four = ['a', 'b', 'c', 'd'].map((id) => section(audit, 'good', long, id));
  const { body } = await alex.push([...alex.seal(four)]);
  assert.ok(body.results.every(({ outcome }) => outcome === 'held'));
  const next = await alex.write(section(audit, 'good'));
  assert.is(next.body.results[0]?.outcome, 'accepted');
  const ops = Array.from({ length: 14 }, () => alex.seal([section(audit, 'good', long)])).flat();
  assert.ok(JSON.stringify(ops).length > batchLimitBytes);
  assert.equal((await alex.push(ops)).problem, { kind: 'too-large' });
  assert.is((await alex.push(ops.slice(0, 13))).body.acceptedTo, ops[12]?.seq);
});

push('keeps words that look like SQL as words', async ({ alex, audit, server }) => {
  const words = `a" , "b'); drop table op; --`;
  await alex.write(section(audit, 'good', words));
  await alex.pull();
  assert.is(alex.records.get(audit)?.units['section:risk']?.value['evidence'], words);
  assert.ok(server.rows('select count(*) as n from op')[0]);
});

push('carries unknown fields of a newer build through', async ({ alex, audit }) => {
  const edit = section(audit, 'good');
  await alex.write({ ...edit, value: { ...edit.value, fromTheFuture: { kept: true } } });
  await alex.pull();
  assert.equal(alex.records.get(audit)?.units['section:risk']?.value['fromTheFuture'], { kept: true });
});

push(
  'gives the versions of two laptops that push at once in one unbroken row',
  async ({ alex, quinn, audit, server }) => {
    const batches = Array.from({ length: 6 }, (_, i) => [
      alex.push(alex.seal([section(audit, 'good', String(i))])),
      quinn.write(team(newId(), `Team ${i}`, newId())),
    ]).flat();
    const replies = await Promise.all(batches);
    assert.ok(replies.some(({ problem }) => problem === undefined));
    const versions = server.rows('select version from version order by version').map(({ version }) => version);
    assert.equal(
      versions,
      versions.map((_, i) => i),
    );
  },
);

push.run();
