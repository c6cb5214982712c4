/** Bugs planted on the laptop's side. */
import type { SealedPage } from '../../../../src/store/inbox.ts';
import { unsentRows, writeLinks } from '../../../../src/store/links.ts';
import { recordEdits } from '../../../../src/store/record.ts';
import { isUnsent } from '../../../../src/store/rows.ts';
import { readState } from '../../../../src/store/state.ts';
import { watchdogMs } from '../../../../workers/sync/loop.ts';
import type { Answer } from '../../../../workers/sync/transport.ts';
import { paths, type PullReply } from '../../../../src/protocol/sync.ts';
import type { Plant, TabParts } from '../plant.ts';

const withStore = (own: TabParts, changes: Partial<TabParts['store']>): TabParts => ({
  ...own,
  store: { ...own.store, ...changes },
});

/** The cursor moves in one transaction, the rows follow in another. */
export const cursorBeforeRows: Plant = {
  name: 'cursor before rows',
  caughtBy: ['needless repair', 'rows equal', 'kept until pulled'],
  tab: (own) => {
    const records = new WeakMap<SealedPage, PullReply['records']>();
    return withStore(own, {
      async sealPage(reply) {
        const page = await own.store.sealPage({ ...reply, records: [] });
        records.set(page, reply.records);
        return page;
      },
      async writePage(page, asked) {
        const written = await own.store.writePage(page, asked);
        if (written === 'applied') await own.store.repair({ put: records.get(page) ?? [], drop: [] });
        return written;
      },
    });
  },
};

/** What the server refuses is dropped, as if it had been settled. */
export const swallowedRefusal: Plant = {
  name: 'swallowed refusal',
  caughtBy: ['nothing lost'],
  tab: (own, { port }) =>
    withStore(own, {
      async settle(reply, ops, serverMs) {
        await own.store.settle(reply, ops, serverMs);
        await port.write(['quarantine'], 'strict', async (tx) => {
          const rows = await tx.all('quarantine');
          await tx.deleteMany(
            'quarantine',
            rows.map(({ n }) => n),
          );
        });
      },
    }),
};

/** Both sides always agree, since one repeats what the other says. */
export const digestCopied: Plant = {
  name: 'digest copied from the server',
  caughtBy: ['idle within 90 s', 'rows equal'],
  tab: (own) => {
    let told: PullReply['total'] = null;
    return {
      transport: {
        ...own.transport,
        async post(signal, path, fields, schema) {
          const reply = await own.transport.post(signal, path, fields, schema);
          if (reply.ok && path === paths.pull) told = (reply.value as Answer<unknown> as Answer<PullReply>).value.total;
          return reply;
        },
      },
      store: { ...own.store, total: async () => told ?? own.store.total() },
    };
  },
};

/** All laptops are one device, and stay it when the server says that there are two. */
export const sharedDevice: Plant = {
  name: 'shared device id',
  caughtBy: ['idle within 90 s', 'nothing lost', 'nothing doubled'],
  device: 'd'.repeat(32),
  tab: (own) => withStore(own, { takeNewDevice: async () => undefined }),
};

const driftMs = 5 * 60_000;

/** Nothing can be saved while the newest stamp is too far from the wall clock. */
export const clockRefuses: Plant = {
  name: 'clock that refuses',
  caughtBy: ['a legal edit is always taken'],
  async record(store, edits, how) {
    const state = await store.port.read(['meta'], readState);
    const ahead = (state?.clock.last.ms ?? 0) - store.now();
    if (ahead > driftMs) return { ok: false, problem: { kind: 'storage-failed', why: 'clock drift' } };
    return recordEdits(store, edits, how);
  },
};

/** A grade chosen on top of another takes its place, as keystrokes do. */
export const coalescedGrade: Plant = {
  name: 'coalesced grade change',
  caughtBy: ['a choice is an op of its own'],
  record: (store, edits, how) => recordEdits(store, edits, edits.length === 1 ? 'typing' : how),
};

/** Of our own: what the server has accepted is forgotten at once, and shows again only when it has been pulled. */
export const forgetsWhenAccepted: Plant = {
  name: 'forgotten when accepted',
  caughtBy: ['kept until pulled'],
  tab: (own, { port }) =>
    withStore(own, {
      async settle(reply, ops, serverMs) {
        await own.store.settle(reply, ops, serverMs);
        await port.write(['pending'], 'strict', async (tx) => {
          const rows = await tx.all('pending');
          await tx.deleteMany(
            'pending',
            rows.filter((row) => !isUnsent(row)).map(({ n }) => n),
          );
        });
      },
    }),
};

/** Of our own: a retry gives the same work new numbers. */
export const renumberedRetry: Plant = {
  name: 'retry under new numbers',
  caughtBy: ['idle within 90 s', 'nothing doubled'],
  tab: (own, { port }) =>
    withStore(own, {
      async sealBatch(options) {
        if ((options.behind ?? []).length > 0) return own.store.sealBatch(options);
        await port.write(['meta', 'pending'], 'strict', async (tx) => {
          const rows = (await unsentRows(tx)).filter(({ link }) => link !== null);
          await writeLinks(tx, new Map());
          await tx.putMany(
            'pending',
            rows.map((row) => ({ ...row, link: null })),
          );
        });
        return own.store.sealBatch(options);
      },
    }),
};

/** Of our own: no wait for the server, the disk or a stuck cycle ever ends. */
export const noDeadlines: Plant = {
  name: 'no deadlines',
  caughtBy: ['idle within 90 s'],
  endless: [30_000, watchdogMs, 180_000, 240_000],
};
