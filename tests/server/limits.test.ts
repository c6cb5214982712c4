/** Every limit of what the server takes, at the limit and one past it (FAULTS S20). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { knownCookie } from '../../server/auth/known-browser.ts';
import { sessionsLimit } from '../../server/auth/sessions.ts';
import { depositLimit } from '../../server/auth/recovery.ts';
import { depthLimit, parseJson } from '../../server/json.ts';
import { pushBodyLimitBytes } from '../../server/routes/sync-routes.ts';
import { decidedMs } from '../../server/sync/held-list.ts';
import { discardLimit } from '../../server/sync/held-own.ts';
import { recordLimitBytes } from '../../server/sync/judge.ts';
import { tryLimits } from '../../server/routes/tries.ts';
import { heldAskLimit, heldToldLimit, type HeldReply } from '../../src/protocol/held.ts';
import { groupLimitBytes, latestMs, settlesLimit } from '../../src/protocol/op.ts';
import { secretMaximum, secretMinimum } from '../../src/domain/secrets.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { parse } from '../../src/protocol/parse.ts';
import { paths, pushRequestSchema } from '../../src/protocol/sync.ts';
import { longTextLimit, shortTextLimit } from '../../src/protocol/text.ts';
import { join, newId, openBrowser, openLaptop, signIn, type Browser, type Edit, type Laptop } from './client.ts';
import { allocation, caseOf, firstQaLead, password, profile, section, service, startServer } from './example.ts';
import { addPerson, event, roles, grant, type TestServer } from './example.ts';
import { everyRequest } from './every-endpoint.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
}
const test = suite<Context>('limits');

test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
});
test.after.each(({ server }) => server.stop());

const kind = async (reply: Promise<{ problem: { kind: string } | undefined }>): Promise<string | undefined> =>
  (await reply).problem?.kind;
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

test('a request may have so many bytes: one more is too large', async ({ server, quinn }) => {
  const { session, device, browser } = quinn;
  const send = async (path: string, bytes: number): Promise<string | undefined> => {
    const whole = { nonce: newId(), protocol: 1, authority: session.authority, person: session.person, device };
    const start = JSON.stringify({ ...whole, cursor: null, ops: [], filler: '' }).slice(0, -2);
    const body = `${start}${'x'.repeat(bytes - start.length - 2)}"}`;
    const headers = { 'content-type': 'application/json', 'x-plumbline': '1', cookie: browser.cookie ?? '' };
    const reply = await fetch(new URL(path, server.address), { method: 'POST', headers, body });
    return ((await reply.json()) as { problem?: { kind: string } }).problem?.kind;
  };
  assert.is(await send(paths.pull, 64 * 1024), undefined);
  assert.is(await send(paths.pull, 64 * 1024 + 1), 'too-large');
  assert.is(await send(paths.push, pushBodyLimitBytes), 'bad-request');
  assert.is(await send(paths.push, pushBodyLimitBytes + 1), 'too-large');
});

test('JSON may be so deep: one more level is refused, and so is any number of them', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  assert.is(parseJson(nested(depthLimit)).ok, true);
  assert.is(parseJson(nested(depthLimit + 1)).ok, false);
  assert.is(parseJson(nested(1_000_000)).ok, false);
});

test('a list in a request may be so long', async ({ quinn }) => {
  const key = () => ({ device: newId(), group: newId() });
  const told = () => ({ ...key(), what: 'discarded', why: 'x', atMs: 1, content: [section(newId(), 'good')] });
  const missing = () => ({ op: `${newId()}:1`, record: newId(), kind: 'audit', unit: 'case', author: newId() });
  const box = (seq: number) => ({ device: quinn.device, seq: seq + 1, box: 'AAAA' });
  const known = { cursor: null, acknowledged: 0 };
  const lists: readonly (readonly [path: string, limit: number, fields: (count: number) => object])[] = [
    [paths.bucket, 256, (count) => ({ buckets: many(count, (i) => (i % 256).toString(16).padStart(2, '0')) })],
    [paths.records, 200, (count) => ({ records: many(count, newId) })],
    [paths.held, heldAskLimit, (count) => ({ told: [], ask: many(count, key) })],
    [paths.held, heldToldLimit, (count) => ({ told: many(count, told), ask: [] })],
    [paths.heldList, heldAskLimit, (count) => ({ limit: count })],
    [paths.decide, heldAskLimit, (count) => ({ groups: many(count, key), what: 'returned', why: 'x' })],
    [paths.outcomes, 2000, (count) => ({ seqs: many(count, (i) => i + 1) })],
    [paths.known, 1000, (count) => ({ ...known, devices: many(count, newId) })],
    [paths.offer, 2000, (count) => ({ boxes: many(count, box) })],
    [paths.missing, 500, (count) => ({ missing: many(count, missing) })],
  ];
  for (const [path, limit, fields] of lists) {
    assert.is(await kind(quinn.ask(path, fields(limit))), undefined, `${path} at ${limit}`);
    assert.is(await kind(quinn.ask(path, fields(limit + 1))), 'bad-request', `${path} at ${limit + 1}`);
  }
});

test('a push may have so many ops, a group so many, an op settle so many', async ({ quinn }) => {
  // So many do not fit into a request's bytes: the schema alone is asked.
  const [op] = fresh(quinn).seal([service(newId(), 'X')]);
  const whole = { nonce: newId(), protocol: 1, authority: quinn.session.authority, person: quinn.session.person };
  const asked = (count: number) =>
    parse(pushRequestSchema, { ...whole, device: quinn.device, ops: many(count, () => op) });
  assert.is.not(asked(2000), null);
  assert.is(asked(2001), null);
  assert.is(asked(0), null);

  const group = (size: number) =>
    quinn.push(openLaptop(quinn.browser, quinn.session).seal([service(newId(), 'X')], { groupSize: size }));
  assert.match((await group(1000)).problem?.kind ?? '', 'bad-request');
  assert.is.not(why(await group(1000)), 'ops.0.groupSize is not as it should be');
  assert.is(why(await group(1001)), 'ops.0.groupSize is not as it should be');

  const settles = (count: number) => many(count, (i) => `${newId()}:${i + 1}` as never);
  assert.is(await kind(fresh(quinn).write({ ...service(newId(), 'X'), settles: settles(settlesLimit) })), undefined);
  assert.is(
    await kind(fresh(quinn).write({ ...service(newId(), 'X'), settles: settles(settlesLimit + 1) })),
    'bad-request',
  );
});

const why = ({ problem }: { problem: { kind: string; why?: string } | undefined }): string | undefined => problem?.why;
const fresh = ({ browser, session }: Laptop): Laptop => openLaptop(browser, session);

test('a group may have so many bytes: one more is held, and the next group goes on', async ({ quinn }) => {
  const record = newId();
  const sized = (bytes: number): Edit => {
    const made = service(record, 'Large');
    const value = { ...made.value, more: '' };
    return { ...made, value: { ...value, more: 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(value))) } };
  };
  const at = await quinn.write(sized(groupLimitBytes));
  assert.is(at.body.results[0]?.outcome, 'accepted');
  const over = await quinn.write(sized(groupLimitBytes + 1));
  assert.equal(
    over.body.results.map(({ outcome, ...rest }) => ({ outcome, why: (rest as { why?: string }).why })),
    [{ outcome: 'held', why: 'the group is too large' }],
  );
  assert.is((await quinn.write(service(newId(), 'Next'))).body.results[0]?.outcome, 'accepted');
});

test('a record may have so many bytes, however many laptops write a part unseen by each other: more is held', async ({
  server,
  quinn,
}) => {
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const audit = newId();
  await quinn.write(caseOf(audit), allocation(audit, { auditor: alex.session.person }));
  const text = 'x'.repeat(20_000);
  const wide = {
    ...section(audit, 'good'),
    value: { ...section(audit, 'good').value, evidence: text, rationale: text, more: text },
  };
  const write = async (laptop: Laptop, ...edits: Edit[]) =>
    (await laptop.write(...edits)).body.results.map((result) =>
      result.outcome === 'held' ? result.why : result.outcome,
    );
  const size = (): number =>
    Buffer.byteLength(String(server.rows(`select units from record where id = '${audit}'`)[0]?.['units']));
  const onHold = { on: true, wholeCase: false, by: quinn.session.person, at: 1, why: 'an inquiry' };
  const held = ['the record is too large'];
  let taken = 0;
  for (; taken < 100; taken += 1) {
    const answer = await write(fresh(alex), wide);
    if (answer[0] !== 'accepted') {
      assert.equal(answer, held);
      break;
    }
  }
  assert.ok(size() <= recordLimitBytes && size() > recordLimitBytes - groupLimitBytes, `${size()} bytes`);
  assert.equal(await write(alex, { ...wide, unit: 'section:other' }), held, 'nor in another part');

  await alex.pull();
  const unit = alex.records.get(audit as never)?.units['section:risk'];
  assert.is(unit?.others.length, taken - 1);
  const settles = unit?.others.slice(0, 30).map(({ op }) => op) ?? [];
  const short = { ...section(audit, 'good', 'shorter'), base: unit?.op ?? null, settles };
  assert.equal(await write(fresh(alex), short), ['accepted'], 'it can be put right');
  for (let i = 0; i < 100 && (await write(fresh(alex), wide))[0] === 'accepted'; i += 1);
  assert.equal(
    await write(quinn, { record: audit, kind: 'audit', unit: 'hold', value: onHold }),
    ['accepted'],
    'kept from being erased',
  );
  assert.equal(
    await write(quinn, event(audit, 'voided', quinn.session.person)),
    ['accepted'],
    'and taken out of every count',
  );
  assert.equal(await write(quinn, service(newId(), 'Next')), ['accepted']);
});

test('a field may be so long: one more character is held', async ({ quinn }) => {
  const text = (length: number): string => 'x'.repeat(length);
  const audit = newId();
  const comesIn = newId();
  const source = (file: string) => ({
    record: newId(),
    kind: 'import' as const,
    unit: 'source',
    value: { file, digest: 'a'.repeat(64), rows: 1, tool: 't@1.0.0', by: quinn.session.person, at: 1, mapping: '' },
  });
  const grants = (count: number) => roles(comesIn, ...many(count, () => grant('auditor')), grant('qa-lead'));
  await quinn.write(profile(comesIn, 'Casey', 'casey@example.test'));
  const fields: readonly (readonly [what: string, limit: number, edit: (length: number) => readonly Edit[]])[] = [
    ['a case reference', 60, (n) => [caseOf(audit, text(n)), allocation(audit, {})]],
    [
      'initials',
      6,
      (n) => [{ ...caseOf(audit), value: { ...caseOf(audit).value, initials: text(n) } }, allocation(audit, {})],
    ],
    ['a reason', shortTextLimit, (n) => [allocation(audit, { exemptionReason: text(n) })]],
    ['a name of a service', 120, (n) => [service(newId(), text(n))]],
    ['a name of a person', 120, (n) => [profile(newId(), text(n), `${newId()}@example.test`)]],
    ['a name of a file', 200, (n) => [source(text(n))]],
    ['roles of a person', 50, (n) => [grants(n - 1)]],
  ];
  for (const [what, limit, edit] of fields) {
    const outcome = async (length: number) => (await quinn.write(...edit(length))).body.results[0]?.outcome;
    assert.is(await outcome(limit), 'accepted', `${what} of ${limit}`);
    assert.is(await outcome(limit + 1), 'held', `${what} of ${limit + 1}`);
  }
});

test('evidence may be so long', async ({ quinn }) => {
  const audit = newId();
  await quinn.write(roles(quinn.session.person, grant('qa-lead'), grant('auditor')));
  await quinn.write(caseOf(audit), allocation(audit, { auditor: quinn.session.person }));
  const write = async (length: number) =>
    (await quinn.write(section(audit, 'good', 'x'.repeat(length)))).body.results[0]?.outcome;
  assert.is(await write(longTextLimit), 'accepted');
  assert.is(await write(longTextLimit + 1), 'held');
});

test('a time ends where a screen could not show a later one, and a number where it could not be read back', async ({
  quinn,
}) => {
  const claimed = (ms: number) => kind(fresh(quinn).write({ ...service(newId(), 'X'), claimed: { ms, count: 0 } }));
  assert.is(await claimed(latestMs), undefined);
  assert.is(await claimed(latestMs + 1), 'bad-request');
  const seq = 999_999_999_999_999;
  const reached = async (last: number) => {
    const laptop = fresh(quinn);
    await laptop.ask(paths.known, { cursor: null, acknowledged: 1, devices: [laptop.device] });
    return kind(laptop.ask(paths.offer, { boxes: [], reached: { seq: last, head: 'a'.repeat(64) } }));
  };
  assert.is(await reached(seq), undefined);
  assert.is(await reached(seq + 1), 'bad-request');
});

test('so much that one person discards unsent is kept in 30 days: more is refused, and what was kept stays', async ({
  server,
  quinn,
}) => {
  const { id } = server.plumbline.server.authority;
  const { person } = quinn.session;
  const content = (bytes: number) => {
    const made = { record: newId(), kind: 'audit', unit: 'case', value: { reference: '' } };
    const reference = 'x'.repeat(bytes - JSON.stringify([made]).length);
    return [{ ...made, value: { reference } }];
  };
  const told = (bytes = 200) => ({
    ...{ device: quinn.device, group: newId(), what: 'discarded', why: 'x', atMs: 1 },
    content: content(bytes),
  });
  const tell = (...all: object[]) => quinn.ask<HeldReply>(paths.held, { told: all, ask: [] });
  const kept = () => Number(server.rows(`select count(*) as count from decision`)[0]?.['count']);
  /** Rows as if the person had told of so many, each with this as its content. */
  const fill = (rows: number, text: string): void => {
    server.damage('delete from decision');
    server.damage(`insert into decision
      (authority, device, grp, number, author, what, by_person, why, at_ms, received_ms, content, salt, hash)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
      select '${id}', 'd', cast(i as text), 1, '${person}', 'discarded', '${person}', '', 1, ${server.clock.ms},
        ${text}, '', '' from n`);
  };

  const before = told();
  assert.is(await kind(tell(before)), undefined);
  fill(discardLimit.groups - 1, `'[]'`);
  const last = told();
  assert.is(await kind(tell(last)), undefined, 'as many groups as there may be');
  assert.is(await kind(tell(told())), 'too-much-discarded', 'one group more');
  assert.is(await kind(tell(last, told())), 'too-much-discarded');
  assert.is(kept(), discardLimit.groups, 'nothing of it');
  assert.is((await tell(last)).body.groups[0]?.decision?.what, 'discarded', 'what is kept is answered as before');
  assert.is(
    await kind(quinn.ask(paths.held, { told: [], ask: [{ device: quinn.device, group: newId() }] })),
    undefined,
  );

  const mebibyte = 1024 * 1024;
  fill(discardLimit.bytes / mebibyte - 1, `replace('${'x'.repeat(1024)}', 'x', '${'é'.repeat(512)}')`);
  for (let i = 0; i < 2; i += 1) assert.is(await kind(tell(told(Math.floor(mebibyte / 3)))), undefined);
  const room = mebibyte - 2 * Math.floor(mebibyte / 3);
  assert.is(await kind(tell(told(room + 1))), 'too-much-discarded', 'one byte more');
  assert.is(await kind(tell(told(room))), undefined, 'as many bytes as there may be');
  assert.is(await kind(tell(told())), 'too-much-discarded');

  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const other = { ...told(), device: alex.device };
  assert.is(await kind(alex.ask(paths.held, { told: [other], ask: [] })), undefined, 'what one does is not another’s');
  server.clock.ms += decidedMs + 1;
  const { body } = await signIn(quinn.browser, quinn.session.email, password);
  const later = openLaptop(quinn.browser, body, quinn.device);
  assert.is(
    await kind(later.ask(paths.held, { told: [told()], ask: [] })),
    undefined,
    'and after 30 days there is room',
  );
});

