/** Whoever reads figures of others is told of changes that a restore lost and that may be missing in them (FAULTS 34, 47). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { noteRestored, regatherMs } from '../../server/db/restored.ts';
import { notBackLimit, paths, type NotBack, type PullReply } from '../../src/protocol/sync.ts';
import { newId, signIn, type Laptop } from './client.ts';
import { addPerson, grant, password, section, startServer } from './example.ts';
import { addReaders, type Readers } from './readers.ts';

type Context = Readers & { bo: Laptop };

const test = suite<Context>('changes that a restore lost, beside the figures');

test.before.each(async (context) => {
  Object.assign(context, await addReaders(await startServer()));
  context.bo = await addPerson(context.quinn, 'Bo', grant('head-of-service', { services: [context.here] }));
});
test.after.each(({ server }) => server.stop());

const restored = ({ server, quinn }: Context): Promise<void> =>
  server.plumbline.server.database.write((tx) => noteRestored(tx, quinn.session.authority, server.clock.ms));

const lost = newId();

/** Another laptop has seen these parts of what Alex had handed in. */
async function tell({ quinn, alex }: Context, ...seen: readonly (readonly [record: string, unit: string])[]) {
  const author = alex.session.person;
  const missing = seen.map(([record, unit], at) => {
    const kind = unit === 'team' ? 'team' : 'audit';
    return { op: `${alex.device}:${alex.seq + 5 + at}`, record, kind, unit, author };
  });
  assert.is((await quinn.ask(paths.missing, { missing })).problem, undefined);
}

async function told({ ask }: Laptop): Promise<NotBack | undefined> {
  const { body, problem } = await ask<PullReply>(paths.pull, { cursor: null });
  assert.is(problem, undefined);
  assert.ok(body.last);
  return body.notBack;
}

test('whoever reads the audit with others’ is told how many and when it was noticed; nobody else is', async (context) => {
  const { server, quinn, alex, lee, bo, olga, audit } = context;
  await restored(context);
  assert.is(await told(quinn), undefined, 'nothing has been told yet');
  await tell(context, [audit, 'section:plan'], [audit, 'section:risk']);
  const noticedMs = server.clock.ms;
  server.clock.ms += 60_000;
  for (const reader of [quinn, lee, bo]) {
    assert.equal(await told(reader), { changes: 2, noticedMs, atMs: server.clock.ms });
  }
  assert.is(await told(olga), undefined, 'a lead elsewhere');
  assert.is(await told(alex), undefined, 'an auditor');
});

test('of an audit that is not here itself every lead is told, since nobody can say whose it was', async (context) => {
  await restored(context);
  await tell(context, [lost, 'case'], [context.audit, 'section:plan']);
  assert.is((await told(context.lee))?.changes, 2);
  assert.is((await told(context.olga))?.changes, 1);
});

test('a place in a chain that nobody has seen may be of anybody’s audit, until somebody has', async (context) => {
  const { quinn, alex, lee, olga, audit } = context;
  await restored(context);
  await alex.ask(paths.known, { cursor: null, acknowledged: alex.seq + 2, devices: [alex.device] });
  await alex.ask(paths.offer, { boxes: [], reached: { seq: alex.seq + 2, head: alex.head } });
  for (const lead of [lee, olga]) assert.is((await told(lead))?.changes, 2);
  const of = { record: audit, kind: 'audit', author: alex.session.person };
  const missing = [
    { op: `${alex.device}:${alex.seq + 1}`, unit: 'section:plan', ...of },
    { op: `${alex.device}:${alex.seq + 2}`, unit: 'section:risk', ...of },
  ];
  assert.is((await quinn.ask(paths.missing, { missing })).problem, undefined);
  assert.is((await told(lee))?.changes, 2, 'now somebody has seen whose it was');
  assert.is(await told(olga), undefined);
});

test('what is written again is missing no more, and what is no audit is in no figure', async (context) => {
  const { server, alex, lee, audit } = context;
  await restored(context);
  await tell(context, [audit, 'section:plan'], [audit, 'section:risk'], [lost, 'team']);
  assert.is((await told(lee))?.changes, 2);
  server.clock.ms += 60_000;
  await alex.write(section(audit, 'good', 'again', 'plan'));
  assert.is((await told(lee))?.changes, 1);
  await alex.write(section(audit, 'good', 'again', 'risk'));
  assert.is(await told(lee), undefined);
});

test('of what nobody can write again it is said for as long as laptops bring it back, of the rest until it is written', async (context) => {
  const { server, lee, olga, audit } = context;
  await restored(context);
  await tell(context, [lost, 'case'], [audit, 'section:plan']);
  server.clock.ms += regatherMs + 1_000;
  for (const { browser, session } of [lee, olga]) await signIn(browser, session.email, password);
  assert.is((await told(lee))?.changes, 1);
  assert.is(await told(olga), undefined);
});

test('no more than 1,000 are counted', async (context) => {
  const { lee, audit } = context;
  await restored(context);
  const many = Array.from({ length: 500 }, () => [audit, 'section:plan'] as const);
  await tell(context, ...many);
  assert.is((await told(lee))?.changes, 500);
  for (const from of [500, 1_000]) {
    await tell({ ...context, alex: { ...context.alex, seq: context.alex.seq + from } }, ...many);
  }
  assert.is((await told(lee))?.changes, notBackLimit);
});

test('what one person alone says of a restore that nothing has shown is told to nobody else', async (context) => {
  const { quinn, lee, audit } = context;
  const answer = await quinn.ask(paths.known, { cursor: null, acknowledged: quinn.seq + 1, devices: [quinn.device] });
  assert.is(answer.problem, undefined);
  await tell(context, [audit, 'section:plan']);
  assert.is((await told(quinn))?.changes, 1, 'their own word counts for them');
  assert.is(await told(lee), undefined);
});

test.run();
