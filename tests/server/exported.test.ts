/** A laptop tells that a file was made on it: the log says who, when, what and how much of it, and nothing of what is in it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { paths } from '../../src/protocol/sync.ts';
import { addPerson, firstQaLead, grant, startServer, type TestServer } from './example.ts';

const test = suite<{ server: TestServer }>('a file that was made, told of');
test.before.each(async (context) => {
  context.server = await startServer();
});
test.after.each(({ server }) => server.stop());

const exported = { what: 'audits', rows: 12, namesAuditors: true, atMs: 1_790_000_000_000 };

test('is logged under the person whose session it is, and nothing else follows from it', async ({ server }) => {
  const lee = await addPerson(await firstQaLead(server), 'Lee', grant('team-lead'));
  await lee.pull();
  const before = server.dump();
  assert.is((await lee.ask(paths.exported, { exported: { ...exported, text: 'of a child' } })).problem, undefined);
  const line = server.log.find((one) => one.includes('"exported"'));
  const { at: _at, ...said } = JSON.parse(line ?? '{}') as Record<string, unknown>;
  assert.equal(said, { event: 'exported', person: lee.session.person, device: lee.device, ...exported });
  assert.is(server.dump(), before);
});

test('is not taken in another shape, nor without a session', async ({ server }) => {
  const quinn = await firstQaLead(server);
  for (const bad of [{}, { ...exported, what: 'a name' }, { ...exported, rows: -1 }, { ...exported, atMs: 'now' }])
    assert.is((await quinn.ask(paths.exported, { exported: bad })).problem?.kind, 'bad-request');
  quinn.browser.cookie = undefined;
  assert.is((await quinn.ask(paths.exported, { exported })).problem?.kind, 'signed-out');
  assert.not.match(server.log.join(''), '"exported"');
});

test.run();
