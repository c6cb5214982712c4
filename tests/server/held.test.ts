/** What becomes of ops that were held, over HTTP: who decides about them, what a decision does, and that the first one stands. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DecideReply, HeldList, HeldReply } from '../../src/protocol/held.ts';
import { paths } from '../../src/protocol/sync.ts';
import type { Op } from '../../src/domain/record.ts';
import { newId, type Edit, type Laptop } from './client.ts';
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
import { assertSound } from './sound.ts';

interface Context {
  server: TestServer;
  quinn: Laptop;
  alex: Laptop;
  /** Of the audit's service, of its team, and of another service. */
  lee: Laptop;
  terry: Laptop;
  olga: Laptop;
  serviceId: string;
  teamId: string;
  /** Allocated to Alex, and then taken away. */
  audit: string;
}

const test = suite<Context>('held groups');

test.before.each(async (context) => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const [serviceId, teamId, otherService, audit] = [newId(), newId(), newId(), newId()];
  await quinn.write(
    service(serviceId, 'Assessment'),
    team(teamId, 'Team 1', serviceId),
    service(otherService, 'Early Help'),
  );
  const alex = await addPerson(quinn, 'Alex', grant('auditor'));
  const lee = await addPerson(quinn, 'Lee', grant('team-lead', { services: [serviceId] }));
  const terry = await addPerson(quinn, 'Terry', grant('team-lead', { teams: [teamId] }), grant('auditor'));
  const olga = await addPerson(quinn, 'Olga', grant('team-lead', { services: [otherService] }));
  const given = { auditor: alex.session.person, service: serviceId, team: teamId };
  await quinn.write(caseOf(audit), allocation(audit, given));
  Object.assign(context, { server, quinn, alex, lee, terry, olga, serviceId, teamId, audit });
});
test.after.each(async ({ server }) => {
  await assertSound(server);
  await server.stop();
});

const keyOf = ([op]: readonly Op[]) => ({ device: op?.device ?? '', group: op?.group ?? '' });

const list = async (lead: Laptop, limit = 200): Promise<HeldList> =>
  (await lead.ask<HeldList>(paths.heldList, { limit })).body;

const decide = async (lead: Laptop, what: 'accepted' | 'returned', why: string, ...groups: object[]) =>
  (await lead.ask<DecideReply>(paths.decide, { groups, what, why })).body.results;

const tell = async (laptop: Laptop, fields: { told?: object[]; ask?: object[] }) =>
  (await laptop.ask<HeldReply>(paths.held, { told: [], ask: [], ...fields })).body.groups;

/** Pushes one group that is held, and answers its ops. */
async function held(laptop: Laptop, ...edits: Edit[]): Promise<Op[]> {
  const ops = laptop.seal(edits);
  const { body } = await laptop.push(ops);
  assert.ok(
    body.results.every(({ outcome }) => outcome === 'held'),
    JSON.stringify(body.results),
  );
  return ops;
}

async function takenAway({ quinn, audit, serviceId, teamId }: Context): Promise<void> {
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  await quinn.write({ ...allocation(audit, { service: serviceId, team: teamId }), base });
}

const grade = async (lead: Laptop, audit: string): Promise<unknown> => {
  await lead.pull();
  return lead.records.get(audit)?.units['section:risk']?.value['grade'];
};

