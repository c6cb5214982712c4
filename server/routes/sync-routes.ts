/** Push, pull, open and repair: parse, call, answer. */
import {
  bucketRequestSchema,
  bucketsRequestSchema,
  exportedRequestSchema,
  lossRequestSchema,
  openRequestSchema,
  paths,
  pullRequestSchema,
  pushRequestSchema,
  recordsRequestSchema,
} from '../../src/protocol/sync.ts';
import { isNews, noteSaid, takeContact, whyNothingTaken } from '../auth/asking-laptop.ts';
import type { SessionRow } from '../db/sessions.ts';
import { makeSumsAgain, readBucket, readBuckets, readRecords } from '../sync/buckets.ts';
import { buildPull } from '../sync/build-pull.ts';
import { rolesChanged } from '../revoked.ts';
import { contradictsChain } from '../sync/contradiction.ts';
import type { Asking } from '../sync/context.ts';
import { openRecord } from '../sync/open.ts';
import { withReceipts } from '../sync/receipts.ts';
import { acceptAndRetry } from '../sync/retry-waiting.ts';
import { syncEndpoint, type Api } from './envelope.ts';

/** The largest request the server reads at all: a batch, its envelope and room to say that it is too large. */
export const pushBodyLimitBytes = 512 * 1024;

export function syncRoutes(api: Api): void {
  const { server, pace } = api;
  const { database, log } = server;
  const asking = ({ person }: Pick<SessionRow, 'person'>): Asking => ({
    authority: server.authority,
    person,
    nowMs: server.now(),
  });

  const kept = { bodyLimit: pushBodyLimitBytes, keeps: true, gives: true } as const;
  const push = { path: paths.push, schema: pushRequestSchema, ...kept } as const;
  syncEndpoint(api, push, async ({ input, session }) => {
    const result = await database.write(async (tx) => {
      const problem = await whyNothingTaken(tx, server, input);
      if (problem !== null) return { ok: false, problem } as const;
      const accepted = await acceptAndRetry(tx, asking(session), input);
      if (accepted.ok) await takeContact(tx, server, pace.newLaptops, input);
      return accepted;
    });
    if (!result.ok) return result;
    const { reply, held, letIn } = result.value;
    const { person } = session;
    log({ event: 'pushed', person, device: input.device, to: reply.acceptedTo, held: held.length });
    for (const each of held) log({ event: 'op-held', person, ...each });
    const accepted = new Set(reply.results.flatMap(({ seq, outcome }) => (outcome === 'accepted' ? [seq] : [])));
    const taken = [...input.ops.filter(({ seq }) => accepted.has(seq)), ...letIn];
    server.revoked.add(...rolesChanged(taken, server.now()));
    const results = withReceipts(server.serverKey, input.ops, reply.results);
    return { ok: true, value: { ...reply, results, serverKey: server.serverKey.publicKey } };
  });

  syncEndpoint(api, { path: paths.pull, schema: pullRequestSchema }, async ({ input, session }) => {
    const [result, isContradicted, isTold] = await database.read(async (tx) => {
      const built = await buildPull(tx, asking(session), input);
      // pull 5
      const contradicts = built.ok && (await contradictsChain(tx, asking(session), input.anchor));
      return [built, contradicts, await isNews(tx, server, input)] as const;
    });
    if (isTold) await noteSaid(server, pace.newLaptops, input);
    if (isContradicted) {
      const { device, anchor } = input;
      log({ event: 'chain-contradicted', person: session.person, device, place: anchor?.place ?? 0 });
    }
    if (!result.ok || !result.value.last) return result;
    return { ok: true, value: { ...result.value, serverKey: server.serverKey.publicKey } };
  });

  syncEndpoint(api, { path: paths.open, schema: openRequestSchema }, async ({ input, session }) => {
    const value = await database.write((tx) => openRecord(tx, asking(session), input.record));
    if (value.record !== null) log({ event: 'opened', person: session.person, record: input.record });
    return { ok: true, value };
  });

  syncEndpoint(api, { path: paths.buckets, schema: bucketsRequestSchema }, async ({ input, session }) => {
    // Asked only when a laptop's rows are not what they should be: after a change of rights, or after damage.
    log({ event: 'unequal', person: session.person, device: input.device });
    const { reply, isSumRight } = await database.read((tx) => readBuckets(tx, asking(session)));
    if (!isSumRight) {
      await database.write((tx) => makeSumsAgain(tx, asking(session)));
      log({ event: 'sums-made-again', person: session.person });
    }
    return { ok: true, value: reply };
  });

  syncEndpoint(api, { path: paths.bucket, schema: bucketRequestSchema }, async ({ input, session }) => ({
    ok: true,
    value: await database.read((tx) => readBucket(tx, asking(session), input.buckets)),
  }));

  syncEndpoint(api, { path: paths.loss, schema: lossRequestSchema, gives: true }, async ({ input, session }) => {
    const { cause, from, to, unsent, device, seq } = input.loss;
    log({ event: 'laptop-lost-work', person: session.person, device, cause, from, to, unsent, seq });
    return { ok: true, value: {} };
  });

  const exported = { path: paths.exported, schema: exportedRequestSchema, gives: true } as const;
  syncEndpoint(api, exported, async ({ input: { device, exported }, session }) => {
    log({ event: 'exported', person: session.person, device, ...exported });
    return { ok: true, value: {} };
  });

  syncEndpoint(api, { path: paths.records, schema: recordsRequestSchema }, async ({ input, session }) => {
    const value = await database.read((tx) => readRecords(tx, asking(session), input.records, input.maxBytes));
    const { person } = session;
    log({ event: 'repaired', person, device: input.device, records: value.records.length });
    return { ok: true, value };
  });
}
