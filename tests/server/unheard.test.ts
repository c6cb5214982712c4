/** Whoever reads figures of others is told of laptops whose work may be missing in them (FAULTS 47). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { paths, type PullReply } from '../../src/protocol/sync.ts';
import { newId, openLaptop, signIn, openBrowser, type Laptop } from './client.ts';
import { addPerson, grant, password, startServer } from './example.ts';
import { addReaders, type Readers } from './readers.ts';

type Context = Readers & { keyring: string };

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const test = suite<Context>('laptops that have not been heard from');

test.before.each(async (context) => {
  Object.assign(context, await addReaders(await startServer()), { keyring: newId() });
  await contact(context, context.alex, 0);
});
test.after.each(({ server }) => server.stop());

const contact = async ({ keyring }: Context, laptop: Laptop, unsent: number): Promise<void> => {
  const { problem } = await laptop.ask(paths.pull, { cursor: null, contact: { keyring, app: '0.1.0', unsent } });
  assert.is(problem, undefined);
};

/** What somebody is told, who signs in for it: long silence has ended their session. */
async function told({ server }: Context, { browser, session, ask }: Laptop) {
  await signIn(browser, session.email, password);
  const { body, problem } = await ask<PullReply>(paths.pull, { cursor: null });
  assert.is(problem, undefined);
  assert.ok(body.last);
  return body.unheard && { ...body.unheard, agoMs: server.clock.ms - body.unheard.sinceMs };
}

test('after four days their lead and a QA lead are told how many, and since when; nobody else is', async (context) => {
  const { server, quinn, lee, olga, alex } = context;
  server.clock.ms += 4 * dayMs - hourMs;
  assert.is(await told(context, lee), undefined, 'a weekend with a bank holiday');
  server.clock.ms += 2 * hourMs;
  for (const reader of [lee, quinn]) {
    const said = await told(context, reader);
    assert.is(said?.laptops, 1);
    assert.equal([said?.agoMs, said?.atMs], [4 * dayMs + hourMs, server.clock.ms]);
  }
  assert.is(await told(context, olga), undefined, 'a lead elsewhere');
  assert.is(await told(context, alex), undefined, 'an auditor');
  assert.is(await told(context, lee), undefined, 'now it has been heard of');
});

test('of two, since when the one that is silent longest', async (context) => {
  const { server, alex, lee } = context;
  server.clock.ms += dayMs;
  const browser = openBrowser(server.address);
  const { body } = await signIn(browser, alex.session.email, password);
  const second = openLaptop(browser, body);
  await second.ask(paths.pull, { cursor: null, contact: { keyring: newId(), app: '0.1.0', unsent: 2 } });
  server.clock.ms += 4 * dayMs + hourMs;
  const said = await told(context, lee);
  assert.equal([said?.laptops, said?.agoMs], [2, 5 * dayMs + hourMs]);
});

test('one that had sent everything is taken for gone after four weeks, one that had not never is', async (context) => {
  const { server, alex, lee } = context;
  server.clock.ms += 29 * dayMs;
  assert.is(await told(context, lee), undefined);
  await signIn(alex.browser, alex.session.email, password);
  await contact(context, alex, 3);
  server.clock.ms += 300 * dayMs;
  assert.is((await told(context, lee))?.laptops, 1);
});

test('one that somebody has said is to be forgotten does not count, nor one that goes on under another name', async (context) => {
  const { server, quinn, alex, lee } = context;
  server.clock.ms += 2 * dayMs;
  const browser = openBrowser(server.address);
  const again = openLaptop(browser, (await signIn(browser, alex.session.email, password)).body);
  await contact(context, again, 0);
  server.clock.ms += 3 * dayMs;
  assert.is(await told(context, lee), undefined, 'the same copy was heard from three days ago');
  server.clock.ms += 2 * dayMs;
  assert.is((await told(context, lee))?.laptops, 1);
  await signIn(quinn.browser, quinn.session.email, password);
  const asked = { device: again.device, form: 'lost', reason: 'handed back' };
  assert.is((await quinn.browser.post(laptopPaths.revoke, asked)).problem, undefined);
  assert.is(await told(context, lee), undefined);
});

test('whoever moderates alone, and a lead of other teams, is not told; whoever leads services and teams is, by either', async (context) => {
  const { server, quinn, here } = context;
  const services = [here];
  const morgan = await addPerson(quinn, 'Morgan', grant('moderator', { services }));
  const both = await addPerson(quinn, 'Bo', grant('team-lead', { services, teams: [newId()] }));
  server.clock.ms += 5 * dayMs;
  assert.is(await told(context, morgan), undefined);
  assert.is((await told(context, both))?.laptops, 1);
});

test.run();