test('what an auditor wrote after the audit was taken away lies in the list of its leads, and of nobody else', async (context) => {
  const { alex, lee, terry, olga, quinn, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate', 'seen in the file'));
  for (const lead of [lee, terry, quinn]) {
    const { waiting, groups } = await list(lead);
    assert.is(waiting, 1);
    const [group] = groups;
    assert.equal([group?.device, group?.group, group?.person], [...Object.values(keyOf(ops)), alex.session.person]);
    assert.equal(group?.decisions, []);
    assert.equal(
      group?.ops.map(({ unit, value, code }) => [unit, value['evidence'], code]),
      [['section:risk', 'seen in the file', 'not-allowed']],
    );
  }
  for (const other of [olga, alex]) assert.equal(await list(other), { waiting: 0, groups: [] });
});

const refusals: readonly [string, (context: Context) => Promise<Op[]>, string][] = [
  [
    'not-allowed',
    async (context) => {
      await takenAway(context);
      return held(context.alex, section(context.audit, 'good', 'the text'));
    },
    'the text',
  ],
  ['invalid', ({ alex, audit }) => held(alex, { ...section(audit, 'good', 'x'.repeat(20_001)) }), 'x'.repeat(20_001)],
  [
    'closed',
    async ({ alex, audit }) => {
      await alex.write(event(audit, 'submitted', alex.session.person));
      return held(alex, section(audit, 'good', 'the text'));
    },
    'the text',
  ],
  [
    'group',
    async (context) => {
      await takenAway(context);
      const { alex, audit } = context;
      const broken = { ...section(audit, null, '', 'plan'), value: { grade: 7 } };
      return held(alex, section(audit, 'good', 'the text'), broken);
    },
    'the text',
  ],
];
for (const [code, hold, text] of refusals) {
  test(`an op held as ${code} is in the lead's list with its content and its reason`, async (context) => {
    const ops = await hold(context);
    const { groups } = await list(context.lee);
    assert.equal(groups.length, 1);
    assert.is(groups[0]?.group, ops[0]?.group);
    const op = groups[0]?.ops.find((one) => one.code === code);
    assert.is(op?.value['evidence'], text);
  });
}

test('accepted on behalf it enters the record as the author’s own, at the author’s time, and everybody pulls it', async (context) => {
  const { alex, lee, terry, audit, server } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  server.clock.ms += 120_000;
  const [result] = await decide(lee, 'accepted', 'Alex had done it before the audit moved', keyOf(ops));
  assert.is(result?.outcome, 'decided');
  assert.is(await grade(terry, audit), 'inadequate');
  const state = terry.records.get(audit)?.units['section:risk'];
  assert.is(state?.author, alex.session.person);
  assert.is(state?.op, `${alex.device}:${ops[0]?.seq}`);
  assert.ok((state?.stamp.ms ?? 0) < server.clock.ms, 'ordered by when it came, not by when it was accepted');
  assert.equal((await terry.pull()).total, terry.total(), 'and the digest follows');
  const { waiting, groups } = await list(terry);
  assert.is(waiting, 0);
  const [decision] = groups[0]?.decisions ?? [];
  assert.equal(
    [decision?.what, decision?.by, decision?.why, decision?.atMs],
    ['accepted', lee.session.person, 'Alex had done it before the audit moved', server.clock.ms],
  );
});

test('the author hears of it when they ask, and a lost answer to their push is answered as accepted', async (context) => {
  const { alex, lee, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  assert.equal(await tell(alex, { ask: [keyOf(ops)] }), [{ ...keyOf(ops), decision: null }]);
  await decide(lee, 'accepted', 'yes', keyOf(ops));
  const [answer] = await tell(alex, { ask: [keyOf(ops)] });
  assert.is(answer?.decision?.what, 'accepted');
  const { body } = await alex.push(ops);
  assert.is(body.results[0]?.outcome, 'accepted');
});

test('a decision sent again answers the same and changes nothing', async (context) => {
  const { alex, lee, audit, server } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  const first = await decide(lee, 'accepted', 'yes', keyOf(ops));
  const before = server.dump();
  assert.equal(await decide(lee, 'accepted', 'yes', keyOf(ops)), first);
  assert.is(server.dump(), before);
});

test('of two leads who decide at once the first decides and the second is told', async (context) => {
  const { alex, lee, terry, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  const [byLee, byTerry] = await Promise.all([
    decide(lee, 'accepted', 'counts', keyOf(ops)),
    decide(terry, 'accepted', 'counts too', keyOf(ops)),
  ]);
  assert.equal(byLee, byTerry);
  const { groups } = await list(lee);
  assert.is(groups[0]?.decisions.length, 1);
});

test('a returned group keeps the lead’s note, and can still be accepted', async (context) => {
  const { alex, lee, terry, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  await decide(lee, 'returned', 'Say what you saw', keyOf(ops));
  const [answer] = await tell(alex, { ask: [keyOf(ops)] });
  assert.equal(
    [answer?.decision?.what, answer?.decision?.by, answer?.decision?.why],
    ['returned', lee.session.person, 'Say what you saw'],
  );
  assert.is((await list(lee)).waiting, 0);
  assert.is((await list(lee)).groups[0]?.decisions[0]?.what, 'returned');
  assert.is(await grade(lee, audit), undefined);
  await decide(terry, 'accepted', 'It counts all the same', keyOf(ops));
  assert.is(await grade(lee, audit), 'inadequate');
});

test('a discard of the author reaches the lead with its reason, and ends it', async (context) => {
  const { alex, lee, audit, server } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate', 'the text'));
  const content = [{ record: audit, kind: 'audit', unit: 'section:risk', value: section(audit, 'inadequate').value }];
  const told = { ...keyOf(ops), what: 'discarded', why: 'Somebody else has done it', atMs: 5, content };
  const [answer] = await tell(alex, { told: [told] });
  assert.is(answer?.decision?.what, 'discarded');
  const before = server.dump();
  assert.equal(await tell(alex, { told: [told] }), [answer]);
  assert.is(server.dump(), before, 'told twice');
  const { waiting, groups } = await list(lee);
  assert.is(waiting, 0);
  assert.is(groups[0]?.ops[0]?.value['evidence'], 'the text');
  const [decision] = groups[0]?.decisions ?? [];
  assert.equal(
    [decision?.what, decision?.by, decision?.why],
    ['discarded', alex.session.person, 'Somebody else has done it'],
  );
  const [late] = await decide(lee, 'accepted', 'wanted it', keyOf(ops));
  assert.is(late?.outcome === 'decided' && late.decision.what, 'discarded');
});

test('what was discarded before it ever reached the server is in the lead’s list with its content', async ({
  alex,
  lee,
  olga,
  audit,
}) => {
  const key = { device: alex.device, group: newId() };
  const content = [{ record: audit, kind: 'audit', unit: 'section:risk', value: { evidence: 'only here' } }];
  await tell(alex, { told: [{ ...key, what: 'discarded', why: 'A slip', atMs: 5, content }] });
  const { groups } = await list(lee);
  assert.equal(
    groups.map(({ ops, decisions }) => [ops[0]?.value['evidence'], ops[0]?.code, decisions[0]?.why]),
    [['only here', null, 'A slip']],
  );
  assert.equal((await list(olga)).groups, []);
});

test('what a restored server is told of before it has the ops back is over once they come', async (context) => {
  const { alex, lee, audit } = context;
  await takenAway(context);
  const ops = alex.seal([section(audit, 'inadequate', 'the text')]);
  const content = [{ record: audit, kind: 'audit', unit: 'section:risk', value: { evidence: 'the text' } }];
  await tell(alex, { told: [{ ...keyOf(ops), what: 'discarded', why: 'A slip', atMs: 5, content }] });
  const { body } = await alex.push(ops);
  assert.is(body.results[0]?.outcome, 'held');
  const { waiting, groups } = await list(lee);
  assert.is(waiting, 0, 'nothing is left for a lead to decide');
  assert.equal(
    groups.map(({ decisions }) => decisions.map(({ what, why }) => [what, why])),
    [[['discarded', 'A slip']]],
  );
});

test('nobody tells or hears about another person’s group', async (context) => {
  const { alex, terry, lee, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  await tell(terry, { told: [{ ...keyOf(ops), what: 'discarded', why: 'not mine', atMs: 5, content: [] }] });
  assert.is((await list(lee)).waiting, 1);
  await decide(lee, 'returned', 'a note to Alex', keyOf(ops));
  assert.is((await tell(terry, { ask: [keyOf(ops)] }))[0]?.decision, null);
});

test('a lead of another service cannot decide, and cannot tell the group from one that is not there', async (context) => {
  const { alex, olga, lee, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  const [one] = await decide(olga, 'accepted', 'why not', keyOf(ops));
  const [other] = await decide(olga, 'accepted', 'why not', { device: newId(), group: newId() });
  assert.equal([one?.outcome, other?.outcome], ['not-found', 'not-found']);
  assert.is((await list(lee)).waiting, 1);
});

test('a lead decides about nothing of their own: another lead does', async (context) => {
  const { terry, lee, audit } = context;
  const ops = await held(terry, section(audit, 'good'));
  assert.is((await list(terry)).waiting, 0);
  assert.is((await decide(terry, 'accepted', 'me', keyOf(ops)))[0]?.outcome, 'not-found');
  assert.is((await list(lee)).waiting, 1);
});

test('what is invalid is never accepted, and what is of a final or voided audit neither', async (context) => {
  const { alex, quinn, lee, audit } = context;
  const invalid = await held(alex, { ...section(audit, 'good'), value: { grade: 7 } });
  const [first] = await decide(lee, 'accepted', 'please', keyOf(invalid));
  assert.is(first?.outcome === 'refused' && first.code, 'invalid');
  await alex.write(event(audit, 'submitted', alex.session.person));
  const late = await held(alex, section(audit, 'good'));
  const [second] = await decide(lee, 'accepted', 'please', keyOf(late));
  assert.is(second?.outcome === 'refused' && second.code, 'closed');
  await quinn.write(event(audit, 'voided', quinn.session.person));
  const [third] = await decide(lee, 'accepted', 'please', keyOf(late));
  assert.is(third?.outcome === 'refused' && third.why, 'already-voided');
  assert.is((await list(lee)).waiting, 2, 'all of it still waits');
});

test('a late change of an audit that awaits its moderation may be accepted', async (context) => {
  const { alex, quinn, lee, audit, serviceId, teamId } = context;
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  const morgan = await addPerson(quinn, 'Morgan', grant('moderator', { services: [serviceId] }));
  const given = {
    ...{ auditor: alex.session.person, moderator: morgan.session.person },
    ...{ service: serviceId, team: teamId },
  };
  await quinn.write({ ...allocation(audit, given), base });
  await alex.write(section(audit, 'good'));
  await alex.write(event(audit, 'submitted', alex.session.person));
  const late = await held(alex, section(audit, 'inadequate'));
  assert.is((await decide(lee, 'accepted', 'seen in time', keyOf(late)))[0]?.outcome, 'decided');
  assert.is(await grade(lee, audit), 'inadequate');
});

test('a team lead gives nobody rights: allocations, voiding and roles are the QA lead’s to decide', async (context) => {
  const { alex, lee, quinn, audit } = context;
  const voiding = await held(alex, event(audit, 'voided', alex.session.person));
  const power = await held(alex, roles(alex.session.person, grant('qa-lead')));
  assert.is((await list(lee)).waiting, 0);
  assert.is((await decide(lee, 'accepted', 'x', keyOf(power)))[0]?.outcome, 'not-found');
  assert.is((await list(quinn)).waiting, 2);
  assert.is((await decide(quinn, 'accepted', 'asked for', keyOf(voiding)))[0]?.outcome, 'decided');
});

test('an audit begun by somebody whose role had ended is accepted by the lead of the service it would be of', async (context) => {
  const { quinn, alex, lee, olga, serviceId, teamId } = context;
  const begun = newId();
  await quinn.pull();
  const base = quinn.records.get(alex.session.person)?.units['roles']?.op ?? null;
  await quinn.write({ ...roles(alex.session.person), base });
  const given = { auditor: alex.session.person, service: serviceId, team: teamId };
  const first = await held(alex, allocation(begun, given), caseOf(begun));
  const then = await held(alex, section(begun, 'good'));
  assert.is((await list(olga)).waiting, 0);
  assert.is((await list(lee)).waiting, 2);
  const results = await decide(lee, 'accepted', 'done before the role ended', keyOf(first), keyOf(then));
  assert.equal(
    results.map(({ outcome }) => outcome),
    ['decided', 'decided'],
  );
  assert.is(await grade(lee, begun), 'good');
});

test('a moderator who has not locked their own grades is shown nothing and decides nothing, whatever their role', async (context) => {
  const { quinn, alex, lee, terry, audit, serviceId, teamId } = context;
  await quinn.pull();
  const both = [grant('team-lead', { services: [serviceId] }), grant('moderator', { services: [serviceId] })];
  const was = quinn.records.get(lee.session.person)?.units['roles']?.op ?? null;
  await quinn.write({ ...roles(lee.session.person, ...both), base: was });
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  const given = { auditor: null, moderator: lee.session.person, service: serviceId, team: teamId };
  await quinn.write({ ...allocation(audit, given), base });
  const ops = await held(alex, section(audit, 'inadequate'));
  assert.equal(await list(lee), { waiting: 0, groups: [] });
  assert.is((await decide(lee, 'accepted', 'x', keyOf(ops)))[0]?.outcome, 'not-found');
  assert.is((await list(terry)).waiting, 1);
});

test('a value accepted after somebody has changed the unit since stands beside theirs until someone has looked', async (context) => {
  const { quinn, alex, lee, terry, audit, serviceId, teamId, server } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate'));
  server.clock.ms += 120_000;
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  const given = { auditor: terry.session.person, service: serviceId, team: teamId };
  await quinn.write({ ...allocation(audit, given), base });
  await terry.write(section(audit, 'good'));
  await decide(lee, 'accepted', 'both saw it', keyOf(ops));
  await lee.pull();
  const state = lee.records.get(audit)?.units['section:risk'];
  const both = [state?.value['grade'], ...(state?.others ?? []).map(({ value }) => value['grade'])];
  assert.equal(both.sort(), ['good', 'inadequate']);
});

/** The audit is Alex's once more, and they write the part of `held` again. */
async function writtenAgain(context: Context, ...edits: Edit[]): Promise<void> {
  const { quinn, alex, audit, serviceId, teamId } = context;
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  const given = { auditor: alex.session.person, service: serviceId, team: teamId };
  await quinn.write({ ...allocation(audit, given), base });
  const { body } = await alex.write(...edits);
  assert.ok(body.results.every(({ outcome }) => outcome === 'accepted'));
}

test('what its author has written again since on the same laptop is not accepted: the lead is told, and can return it', async (context) => {
  const { alex, lee, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'inadequate', 'the first'));
  await writtenAgain(context, section(audit, 'good', 'the later'));
  const [result] = await decide(lee, 'accepted', 'It counts', keyOf(ops));
  assert.equal(result, { ...keyOf(ops), outcome: 'refused', code: 'invalid', why: 'written-again' });
  assert.is(await grade(lee, audit), 'good');
  assert.is((await list(lee)).waiting, 1, 'it still waits');
  assert.equal(await tell(alex, { ask: [keyOf(ops)] }), [{ ...keyOf(ops), decision: null }]);
  const [returned] = await decide(lee, 'returned', 'You have written this again', keyOf(ops));
  assert.is(returned?.outcome === 'decided' && returned.decision.what, 'returned');
});

test('nor where somebody else has gone on from what its author wrote since, nor for one part of several', async (context) => {
  const { quinn, alex, lee, terry, audit, serviceId, teamId } = context;
  await takenAway(context);
  const both = await held(alex, section(audit, 'good', 'a plan', 'plan'), section(audit, 'inadequate', 'the first'));
  await writtenAgain(context, section(audit, 'good', 'the later'));
  await quinn.pull();
  const base = quinn.records.get(audit)?.units['allocation']?.op ?? null;
  const given = { auditor: terry.session.person, service: serviceId, team: teamId };
  await quinn.write({ ...allocation(audit, given), base });
  await terry.pull();
  const seen = terry.records.get(audit)?.units['section:risk']?.op ?? null;
  await terry.write({ ...section(audit, 'outstanding'), base: seen });
  const [result] = await decide(lee, 'accepted', 'It counts', keyOf(both));
  assert.is(result?.outcome === 'refused' && result.why, 'written-again');
  assert.is(await grade(lee, audit), 'outstanding');
  assert.is(lee.records.get(audit)?.units['section:plan'], undefined, 'a group is accepted whole or not at all');
});

test('what its author wrote later and was held too is in nobody’s way, and all of it is accepted in its order', async (context) => {
  const { alex, lee, audit } = context;
  await takenAway(context);
  const first = await held(alex, section(audit, 'inadequate'));
  const later = await held(alex, section(audit, 'good'));
  const results = await decide(lee, 'accepted', 'It counts', keyOf(first), keyOf(later));
  assert.equal(
    results.map(({ outcome }) => outcome),
    ['decided', 'decided'],
  );
  assert.is(await grade(lee, audit), 'good');
});

test('a rule between records holds for what is accepted too', async ({ quinn, alex, server }) => {
  const person = newId();
  const taken = await held(alex, profile(person, 'Somebody', 'quinn@example.org'));
  const [result] = await decide(quinn, 'accepted', 'x', keyOf(taken));
  assert.is(result?.outcome === 'refused' && result.code, 'invalid');
  assert.equal(server.rows(`select id from record where id = '${person}'`), []);
});

test('the list says how many there are beyond its limit, and none of them for a limit of nothing', async (context) => {
  const { alex, lee, audit } = context;
  await takenAway(context);
  for (const grade of ['good', 'inadequate', 'good']) await held(alex, section(audit, grade));
  const few = await list(lee, 2);
  assert.equal([few.waiting, few.groups.length], [3, 2]);
  const none = await list(lee, 0);
  assert.equal([none.waiting, none.groups.length], [3, 0]);
});

test('no reason, no decision', async (context) => {
  const { alex, lee, audit } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'good'));
  const { problem } = await lee.ask(paths.decide, { groups: [keyOf(ops)], what: 'accepted', why: '' });
  assert.is(problem?.kind, 'bad-request');
});

test('the log has ids and counts of a decision, and nothing of its words', async (context) => {
  const { alex, lee, audit, server } = context;
  await takenAway(context);
  const ops = await held(alex, section(audit, 'good', 'secret evidence'));
  await decide(lee, 'accepted', 'secret reason', keyOf(ops));
  const log = server.log.join('');
  assert.match(log, '"event":"held-decided"');
  assert.not.match(log, 'secret');
});

test.run();
