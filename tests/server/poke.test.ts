/** Pokes: who hears of a change, how soon, and when a stream ends. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sessionStreamLimit, streamLimit } from '../../server/sync/poke.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths, unlockedHeader } from '../../src/protocol/sync.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import { newId, openBrowser, openLaptop, signIn, type Laptop } from './client.ts';
import { beatsIn, listen, pokesIn, until } from './stream.ts';
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
  type TestServer,
} from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
}
const pokes = suite<Context>('pokes');

const pullOf = ({ session: { authority, person }, device }: Laptop) => ({
  protocol: protocolVersion,
  authority,
  person,
  device,
  cursor: null,
});

pokes.before.each(async (context) => {
  context.server = await startServer({ beatMs: 50 });
  context.quinn = await firstQaLead(context.server);
  context.alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
});
pokes.after.each(({ server }) => server.stop());

pokes('say nothing but that there is something, and beat in between', async ({ quinn }) => {
  const stream = await listen(quinn);
  assert.is(stream.status, 200);
  assert.match(stream.type ?? '', 'text/event-stream');
  await quinn.write(service(newId(), 'Early Help'));
  await until('a poke and three beats', () => pokesIn(stream) === 1 && beatsIn(stream) >= 3);
  assert.is(stream.text().replace(/event: (poke|beat)\ndata: -\n\n/g, ''), '');
});

pokes('reach those who may read the change, and nobody else', async ({ quinn, alex }) => {
  const lead = await listen(quinn);
  const auditor = await listen(alex);
  const audit = newId();
  await quinn.write(caseOf(audit), allocation(audit, {}));
  await until('the QA lead is poked', () => pokesIn(lead) === 1);
  const beats = beatsIn(auditor);
  await until('two more beats', () => beatsIn(auditor) > beats + 1);
  assert.is(pokesIn(auditor), 0);
  await quinn.write(allocation(audit, { auditor: alex.session.person }));
  await until('the auditor is poked', () => pokesIn(auditor) === 1);
  await alex.write(section(audit, 'good'));
  await until('both are poked', () => pokesIn(auditor) === 2 && pokesIn(lead) === 3);
});

pokes('reach somebody who has just lost what they could read', async ({ quinn, alex }) => {
  const audit = newId();
  await quinn.write(caseOf(audit), allocation(audit, { auditor: alex.session.person }));
  const stream = await listen(alex);
  await quinn.write(allocation(audit, { auditor: quinn.session.person }));
  await until('a poke for the audit', () => pokesIn(stream) === 1);
  await quinn.write(roles(alex.session.person));
  await until('a poke for the roles', () => pokesIn(stream) === 2);
});

pokes('for what was held reach those who decide about it, and the author once they have', async ({ quinn, alex }) => {
  const [lead, auditor] = [await listen(quinn), await listen(alex)];
  const ops = alex.seal([service(newId(), 'Not allowed')]);
  await alex.push(ops);
  await until('the QA lead is poked', () => pokesIn(lead) === 1);
  const beats = beatsIn(auditor);
  await until('two more beats', () => beatsIn(auditor) > beats + 1);
  assert.is(pokesIn(auditor), 0, 'who pushed it knows');
  const groups = [{ device: alex.device, group: ops[0]?.group }];
  await quinn.ask(paths.decide, { groups, what: 'returned', why: 'Ask me first' });
  await until('the author is poked', () => pokesIn(auditor) === 1);
});

pokes(
  'for many held changes in one push reach nobody whom none of them concerns, and whoever one of them does',
  async ({ quinn, alex }) => {
    const [ours, others, ourTeam] = [newId(), newId(), newId()];
    await quinn.write(service(ours, 'Assessment'), service(others, 'Early Help'));
    const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [ours] }));
    const olga = await addPerson(quinn, 'Olga', grant('team-lead', { services: [others] }));
    const [lead, elsewhere, all] = [await listen(lee), await listen(olga), await listen(quinn)];
    const many = Array.from({ length: 40 }, () => {
      const audit = newId();
      // Nobody chooses their own moderator: held.
      const given = { service: ours, team: ourTeam, auditor: alex.session.person, moderator: alex.session.person };
      return alex.seal([
        caseOf(audit),
        allocation(audit, given),
        ...['a', 'b', 'c'].map((id) => section(audit, 'good', '', id)),
      ]);
    });
    const { body } = await alex.push([...many.flat(), ...alex.seal([service(newId(), 'Not allowed')])]);
    assert.ok(body.results.every(({ outcome }) => outcome === 'held'));
    await until('both leads are poked', () => pokesIn(lead) === 1 && pokesIn(all) === 1);
    const beats = beatsIn(elsewhere);
    await until('two more beats', () => beatsIn(elsewhere) > beats + 1);
    assert.is(pokesIn(elsewhere), 0);
  },
);

pokes('need a session of this person and authority', async ({ quinn, alex, server }) => {
  const stranger = openLaptop(openBrowser(server.address), quinn.session);
  assert.is((await listen(stranger)).status, 401);
  assert.is((await listen(openLaptop(alex.browser, quinn.session))).status, 403);
  assert.is((await listen(openLaptop(alex.browser, { ...alex.session, authority: newId() as never }))).status, 403);
});

pokes('end with the session: signed out, over, or under a new password', async ({ quinn, alex, server }) => {
  const signedOut = await listen(quinn);
  await quinn.browser.post(sessionPaths.signOut, {});
  await signedOut.ended;
  const idle = await listen(alex);
  server.clock.ms += 12 * 60 * 60 * 1000;
  await idle.ended;
});

pokes('keep the newest streams of a session that opens too many, and of its person', async ({ quinn, server }) => {
  const streams = [];
  for (let i = 0; i <= sessionStreamLimit; i += 1) streams.push(await listen(quinn));
  await streams[0]?.ended;
  assert.ok(streams.slice(1).every((stream) => stream.isOpen()));
  while (streams.length <= streamLimit + 1) {
    const elsewhere = openBrowser(server.address);
    await signIn(elsewhere, 'quinn@example.org', password);
    streams.push(await listen(openLaptop(elsewhere, quinn.session)));
  }
  await streams[1]?.ended;
  assert.ok(streams.slice(2).every((stream) => stream.isOpen()));
});

pokes(
  'are for the unlocked copy alone once it has used the session, and one that began before ends',
  async ({ quinn, server }) => {
    const [before, unlocked] = [await listen(quinn), { ...quinn, proof: 'a1'.repeat(32) }];
    const during = await listen(unlocked);
    const pulled = await quinn.browser.post(paths.pull, pullOf(quinn), { [unlockedHeader]: unlocked.proof });
    assert.is(pulled.problem, undefined);
    await before.ended;
    const logged = (): number => server.log.filter((line) => line.includes('locked-session-refused')).length;
    // An older build shows nothing, and asks again and again: that is no sign of a copied cookie.
    for (const [proof, lines] of [
      [undefined, 0],
      ['b2'.repeat(32), 1],
      ['no proof', 2],
    ] as const) {
      const { status, type } = await listen({ ...quinn, proof });
      assert.equal([status, type, logged()], [401, 'application/json; charset=utf-8', lines]);
    }
    const after = await listen(unlocked);
    const beats = beatsIn(after);
    await until('two more beats', () => beatsIn(after) > beats + 1);
    assert.ok(during.isOpen() && after.isOpen());
  },
);

pokes('keep nobody who has left before the stream began', async ({ quinn, server }) => {
  const { app, server: parts } = server.plumbline;
  const database: { read: typeof parts.database.read } = parts.database;
  const { read } = database;
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  database.read = async (work) => held.then(() => read(work));
  const { authority, person } = quinn.session;
  const url = new URL(`${paths.pokes}?authority=${authority}&person=${person}`, server.address);
  const asked = once(app.server, 'request') as Promise<[IncomingMessage]>;
  const leaving = request(url, { agent: false, headers: { cookie: quinn.browser.cookie ?? '' } });
  leaving.on('error', () => undefined).end();
  const [{ socket }] = await asked;
  const gone = once(socket, 'close');
  leaving.destroy();
  await gone;
  goOn();
  database.read = read;
  const stream = await listen(quinn);
  await until('two beats', () => beatsIn(stream) >= 2);
  assert.is(parts.listeners.all().length, 1);
});

pokes('look up a session once a beat, however many streams it has', async ({ quinn, server }) => {
  const { database: made } = server.plumbline.server;
  const database: { read: typeof made.read } = made;
  const { read } = database;
  const streams = [];
  for (let i = 0; i < sessionStreamLimit; i += 1) streams.push(await listen(quinn));
  const [first] = streams;
  if (first === undefined) throw new Error('No stream');
  const beats = beatsIn(first);
  let reads = 0;
  database.read = (work) => {
    reads += 1;
    return read(work);
  };
  await until('five more beats', () => beatsIn(first) >= beats + 5);
  database.read = read;
  const seen = beatsIn(first) - beats;
  // One beat may have been on its way when the counting began, another may be when it ends.
  assert.ok(reads >= seen - 1 && reads <= 2 * seen, `${reads} reads in ${seen} beats`);
});

pokes('are paced as other requests are, by person', async (context) => {
  await context.server.stop();
  const limits = {
    perAccount: 1000,
    perAddress: 1000,
    firstWaitMs: 15_000,
    ...{ newLaptops: 1000, perAddressMinute: 1000, keptBytesDay: 1e12 },
  };
  context.server = await startServer({ tryLimits: { ...limits, perPersonMinute: 30 } });
  const quinn = await firstQaLead(context.server);
  const statuses = [];
  for (let i = 0; i <= 30; i += 1) statuses.push((await listen(quinn)).status);
  assert.is(statuses[0], 200);
  assert.is(statuses.at(-1), 429);
});

pokes('end when the server stops', async ({ quinn, server }) => {
  const stream = await listen(quinn);
  assert.ok(stream.isOpen());
  await server.plumbline.app.close();
  await stream.ended;
});

pokes.run();
