/** What comes in with an import, asked over HTTP: who may bring it, what it must be, and that nothing else gets in that way. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newId, type Edit, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  event,
  firstQaLead,
  grant,
  section,
  service,
  source,
  startServer,
  team,
  type TestServer,
} from './example.ts';
import { assertSound } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  /** An import of Quinn's. */
  file: string;
}

const test = suite<Context>('what comes in with an import');

test.before.each(async (context) => {
  context.server = await startServer();
  context.quinn = await firstQaLead(context.server);
  context.alex = await addPerson(context.quinn, 'Alex', grant('auditor'));
  context.file = newId();
  await context.quinn.write(source(context.file, context.quinn.session.person));
});
test.after.each(async ({ server }) => {
  await assertSound(server);
  await server.stop();
});

const imported = (record: string, file: string): Edit => ({
  record,
  kind: 'audit',
  unit: 'imported',
  value: { import: file, row: '0'.repeat(64), line: 2, day: null },
});

/** One row of a file, as somebody brings it in under the name of an auditor. */
const row = (audit: string, file: string, { session }: Laptop, auditor: string | null = null): Edit[] => [
  caseOf(audit),
  allocation(audit, { auditor }),
  imported(audit, file),
  section(audit, 'good'),
  event(audit, 'submitted', session.person),
];

const outcomes = async (laptop: Laptop, edits: readonly Edit[]): Promise<unknown[]> => {
  const { body } = await laptop.write(...edits);
  return [...new Set(body.results.map((result) => (result.outcome === 'held' ? result.code : 'accepted')))].sort();
};

test('a row may name a team that works across services; whoever allocates an audit may not', async ({
  quinn,
  file,
}) => {
  const [homes, fostering, area] = [newId(), newId(), newId()];
  await quinn.write(service(homes, 'Homes'), service(fostering, 'Fostering'), team(area, 'North', homes));
  const [known, fresh] = [newId(), newId()];
  const elsewhere = (audit: string): Edit => allocation(audit, { auditor: null, service: fostering, team: area });
  const [reference, , ...rest] = row(known, file, quinn);
  assert.ok(reference);
  assert.equal(await outcomes(quinn, [reference, elsewhere(known), ...rest]), ['accepted']);
  assert.equal(await outcomes(quinn, [caseOf(fresh), elsewhere(fresh)]), ['group', 'invalid']);
});

test('a QA lead brings in a graded audit, once, and from then on it is closed', async ({ quinn, alex, file }) => {
  const audit = newId();
  assert.equal(await outcomes(quinn, row(audit, file, quinn, alex.session.person)), ['accepted']);
  assert.equal(await outcomes(quinn, row(audit, file, quinn)), ['group', 'not-allowed']);
  assert.equal(await outcomes(quinn, [section(audit, 'inadequate')]), ['not-allowed']);
  assert.equal(await outcomes(alex, [section(audit, 'inadequate')]), ['closed']);
});

test('a QA lead puts no grades into an audit that its auditor goes on with', async ({ quinn, alex, file, server }) => {
  const open = row(newId(), file, quinn, alex.session.person).filter(({ unit }) => unit !== 'submitted');
  assert.equal(await outcomes(quinn, open), ['group', 'not-allowed']);
  const started = newId();
  await quinn.write(caseOf(started), allocation(started, { auditor: alex.session.person }));
  const before = server.rows('select id, version from record order by id');
  assert.equal(await outcomes(quinn, [imported(started, file)]), ['not-allowed']);
  assert.equal(await outcomes(quinn, row(started, file, quinn, alex.session.person).slice(2)), ['not-allowed']);
  assert.equal(server.rows('select id, version from record order by id'), before);
});

test('an auditor brings in nothing, not even an audit of their own', async ({ alex, file }) => {
  assert.equal(await outcomes(alex, row(newId(), file, alex, alex.session.person)), ['group', 'not-allowed']);
});

test('an audit that names no import, or what is none, is held: nobody could undo it', async ({ quinn, file }) => {
  for (const from of [newId(), quinn.session.person])
    assert.equal(await outcomes(quinn, row(newId(), from, quinn)), ['group', 'invalid']);
  const withIt = newId();
  assert.equal(await outcomes(quinn, [source(withIt, quinn.session.person), ...row(newId(), withIt, quinn)]), [
    'accepted',
  ]);
  assert.equal(await outcomes(quinn, row(newId(), file, quinn)), ['accepted']);
});

test.run();
