/** Bugs planted in what becomes of held changes. */
import { listHeld } from '../../../../server/sync/held-list.ts';
import { paths } from '../../../../src/protocol/sync.ts';
import { isKept } from '../../../../src/store/rows.ts';
import type { Tx } from '../../../../server/db/tables.ts';
import type { Plant } from '../plant.ts';
import { CommitFailed } from '../sim-database.ts';
import { bodyOf, routesWith, withBody } from './routes-with.ts';

const acceptances = (tx: Tx) => tx.selectFrom('decision').selectAll().where('what', '=', 'accepted').execute();

/** The ops are let in by one transaction and the group ends to be held by the next: every other time the server dies between. */
export const acceptedInTwo: Plant = {
  name: 'acceptance on behalf in two transactions',
  caughtBy: ['accepted on behalf', 'a decision stands'],
  database(own) {
    let dies = false;
    return {
      ...own,
      get refusesCommits() {
        return own.refusesCommits;
      },
      set refusesCommits(refuses) {
        own.refusesCommits = refuses;
      },
      async write(body) {
        let second: Awaited<ReturnType<typeof acceptances>> = [];
        const value = await own.write(async (tx) => {
          const before = new Set((await acceptances(tx)).map(({ grp }) => grp));
          const result = await body(tx);
          second = (await acceptances(tx)).filter(({ grp }) => !before.has(grp));
          for (const { device, grp } of second) {
            await tx.deleteFrom('decision').where('device', '=', device).where('grp', '=', grp).execute();
            await setState(tx, device, grp, 'undecided');
          }
          return result;
        });
        if (second.length === 0) return value;
        dies = !dies;
        if (dies) throw new CommitFailed('The server died');
        await own.write(async (tx) => {
          for (const row of second) {
            await tx.insertInto('decision').values(row).execute();
            await setState(tx, row.device, row.grp, 'accepted');
          }
        });
        return value;
      },
    };
  },
};

const setState = (tx: Tx, device: string, grp: string, state: string) =>
  tx
    .updateTable('held')
    .set({ state })
    .where('device', '=', device)
    .where('seq', 'in', tx.selectFrom('op').select('seq').where('device', '=', device).where('grp', '=', grp))
    .execute();

/** What a lead has returned leaves its author's laptop, as if it had been accepted. */
export const returnedIsGone: Plant = {
  name: 'returned is gone',
  caughtBy: ['nothing lost', 'returned'],
  tab: (own, { port }) => ({
    ...own,
    store: {
      ...own.store,
      async takeHeld(reply) {
        await own.store.takeHeld(reply);
        await port.write(['quarantine'], 'strict', async (tx) => {
          const rows = await tx.all('quarantine');
          const returned = rows.filter((row) => row.returned !== undefined);
          await tx.deleteMany(
            'quarantine',
            returned.map(({ n }) => n),
          );
        });
      },
    },
  }),
};

/** What was discarded is forgotten once it has been said, whether or not the server has heard it. */
export const discardedUnheard: Plant = {
  name: 'a discard forgotten before it is heard',
  caughtBy: ['a decision stands', 'returned'],
  tab: (own, { port }) => ({
    ...own,
    store: {
      ...own.store,
      async heldToAsk() {
        const asked = await own.store.heldToAsk();
        await port.write(['quarantine'], 'strict', async (tx) => {
          const rows = await tx.all('quarantine');
          await tx.deleteMany(
            'quarantine',
            rows.filter((row) => !isKept(row)).map(({ n }) => n),
          );
        });
        return asked;
      },
    },
  }),
};

/** Everybody is shown what a QA lead is. */
export const heldForAll: Plant = {
  name: 'held changes shown to everybody',
  caughtBy: ['scope', 'blind'],
  routes: (api) =>
    routesWith(api, paths.heldList, async (_request, reply) => {
      if (bodyOf(reply) === undefined) return;
      const { authority, database, now } = api.server;
      const asking = { authority, person: authority.firstPerson, nowMs: now() };
      reply.text = withBody(reply, await database.read((tx) => listHeld(tx, asking, 25)));
    }),
};