test('a password has a least and a most length', async ({ server, quinn }) => {
  const invited = async (): Promise<string> => {
    const person = newId();
    await quinn.write(profile(person, 'Casey', `${person}@example.test`), roles(person, grant('auditor')));
    return (await quinn.browser.post<{ link: string }>(sessionPaths.invite, { person })).body.link;
  };
  const joins = async (length: number) =>
    kind(
      join(openBrowser(server.address), await invited(), 'correct horse battery staple '.repeat(9).slice(0, length)),
    );
  assert.is(await joins(secretMinimum - 1), 'weak-password');
  assert.is(await joins(secretMinimum), undefined);
  assert.is(await joins(secretMaximum), undefined);
  assert.is(await joins(secretMaximum + 1), 'bad-request');
});

test('a person may deposit the secrets of so many laptops', async ({ quinn }) => {
  const deposit = () => kind(quinn.ask(sessionPaths.deposit, { keyring: newId(), secret: 'a'.repeat(64) }));
  for (let i = 0; i < depositLimit; i += 1) assert.is(await deposit(), undefined);
  assert.is(await deposit(), 'too-many-laptops');
});

test('a person may ask so often in a minute, in whatever sessions: one more has to wait, and another person need not', async () => {
  const perPersonMinute = 12;
  const server = await startServer({ tryLimits: { ...tryLimits, perPersonMinute } });
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const again = openBrowser(server.address);
  const { body } = await signIn(again, alex.session.email, password);
  const second = openLaptop(again, body);
  const asks = (laptop: Laptop) => kind(laptop.ask(paths.pull, { cursor: null }));
  for (let i = 0; i < perPersonMinute; i += 1) assert.is(await asks(i % 2 === 0 ? alex : second), undefined);
  assert.is(await asks(alex), 'too-many-tries');
  assert.is(await asks(second), 'too-many-tries', 'in another session');
  assert.is(await asks(quinn), undefined, 'another person');
  await server.stop();
});

