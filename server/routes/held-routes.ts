/** What becomes of held groups: parse, call, answer. */
import { decideRequestSchema, heldListRequestSchema, heldRequestSchema } from '../../src/protocol/held.ts';
import { paths } from '../../src/protocol/sync.ts';
import { whyNothingTaken } from '../auth/asking-laptop.ts';
import type { SessionRow } from '../db/sessions.ts';
import type { Tx } from '../db/tables.ts';
import { rolesChanged } from '../revoked.ts';
import type { Asking } from '../sync/context.ts';
import { decide } from '../sync/decide.ts';
import { listHeld } from '../sync/held-list.ts';
import { tellHeld } from '../sync/held-own.ts';
import { syncEndpoint, type Api } from './envelope.ts';
import { pushBodyLimitBytes } from './sync-routes.ts';

export function heldRoutes(api: Api): void {
  const { server } = api;
  const { database, log } = server;
  const asking = ({ person }: Pick<SessionRow, 'person'>): Asking => ({
    authority: server.authority,
    person,
    nowMs: server.now(),
  });

  const kept = { bodyLimit: pushBodyLimitBytes, keeps: true, gives: true } as const;
  const own = { path: paths.held, schema: heldRequestSchema, ...kept } as const;
  syncEndpoint(api, own, async ({ input, session }) => {
    const work = (tx: Tx) => tellHeld(tx, asking(session), input, api.pace.newLaptops);
    // Only asking needs no writer.
    const answer = await (input.told.length > 0 ? database.write(work) : database.read(work));
    if (!answer.keep) return { ok: false, problem: answer.problem };
    const { reply, decided } = answer.told;
    if (decided > 0) log({ event: 'held-decided', person: session.person, groups: decided });
    return { ok: true, value: reply };
  });

  syncEndpoint(api, { path: paths.heldList, schema: heldListRequestSchema }, async ({ input, session }) => ({
    ok: true,
    value: await database.read((tx) => listHeld(tx, asking(session), input.limit)),
  }));

  const decideAt = { path: paths.decide, schema: decideRequestSchema, keeps: true } as const;
  syncEndpoint(api, decideAt, async ({ input, session }) => {
    const answer = await database.write(async (tx) => {
      const problem = await whyNothingTaken(tx, server, input);
      return problem === null ? decide(tx, asking(session), input) : { problem };
    });
    if ('problem' in answer) return { ok: false, problem: answer.problem };
    const { results, decided, letIn } = answer;
    server.revoked.add(...rolesChanged(letIn, server.now()));
    log({ event: 'held-decided', person: session.person, groups: decided });
    return { ok: true, value: { results } };
  });
}
