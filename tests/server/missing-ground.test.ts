/** Whose word about a missing op counts, for whom and for how long, against a plain account of the rule; on either database. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { countMissing, insertMissing, mayGrant, type Missing } from '../../server/db/missing.ts';
import { regatherMs } from '../../server/db/restored.ts';
import type { Tx } from '../../server/db/tables.ts';
import type { DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import { newId } from './client.ts';
import { startServer, type TestServer } from './example.ts';

const test = suite<{ server: TestServer }>('whose word about a missing op counts');
test.before(async (context) => {
  context.server = await startServer();
});
test.after(({ server }) => server.stop());

const [mine, others, third] = [newId(), newId(), newId()] as PersonId[] as [PersonId, PersonId, PersonId];
const [audit, another, ourTeam] = [newId(), newId(), newId()] as RecordId[] as [RecordId, RecordId, RecordId];
const device = newId() as DeviceId;
const dayMs = 24 * 60 * 60 * 1000;
const nowMs = 400 * dayMs;

interface Place {
  readonly record: RecordId | null;
  readonly kind: Kind | null;
  readonly unit: string | null;
}

const units: readonly Place[] = [
  { record: audit, kind: 'audit', unit: 'allocation' },
  { record: audit, kind: 'audit', unit: 'section:plan' },
  { record: another, kind: 'audit', unit: 'allocation' },
  { record: mine as string as RecordId, kind: 'person', unit: 'roles' },
  { record: mine as string as RecordId, kind: 'person', unit: 'profile' },
  { record: ourTeam, kind: 'team', unit: 'profile' },
  { record: null, kind: null, unit: null },
];
const place = fc.constantFrom(...units);

/** Runs `ask` with these rows, and leaves nothing of it. */
async function tried<T>({ plumbline }: TestServer, ask: (tx: Tx) => Promise<T>): Promise<T> {
  const undo = { answer: undefined as T | undefined };
  await plumbline.server.database
    .write(async (tx) => {
      undo.answer = await ask(tx);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return undo.answer as T;
}

test('a refusal waits for what could give the right: two people’s or one’s own word as long as it lasts, else three days', async ({
  server,
}) => {
  const authority = server.plumbline.server.authority.id;
  const row = fc.record({ place, by: fc.constantFrom(null, mine, others), daysAgo: fc.integer({ min: 0, max: 29 }) });
  const rows = fc.array(row, { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (told, isProved) => {
      const found = await tried(server, async (tx) => {
        for (const [i, { place: of, by, daysAgo }] of told.entries()) {
          const told_ms = nowMs - daysAgo * dayMs;
          const more = { person: null, made_ms: null, told_ms, told_by: by };
          await tx
            .insertInto('missing')
            .values({ authority, device, seq: i + 1, ...of, ...more })
            .execute();
        }
        const records = [mine as string as RecordId, audit, ourTeam];
        return mayGrant(tx, authority, { person: mine, records, isProved, recentMs: nowMs - 3 * dayMs });
      });
      const expected = told.some(({ place: { record, unit }, by, daysAgo }) => {
        const isSure = by === null || by === mine;
        if (!isSure && !isProved) return false;
        if (record === null) return daysAgo < 3;
        const isOurs =
          record !== another && ['audit allocation', 'person roles', 'team profile'].includes(nameOf(record, unit));
        return isOurs && (isSure || daysAgo < 3);
      });
      assert.is(found, expected);
    }),
    { numRuns: 60 },
  );
});

const nameOf = (record: RecordId, unit: string | null): string =>
  `${record === audit ? 'audit' : record === ourTeam ? 'team' : 'person'} ${unit ?? ''}`;

test('told by one, an op counts for them; by two as of the same record, for everybody; and nobody shows a loss alone', async ({
  server,
}) => {
  const authority = server.plumbline.server.authority.id;
  const said = fc.record({ place, by: fc.constantFrom(mine, others, third), seq: fc.integer({ min: 1, max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(said, { maxLength: 8 }), async (all) => {
      interface Known {
        of: Place;
        readonly tellers: Set<PersonId>;
      }
      const known = new Map<number, Known>();
      await tried(server, async (tx) => {
        for (const { place: of, by, seq } of all) {
          const missing: Missing = { device, seq, person: null, madeMs: null, ...of };
          const telling = { person: by, nowMs, room: 100, sinceMs: nowMs - regatherMs };
          const shows = await insertMissing(tx, authority, [missing], telling);
          const before = known.get(seq);
          const agrees =
            before === undefined ||
            before.of.record === null ||
            of.record === null ||
            (before.of.record === of.record && before.of.unit === of.unit);
          const isFirm = (before?.tellers.size ?? 0) > 1;
          if (before === undefined || (!agrees && !isFirm)) known.set(seq, { of, tellers: new Set([by]) });
          else if (agrees) {
            before.tellers.add(by);
            if (before.of.record === null) before.of = of;
          }
          assert.is(shows, !isFirm && (known.get(seq)?.tellers.size ?? 0) > 1);
        }
        const count = (person: PersonId): number =>
          [...known.values()].filter(({ tellers }) => tellers.size > 1 || tellers.has(person)).length;
        for (const person of [mine, others, third]) assert.is(await countMissing(tx, authority, person), count(person));
        const firm = [...known.values()].filter(({ tellers }) => tellers.size > 1).length;
        assert.is(await countMissing(tx, authority, 'everybody'), firm);
        assert.is(await countMissing(tx, authority, 'anybody'), known.size);
        const rows = await tx.selectFrom('missing').select(['seq', 'record', 'unit']).orderBy('seq').execute();
        const expected = [...known].sort(([a], [b]) => a - b);
        assert.equal(
          rows.map(({ seq, record, unit }) => [seq, record, unit]),
          expected.map(([seq, { of }]) => [seq, of.record, of.unit]),
        );
      });
    }),
    { numRuns: 60 },
  );
});

test.run();