test('a copied cookie, without the key, keeps its person from nothing', async () => {
  const perPersonMinute = 12;
  const server = await startServer({ tryLimits: { ...tryLimits, perPersonMinute } });
  const quinn = await firstQaLead(server);
  quinn.proof = 'b'.repeat(64);
  await quinn.pull();
  const copied = openBrowser(server.address);
  copied.cookie = quinn.browser.cookie;
  const asks = () => kind(copied.post(sessionPaths.session, {}));
  for (let i = 0; i < perPersonMinute; i += 1) assert.is(await asks(), 'signed-out');
  assert.is(await asks(), 'too-many-tries');
  assert.is(await kind(quinn.ask(paths.pull, { cursor: null })), undefined);
  await server.stop();
});

test('a person may have so many bytes kept: one more has to wait until some have come back, and reading need not', async () => {
  const day = 24 * 60 * 60 * 1000;
  const keptBytesDay = 20_000;
  const server = await startServer({ tryLimits: { ...tryLimits, keptBytesDay } });
  const quinn = await firstQaLead(server);
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const again = openBrowser(server.address);
  const { body } = await signIn(again, alex.session.email, password);
  const second = openLaptop(again, body);
  /** A push of so many bytes, none of which is a change: they count as they come. */
  const push = async ({ browser, device, session }: Laptop, bytes: number) => {
    const whole = { nonce: newId(), protocol: 1, authority: session.authority, person: session.person, device };
    const start = JSON.stringify({ ...whole, cursor: null, ops: second.seal([service(newId(), 'X')]), filler: '' });
    const text = `${start.slice(0, -2)}${'x'.repeat(bytes - start.length)}"}`;
    const headers = { 'content-type': 'application/json', 'x-plumbline': '1', cookie: browser.cookie ?? '' };
    const reply = await fetch(new URL(paths.push, server.address), { method: 'POST', headers, body: text });
    return ((await reply.json()) as { problem?: { kind: string; retryAfterSeconds?: number } }).problem;
  };
  assert.is.not((await push(alex, keptBytesDay / 2))?.kind, 'too-many-tries');
  const over = await push(second, keptBytesDay / 2 + 1);
  assert.equal(over, { kind: 'too-many-tries', retryAfterSeconds: Math.ceil(day / 1000 / keptBytesDay) });
  assert.is.not(
    (await push(second, keptBytesDay / 2))?.kind,
    'too-many-tries',
    'of all sessions together, to the last byte',
  );
  assert.is((await push(alex, 2000))?.kind, 'too-many-tries');
  assert.is(await kind(alex.ask(paths.pull, { cursor: null })), undefined, 'what others wrote still comes');
  assert.is(await kind(quinn.write(service(newId(), 'X'))), undefined, 'another person');
  server.clock.ms += day / 10;
  assert.is.not((await push(alex, keptBytesDay / 10))?.kind, 'too-many-tries', 'a tenth of a day later');
  assert.is((await push(alex, 2000))?.kind, 'too-many-tries');
  await server.stop();
});

