/** Bugs planted on the server's side: in its routes' answers and in what they leave in the database. */
import type { FastifyInstance } from 'fastify';
import type { Api } from '../../../../server/routes/envelope.ts';
import { advanceTip, readTip } from '../../../../server/db/authorities.ts';
import { findRecord, saveRecords } from '../../../../server/db/records.ts';
import { sha256 } from '../../../../server/sync/context.ts';
import { recordOf } from '../../../../server/sync/full-record.ts';
import { nextTip } from '../../../../server/sync/history.ts';
import type { JsonObject } from '../../../../src/domain/canonical.ts';
import { recordDigest, type Digest } from '../../../../src/domain/digest.ts';
import { fold } from '../../../../src/domain/fold.ts';
import { opId, type OpId, type RecordId } from '../../../../src/domain/ids.ts';
import type { Units } from '../../../../src/domain/record.ts';
import {
  paths,
  type OpResult,
  type PullReply,
  type PushReply,
  type PushRequest,
} from '../../../../src/protocol/sync.ts';
import type { Plant } from '../plant.ts';
import { CommitFailed } from '../sim-database.ts';
import { bodyOf, routesWith, withBody, type Handler, type Reply, type Request } from './routes-with.ts';

const modulus = 1n << 128n;
const without = (sum: Digest, part: Digest): Digest =>
  ((BigInt(`0x${sum}`) + modulus - BigInt(`0x${part}`)) % modulus).toString(16).padStart(32, '0');

/** A version is given before its row is committed: a reader sees the next one and goes past it. */
export const naiveCursor: Plant = {
  name: 'naive cursor',
  caughtBy: ['needless repair', 'rows equal'],
  routes: (api) =>
    routesWith(api, paths.pull, (request, reply) => {
      const page = bodyOf<PullReply>(reply);
      const asked = (request.body as { readonly cursor?: unknown } | null)?.cursor ?? null;
      const [uncommitted, ...seen] = page?.records ?? [];
      if (page?.total == null || asked === null || uncommitted === undefined || seen.length === 0) return;
      const digest = without(page.total.digest, recordDigest(sha256, uncommitted.id, uncommitted.units));
      reply.text = withBody(reply, { ...page, records: seen, total: { count: page.total.count - 1, digest } });
    }),
};

/** The answer leaves although the commit has failed. */
export const acknowledgedBeforeCommit: Plant = {
  name: 'acknowledged before commit',
  caughtBy: ['one history', 'nothing lost', 'said on the server'],
  database: (own) => ({
    ...own,
    get refusesCommits() {
      return own.refusesCommits;
    },
    set refusesCommits(refuses) {
      own.refusesCommits = refuses;
    },
    async write(body) {
      let result: { readonly value: Awaited<ReturnType<typeof body>> } | undefined;
      try {
        return await own.write(async (tx) => {
          const value = await body(tx);
          result = { value };
          return value;
        });
      } catch (error) {
        if (error instanceof CommitFailed && result !== undefined) return result.value;
        throw error;
      }
    },
  }),
};

/** A laptop's whole copy of a record takes the place of the server's, also where it is older. */
export const wholeRecordWins: Plant = {
  name: 'whole-record last-writer-wins',
  caughtBy: ['history', 'whole values'],
  routes(api) {
    const copies = new Map<string, Units>();
    const keyOf = (request: Request, record: string): string =>
      `${(request.body as { readonly device: string }).device} ${record}`;
    const keep = (request: Request, reply: Reply): void => {
      for (const { id, units } of bodyOf<PullReply>(reply)?.records ?? [])
        copies.set(keyOf(request, id), units as Units);
    };
    const overwrite = async (request: Request): Promise<void> => {
      const { ops } = request.body as PushRequest;
      for (const record of new Set(ops.map((op) => op.record))) {
        const copy = copies.get(keyOf(request, record));
        if (copy === undefined) continue;
        await rewrite(api, record, (units) => {
          const pushed = new Set(ops.filter((op) => op.record === record).map(({ unit }) => unit));
          return Object.fromEntries(
            Object.entries(units).map(([unit, state]) => [unit, pushed.has(unit) ? state : (copy[unit] ?? state)]),
          );
        });
      }
    };
    routesWith({ ...api, app: onlyAfter(api, paths.pull, keep) }, paths.push, overwrite);
  },
};

