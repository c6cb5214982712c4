/** What the server asks of an allocation besides its rights and its schema. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newId, type Edit, type Laptop } from './client.ts';
import { allocation, caseOf, firstQaLead, service, startServer, team, type TestServer } from './example.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
}

const test = suite<Context>('an allocation');

test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
});
test.after.each(({ server }) => server.stop());

const allocate = async ({ write }: Laptop, place: { team: string; service: string }): Promise<unknown> => {
  const audit = newId();
  const { body } = await write(caseOf(audit), allocation(audit, place));
  return body.results.map((result) => (result.outcome === 'held' ? `${result.code} ${result.why}` : 'accepted')).at(-1);
};

test('names a team of its service, as it is or as it was; a team that was never in it is held', async ({ quinn }) => {
  const [early, duty, other, north] = [newId(), newId(), newId(), newId()];
  await quinn.write(service(early, 'Early Help'), service(duty, 'Duty'), service(other, 'Other'));
  await quinn.write(team(north, 'North', early));
  assert.is(await allocate(quinn, { team: north, service: early }), 'accepted');
  assert.is(await allocate(quinn, { team: north, service: duty }), 'invalid team: not of this service');
  const moved: Edit = { ...team(north, 'North', duty), claimed: { ms: Date.now() + 1_000, count: 0 } };
  await quinn.write(moved);
  assert.is(await allocate(quinn, { team: north, service: duty }), 'accepted');
  assert.is(await allocate(quinn, { team: north, service: early }), 'accepted', 'made offline before the team moved');
  assert.is(await allocate(quinn, { team: north, service: other }), 'invalid team: not of this service');
});

test.run();