test('whatever keeps what it is sent counts', async () => {
  const server = await startServer({ tryLimits: { ...tryLimits, keptBytesDay: 1 } });
  const quinn = await firstQaLead(server);
  const keeping = [
    paths.push,
    paths.offer,
    paths.held,
    paths.missing,
    paths.decide,
    paths.search,
    sessionPaths.deposit,
  ];
  for (const { path, fields } of everyRequest(quinn)) {
    if (path === sessionPaths.signOut) continue;
    const isFull = (await kind(quinn.ask(path, fields))) === 'too-many-tries';
    assert.is(isFull, (keeping as readonly string[]).includes(path), path);
  }
  await server.stop();
});

test('without a session an address may ask so often in a minute, and one that has a session need not wait for it', async () => {
  const perAddressMinute = 9;
  const server = await startServer({ tryLimits: { ...tryLimits, perAddressMinute }, env: { BEHIND_PROXY: '1' } });
  const quinn = await firstQaLead(server);
  const stranger = openBrowser(server.address);
  const device = newId();
  const who = { protocol: 1, authority: quinn.session.authority, person: quinn.session.person, device };
  const asked: readonly (readonly [path: string, fields: object])[] = [
    [laptopPaths.standing, { device, keyring: newId(), acknowledged: 0 }],
    [laptopPaths.gone, { device, keyring: newId(), givenUp: 0 }],
    [sessionPaths.authority, {}],
    [paths.pull, { ...who, cursor: null }],
    [paths.push, { ...who, ops: quinn.seal([service(newId(), 'X')]) }],
  ];
  for (const [n, [path, fields]] of asked.entries()) {
    const from = { 'x-forwarded-for': `198.51.100.${n}`, 'x-plumbline-unlocked': 'a'.repeat(64) };
    const answers: (string | undefined)[] = [];
    for (let i = 0; i < perAddressMinute; i += 1) answers.push(await kind(stranger.post(path, fields, from)));
    assert.not(answers.includes('too-many-tries'), `${path} at the limit`);
    const over = await stranger.post(path, fields, from);
    assert.equal([over.status, over.problem?.kind], [429, 'too-many-tries'], `${path} past it`);
    assert.match(over.headers.get('retry-after') ?? '', /^\d+$/);
    const other = { ...from, 'x-forwarded-for': `203.0.113.${n}` };
    assert.is.not(await kind(stranger.post(path, fields, other)), 'too-many-tries', 'from elsewhere');
    const inside = { ...from, 'x-plumbline-unlocked': '' };
    const pulled = await quinn.browser.post(paths.pull, { ...who, device: quinn.device, cursor: null }, inside);
    assert.is(pulled.problem, undefined, 'with a session, from the same address');
  }
  await server.stop();
});

