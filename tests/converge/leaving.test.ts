/** Laptops that are to forget their copy, and their server: what they had not sent arrives first, whatever breaks (FAULTS S8). */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { laptopPaths, type LaptopShown } from '../../src/protocol/laptops.ts';
import { unsentBehind } from '../../src/store/hand-over.ts';
import { signIn, newId } from '../server/client.ts';
import { allocation, caseOf, password, section } from '../server/example.ts';
import { act, openCouncil, settleAll, type Council } from './council.ts';
import { realLaptop, type RealLaptop } from './real-laptop.ts';

interface Context {
  council: Council;
  /** Alex's other laptop, which shows that it is unlocked. */
  laptop: RealLaptop;
  audit: string;
}

const test = suite<Context>('a laptop that hands everything over');

test.before.each(async (context) => {
  const council = await openCouncil();
  const [alexAt] = council.browsers;
  if (!alexAt) throw new Error('No browser');
  const { authority } = council.server.plumbline.server;
  const session = {
    authority: authority.id,
    authorityName: 'Testshire',
    person: council.alex.person,
    name: 'Alex',
    email: alexAt.email,
  };
  const laptop = await realLaptop(alexAt.browser, session, { ms: council.server.clock.ms }, undefined, 'c3'.repeat(32));
  const audit = newId();
  const given = allocation(audit, { service: council.serviceId, team: council.teamId, auditor: council.alex.person });
  await council.hand.write(caseOf(audit), given);
  assert.is((await laptop.cycle()).problem, null);
  Object.assign(context, { council, laptop, audit });
});
test.after.each(({ council }) => council.stop());

const revoke = async ({ hand }: Council, { store }: RealLaptop, form: 'lost' | 'stolen'): Promise<void> => {
  const { problem } = await hand.ask(laptopPaths.revoke, { device: store.device, form, reason: 'made up', password });
  assert.is(problem, undefined);
};
const shown = async ({ hand }: Council, { store }: RealLaptop): Promise<LaptopShown | undefined> =>
  (await hand.ask<{ laptops: LaptopShown[] }>(laptopPaths.list)).body.laptops.find(
    ({ device }) => device === store.device,
  );
const evidence = async ({ hand }: Council, audit: string): Promise<unknown> => {
  await hand.pull();
  return hand.records.get(audit)?.units['section:risk']?.value['evidence'];
};
const unsentOf = ({ store }: RealLaptop): Promise<number> => unsentBehind(store, []);

test('tells how much it has not sent, and that nothing is left only when that is so', async ({
  council,
  laptop,
  audit,
}) => {
  assert.is((await shown(council, laptop))?.unsent?.count, 0);
  await act(laptop, section(audit, 'good', 'one'));
  await laptop.cycle();
  assert.is((await shown(council, laptop))?.unsent?.count, 0);
  assert.is(await unsentOf(laptop), 0);
});

test('lost: told without a session, its work arrives, and only then has the server all of it', async ({
  council,
  laptop,
  audit,
}) => {
  await act(laptop, section(audit, 'good', 'never sent'));
  await revoke(council, laptop, 'lost');
  assert.is((await shown(council, laptop))?.gaveMs, null);
  assert.is(await laptop.leave(), null);
  assert.is(await unsentOf(laptop), 0);
  assert.is(await evidence(council, audit), 'never sent');
  assert.is((await shown(council, laptop))?.gaveMs, council.server.clock.ms);
  // Killed before it has forgotten: the next time does it again, and nothing is doubled.
  assert.is(await laptop.leave(), null);
  assert.is((await laptop.cycle()).problem?.kind, 'revoked');
  await settleAll([council.quinn]);
});

test('stolen: nothing arrives', async ({ council, laptop, audit }) => {
  await act(laptop, section(audit, 'good', 'given up'));
  await revoke(council, laptop, 'stolen');
  assert.is((await laptop.leave())?.kind, 'revoked');
  assert.is(await unsentOf(laptop), 1);
  assert.is(await evidence(council, audit), undefined);
});

test('lost, of a server that was put back: what that had acknowledged and lost arrives again too', async ({
  council,
  laptop,
  audit,
}) => {
  const file = await council.backUp();
  await act(laptop, section(audit, 'good', 'acknowledged, and lost'));
  await laptop.cycle();
  await revoke(council, laptop, 'lost');
  await council.restore(file);
  assert.is((await signIn(council.hand.browser, 'quinn@example.org', password)).problem, undefined);
  council.hand.cursor = null;
  assert.is((await shown(council, laptop))?.revoked?.form, 'lost', 'it stays so on a restored server');
  assert.is(await laptop.leave(), null);
  assert.is(await evidence(council, audit), 'acknowledged, and lost');
});

test('what is not accepted any more is held on the server, for a person to decide', async ({
  council,
  laptop,
  audit,
}) => {
  const { hand, bo, serviceId, teamId } = council;
  await act(laptop, section(audit, 'good', 'written before it went to Bo'));
  await hand.pull();
  const base = hand.records.get(audit)?.units['allocation']?.op ?? null;
  await hand.write({ ...allocation(audit, { service: serviceId, team: teamId, auditor: bo.person }), base });
  await revoke(council, laptop, 'lost');
  assert.is(await laptop.leave(), null);
  const held = council.server.rows(`select code from held where record = '${audit}'`);
  assert.equal(held, [{ code: 'not-allowed' }]);
  const [op] = council.server.rows(`select value from op where record = '${audit}' and unit = 'section:risk'`);
  assert.match(String(op?.['value']), 'written before it went to Bo');
});

test.run();
