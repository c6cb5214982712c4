/** The list of what was taken: what goes in, in which order, and that it never keeps a server from starting. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { OpId, PersonId } from '../../src/domain/ids.ts';
import type { DecideReply } from '../../src/protocol/held.ts';
import { paths } from '../../src/protocol/sync.ts';
import { newId, type Laptop } from './client.ts';
import { addPerson, firstQaLead, grant, roles, startServer, type TestServer } from './example.ts';

interface Context {
  dataDir: string;
  server: TestServer;
  quinn: Laptop;
}

const test = suite<Context>('the list of what was taken');

test.before.each(async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-revoked-'));
  const server = await startServer({ dataDir });
  Object.assign(context, { dataDir, server, quinn: await firstQaLead(server) });
});
test.after.each(async ({ server, dataDir }) => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('an old change of roles sent again is listed once, before the one that took them', async (context) => {
  const { quinn, server } = context;
  const robin = newId();
  const given = quinn.seal([roles(robin, grant('auditor'))]);
  await quinn.push(given);
  const taken = await quinn.write(roles(robin));
  assert.is(taken.problem, undefined);
  await quinn.push(given);
  const listed = server.plumbline.server.revoked
    .list()
    .flatMap((each) => (each.kind === 'roles' && each.person === robin ? [each.grants.length] : []));
  assert.equal(listed, [1, 0]);
});

test('roles that a lead takes on another’s behalf are listed as taken', async (context) => {
  const { quinn, server } = context;
  const second = await addPerson(quinn, 'Sam', grant('qa-lead'));
  await second.pull();
  const robin = newId();
  await quinn.write(roles(robin, grant('qa-lead')));
  await quinn.pull();
  const base = quinn.records.get(second.session.person)?.units['roles']?.op ?? null;
  await quinn.write({ ...roles(second.session.person, grant('auditor')), base });
  const ops = second.seal([roles(robin)]);
  assert.is((await second.push(ops)).body.results[0]?.outcome, 'held');
  const groups = [{ device: second.device, group: ops[0]?.group }];
  const { body } = await quinn.ask<DecideReply>(paths.decide, { groups, what: 'accepted', why: 'it was right' });
  assert.is(body.results[0]?.outcome, 'decided');
  const last = server.plumbline.server.revoked.list().findLast((each) => each.kind === 'roles');
  assert.equal(last?.kind === 'roles' && [last.person, last.grants], [robin, []]);
});

test('it never keeps a server from starting, also when nobody is QA lead any more', async (context) => {
  const { quinn, server, dataDir } = context;
  await quinn.pull();
  const { person } = quinn.session;
  const base = quinn.records.get(person)?.units['roles']?.op ?? null;
  const written = await quinn.write({ ...roles(person, { ...grant('qa-lead'), to: '2026-05-05' }), base });
  assert.is(written.body.results[0]?.outcome, 'accepted');
  const op = `${newId()}:1` as OpId;
  server.plumbline.server.revoked.add({ kind: 'roles', person: person as PersonId, op, grants: [], atMs: 2 });
  await server.plumbline.close();
  const later = Date.parse('2026-06-01T10:00:00Z');
  context.server = await startServer({ dataDir, platform: { now: () => later, newId, randomBytes } });
  assert.ok(context.server.plumbline.firstLink);
});

test.run();