test('one machine behind an office’s address keeps nobody else there out', async () => {
  const perAddressMinute = 9;
  const server = await startServer({ tryLimits: { ...tryLimits, perAddressMinute }, env: { BEHIND_PROXY: '1' } });
  const quinn = await firstQaLead(server);
  const { person, email, authority } = quinn.session;
  const device = newId();
  const standing = { device, keyring: newId(), acknowledged: 0 };
  const office = { 'x-forwarded-for': '198.51.100.7' };
  const link = (await quinn.browser.post<{ link: string }>(sessionPaths.invite, await invitee(quinn))).body.link;
  const known = (await openBrowser(server.address).post(sessionPaths.signIn, { email, password }, office)).headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(knownCookie))
    ?.split(';')[0];

  const busy = openBrowser(server.address);
  const asks = (browser: Browser, headers = {}) =>
    kind(browser.post(laptopPaths.standing, standing, { ...office, ...headers }));
  for (let i = 0; i < perAddressMinute; i += 1) assert.is(await asks(busy), undefined);
  assert.is(await asks(busy), 'too-many-tries');

  const stranger = openBrowser(server.address);
  assert.is(await kind(stranger.post(sessionPaths.signIn, { email, password }, office)), undefined, 'a new laptop');
  const token = link.slice(link.indexOf('#') + 1);
  assert.is(await kind(openBrowser(server.address).post(sessionPaths.join, { token, password }, office)), undefined);
  const ended = openBrowser(server.address);
  const pull = { protocol: 1, authority, person, device, cursor: null };
  const locked = { ...office, cookie: known ?? '' };
  assert.is(await kind(ended.post(sessionPaths.session, {}, office)), 'signed-out', 'a session that has ended');
  for (let i = 1; i < perAddressMinute; i += 1)
    assert.is(await kind(ended.post(paths.pull, pull, locked)), 'signed-out', 'a known browser, by itself');
  assert.is(await asks(ended, locked), undefined, 'at its own limit');
  assert.is(await asks(ended, locked), 'too-many-tries', 'and past it');
  const name = 'A'.repeat(22);
  const forged = { cookie: `${knownCookie}=${name}${(known ?? '').slice(-43)}` };
  assert.is(await asks(openBrowser(server.address), forged), 'too-many-tries', 'a mark that nobody gave');

  // The sign-in and the joining above were two, and the sign-in by which the browser is known the first.
  const invitation = (headers: Record<string, string>) =>
    kind(openBrowser(server.address).post(sessionPaths.invitation, { token: newId() + newId() }, headers));
  for (let i = 3; i < perAddressMinute; i += 1) assert.is.not(await invitation(office), 'too-many-tries');
  assert.is(await invitation(office), 'too-many-tries', 'the way in has a limit of its own');
  await server.stop();
});

