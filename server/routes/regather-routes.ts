/** What a laptop says to a server that was restored, and asks of what waits: parse, call, answer (protocol: Regather, Waiting). */
import type { DeviceId } from '../../src/domain/ids.ts';
import { missingListRequestSchema } from '../../src/protocol/missing.ts';
import {
  knownRequestSchema,
  missingRequestSchema,
  offerRequestSchema,
  outcomesRequestSchema,
  paths,
} from '../../src/protocol/sync.ts';
import { whyNothingTaken } from '../auth/asking-laptop.ts';
import type { SessionRow } from '../db/sessions.ts';
import { countMissing, everybody } from '../db/missing.ts';
import { rolesChanged } from '../revoked.ts';
import type { Asking } from '../sync/context.ts';
import { noteContradiction } from '../sync/contradiction.ts';
import { missingList } from '../sync/missing-list.ts';
import { tellMissing } from '../sync/missing.ts';
import type { Proof } from '../sync/regathering.ts';
import { takeOffered } from '../sync/offered.ts';
import { knownTo } from '../sync/known.ts';
import { readOutcomes } from '../sync/outcomes.ts';
import { askAgain } from '../sync/retry-waiting.ts';
import { keepErased } from '../retention/retain.ts';
import { syncEndpoint, type Api } from './envelope.ts';

/** One group alone may be larger than a batch, and base64 adds a third. */
const offerBodyLimitBytes = 1024 * 1024;
const missingBodyLimitBytes = 256 * 1024;

export function regatherRoutes(api: Api): void {
  const { server } = api;
  const { database, log, authority } = server;
  const asking = ({ person }: Pick<SessionRow, 'person'>): Asking => ({ authority, person, nowMs: server.now() });

  // regather 1
  const known = { path: paths.known, schema: knownRequestSchema, gives: true } as const;
  syncEndpoint(api, known, async ({ input, session }) => {
    const { value, begins } = await database.write(async (tx) => {
      const begun = await noteContradiction(tx, asking(session), input);
      return { value: { known: await knownTo(tx, asking(session), input.devices) }, begins: begun };
    });
    if (begins) log({ event: 'restore-claimed', person: session.person, device: input.device });
    return { ok: true, value };
  });

  const noticed = (session: Pick<SessionRow, 'person'>, device: DeviceId, by: Proof): void =>
    log({ event: 'restore-noticed', person: session.person, device, by });

  const kept = { keeps: true, gives: true } as const;
  const offer = { path: paths.offer, schema: offerRequestSchema, bodyLimit: offerBodyLimitBytes, ...kept } as const;
  syncEndpoint(api, offer, async ({ input, session }) => {
    const result = await database.write(async (tx) => {
      const problem = await whyNothingTaken(tx, server, input);
      if (problem !== null) return { problem };
      const taken = await takeOffered(tx, asking(session), server.serverKey, input);
      if ('problem' in taken) return taken;
      await keepErased(tx, server, taken.records);
      return taken;
    });
    if ('problem' in result) return { ok: false, problem: result.problem };
    const { reply, letIn, proof } = result;
    const { taken, unreadable } = reply;
    if (proof !== null) noticed(session, input.device, proof);
    log({ event: 'offered', person: session.person, device: input.device, taken, unreadable });
    server.revoked.add(...rolesChanged(letIn, server.now()));
    return { ok: true, value: reply };
  });

  // regather 4
  const missing = {
    path: paths.missing,
    schema: missingRequestSchema,
    bodyLimit: missingBodyLimitBytes,
    ...kept,
  } as const;
  syncEndpoint(api, missing, async ({ input, session }) => {
    const { left, isProof } = await database.write(async (tx) => ({
      isProof: await tellMissing(tx, asking(session), input.missing),
      left: await countMissing(tx, authority.id, everybody),
    }));
    if (isProof) noticed(session, input.device, 'told-twice');
    log({ event: 'missing', person: session.person, told: input.missing.length, missing: left });
    return { ok: true, value: {} };
  });

  // regather 6
  syncEndpoint(api, { path: paths.missingList, schema: missingListRequestSchema }, async ({ input, session }) => ({
    ok: true,
    value: await database.read((tx) => missingList(tx, asking(session), input.limit)),
  }));

  // waiting 4
  const outcomes = { path: paths.outcomes, schema: outcomesRequestSchema, gives: true } as const;
  syncEndpoint(api, outcomes, async ({ input, session }) => {
    await askAgain(server);
    const value = await database.read((tx) => readOutcomes(tx, asking(session), server.serverKey, input));
    return { ok: true, value };
  });
}