function onlyAfter(api: Api, path: string, after: (request: Request, reply: Reply) => void): FastifyInstance {
  return {
    post(at: string, own: Handler) {
      const planted: Handler = async (request, reply) => {
        await own(request, reply);
        after(request, reply);
      };
      (api.app.post as unknown as (at: string, handler: Handler) => void)(at, at === path ? planted : own);
    },
  } as unknown as FastifyInstance;
}

/** A moderator is sent the grades with the audit, and repair puts it right at once. */
export const gradesForAMoment: Plant = {
  name: 'grades shown to a moderator for a moment',
  caughtBy: ['blind'],
  routes: (api) =>
    routesWith(api, paths.pull, async (_request, reply) => {
      const page = bodyOf<PullReply>(reply);
      if (!page?.records.some(({ projection }) => projection === 'blind')) return;
      const { authority, database } = api.server;
      const records = await database.read((tx) =>
        Promise.all(
          page.records.map(async (record) => {
            if (record.projection !== 'blind') return record;
            const whole = await findRecord(tx, authority.id, record.id);
            return { ...record, units: whole?.units ?? record.units };
          }),
        ),
      );
      reply.text = withBody(reply, { ...page, records });
    }),
};

/** Of a group that may not be accepted, what may is accepted. */
export const halfGroup: Plant = {
  name: 'half group',
  caughtBy: ['history', 'whole groups'],
  routes: (api) =>
    routesWith(api, paths.push, (request, reply) => acceptAnyway(api, request, reply, 'group', (units) => units)),
};

/** The state of an audit is what was written last: work that comes after its submission opens it again. */
export const stateAsField: Plant = {
  name: 'state as a last-writer field',
  caughtBy: ['history'],
  routes: (api) =>
    routesWith(api, paths.push, (request, reply) =>
      acceptAnyway(api, request, reply, 'closed', ({ submitted: _submitted, voided: _voided, ...open }) => open),
    ),
};

async function acceptAnyway(
  api: Api,
  request: Request,
  reply: Reply,
  code: string,
  change: (units: Units) => Units,
): Promise<void> {
  const held = (bodyOf<PushReply>(reply)?.results ?? []).filter(
    (result: OpResult) => result.outcome === 'held' && result.code === code,
  );
  for (const { seq } of held) {
    const op = (request.body as PushRequest).ops.find((each) => each.seq === seq);
    if (op === undefined) continue;
    await rewrite(api, op.record, (units) =>
      change({
        ...units,
        [op.unit]: fold(units[op.unit], {
          op: opId(op.device, op.seq) as OpId,
          value: op.value as JsonObject,
          author: op.person,
          stamp: op.claimed,
          base: op.base,
          settles: op.settles,
        }),
      }),
    );
    await api.server.database.write((tx) =>
      tx.updateTable('op').set({ accepted: 1 }).where('device', '=', op.device).where('seq', '=', op.seq).execute(),
    );
  }
}

/** Gives a record other units under the next version. */
async function rewrite({ server }: Api, id: RecordId, change: (units: Units) => Units): Promise<void> {
  const { authority, database } = server;
  await database.write(async (tx) => {
    const record = await findRecord(tx, authority.id, id);
    if (record === undefined) return;
    const units = change(record.units);
    const tip = nextTip(sha256, await readTip(tx, authority.id), id, units);
    const after = recordOf(id, tip.version, record.changedMs, { kind: record.kind, units });
    await saveRecords(tx, authority.id, [{ before: record, after }]);
    await advanceTip(tx, authority.id, [{ record: id, ...tip }], tip);
  });
}