test('whoever signs in again and again in browsers that keep nothing has no more room for it', async () => {
  const perAddressMinute = 9;
  const server = await startServer({ tryLimits: { ...tryLimits, perAddressMinute }, env: { BEHIND_PROXY: '1' } });
  const { email, person } = (await firstQaLead(server)).session;
  const marks = [];
  const tokens = [];
  for (let i = 0; i < sessionsLimit + 5; i += 1) {
    server.clock.ms += 1000;
    const from = { 'x-forwarded-for': `198.51.100.${i}` };
    const { headers, problem } = await openBrowser(server.address).post(sessionPaths.signIn, { email, password }, from);
    assert.is(problem, undefined);
    const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    marks.push(cookies.find((cookie) => cookie.startsWith(`${knownCookie}=`)) ?? '');
    tokens.push(cookies.find((cookie) => !cookie.startsWith(`${knownCookie}=`)) ?? '');
  }
  assert.is(new Set(marks).size, marks.length, 'each is told apart where tries are counted');

  const standing = { device: newId(), keyring: newId(), acknowledged: 0 };
  let answered = 0;
  for (const cookie of marks) {
    const from = { 'x-forwarded-for': '203.0.113.9', cookie };
    if ((await kind(openBrowser(server.address).post(laptopPaths.standing, standing, from))) === undefined)
      answered += 1;
  }
  assert.is(answered, perAddressMinute, 'one person, one count');

  assert.is(server.rows(`select * from session where person = '${person}'`).length, sessionsLimit);
  const isIn = async (cookie = ''): Promise<boolean> =>
    (await openBrowser(server.address).post(sessionPaths.session, {}, { cookie })).problem === undefined;
  assert.equal([await isIn(tokens.at(0)), await isIn(tokens.at(5)), await isIn(tokens.at(-1))], [false, true, true]);
  await server.stop();
});

/** Somebody who is to be invited. */
async function invitee(quinn: Laptop): Promise<{ person: string }> {
  const person = newId();
  await quinn.write(profile(person, 'Casey', `${person}@example.test`), roles(person, grant('auditor')));
  return { person };
}

test.run();
