/** A laptop tells that its browser has lost work: the log names it by ids and counts, and nothing is taken back for it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { paths } from '../../src/protocol/sync.ts';
import { addPerson, firstQaLead, grant, startServer, type TestServer } from './example.ts';

const test = suite<{ server: TestServer }>('a loss told of');
test.before.each(async (context) => {
  context.server = await startServer();
});
test.after.each(({ server }) => server.stop());

const loss = (device: string) => ({
  ...{ cause: 'newest', from: 121, to: 200, unsent: 3, sinceMs: 1, untilMs: 2, foundMs: 3 },
  ...{ device, seq: 197, head: 'a'.repeat(64) },
});

test('is logged with its numbers, under the person whose session it is', async ({ server }) => {
  const alex = await addPerson(await firstQaLead(server), 'Alex', grant('auditor'));
  // Its first contact is written down; the loss is not.
  await alex.pull();
  const before = server.dump();
  const { problem } = await alex.ask(paths.loss, { loss: loss(alex.device) });
  assert.is(problem, undefined);
  const line = server.log.find((one) => one.includes('laptop-lost-work'));
  const { at: _at, ...said } = JSON.parse(line ?? '{}') as Record<string, unknown>;
  assert.equal(said, {
    event: 'laptop-lost-work',
    person: alex.session.person,
    device: alex.device,
    cause: 'newest',
    from: 121,
    to: 200,
    unsent: 3,
    seq: 197,
  });
  assert.is(server.dump(), before);
});

test('is not taken in another shape', async ({ server }) => {
  const quinn = await firstQaLead(server);
  const bad = [{}, { ...loss(quinn.device), unsent: -1 }, { ...loss(quinn.device), cause: 'a name' }];
  for (const one of bad) assert.is((await quinn.ask(paths.loss, { loss: one })).problem?.kind, 'bad-request');
  assert.not.match(server.log.join(''), 'laptop-lost-work');
});

test.run();
