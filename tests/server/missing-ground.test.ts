/** Whose word about a missing op counts, for whom and for how long, against a plain account of the rule; on either database. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { anybody, countMissing, everybody, mayGrant, one, type Missing } from '../../server/db/missing.ts';
import { regatherMs } from '../../server/db/restored.ts';
import { insertMissing } from '../../server/db/tell-missing.ts';
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
  const daysAgo = fc.integer({ min: 0, max: 29 });
  const seq = fc.integer({ min: 1, max: 3 });
  const row = fc.record({ place, seq, by: fc.constantFrom(mine, others), isFirm: fc.boolean(), daysAgo });
  const rows = fc.uniqueArray(row, { maxLength: 4, selector: (each) => `${each.seq} ${each.by}` });
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (told, isProved) => {
      const found = await tried(server, async (tx) => {
        for (const { place: of, seq: at, by, isFirm, daysAgo: ago } of told) {
          const more = { person: null, made_ms: null, told_ms: nowMs - ago * dayMs, told_by: by, firm: isFirm ? 1 : 0 };
          await tx
            .insertInto('missing')
            .values({ authority, device, seq: at, ...of, ...more })
            .execute();
        }
        const records = [mine as string as RecordId, audit, ourTeam];
        return mayGrant(tx, authority, { person: mine, records, isProved, recentMs: nowMs - 3 * dayMs });
      });
      const isSure = ({ by, isFirm }: (typeof told)[number]): boolean => isFirm || by === mine;
      const isKnown = (at: number): boolean =>
        told.some((each) => each.seq === at && each.place.record !== null && isSure(each));
      const expected = told.some((each) => {
        const { record, unit } = each.place;
        if (!isSure(each) && !isProved) return false;
        if (record === null) return each.daysAgo < 3 && !isKnown(each.seq);
        const isOurs =
          record !== another && ['audit allocation', 'person roles', 'team profile'].includes(nameOf(record, unit));
        return isOurs && (isSure(each) || each.daysAgo < 3);
      });
      assert.is(found, expected);
    }),
    { numRuns: 60 },
  );
});

const nameOf = (record: RecordId, unit: string | null): string =>
  `${record === audit ? 'audit' : record === ourTeam ? 'team' : 'person'} ${unit ?? ''}`;

const isAlike = (a: Place, b: Place): boolean => a.record === b.record && a.unit === b.unit;
const agree = (a: Place, b: Place): boolean => a.record === null || b.record === null || isAlike(a, b);

test('told by one, an op counts for them whatever others say; by two alike, for everybody; and nobody shows a loss alone', async ({
  server,
}) => {
  const authority = server.plumbline.server.authority.id;
  const said = fc.record({ place, by: fc.constantFrom(mine, others, third), seq: fc.integer({ min: 1, max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(said, { maxLength: 9 }), async (all) => {
      /** What each says now of each place. */
      const says = new Map<number, Map<PersonId, Place>>();
      const isShown = new Set<number>();
      const agreed = (at: Map<PersonId, Place>): boolean =>
        [...at].some(([a, of]) => [...at].some(([b, too]) => a !== b && agree(of, too)));
      await tried(server, async (tx) => {
        for (const { place: of, by, seq } of all) {
          const missing: Missing = { device, seq, person: null, madeMs: null, ...of };
          const telling = { person: by, nowMs, room: 100, sinceMs: nowMs - regatherMs };
          const shows = await insertMissing(tx, authority, [missing], telling);
          const at = says.get(seq) ?? new Map<PersonId, Place>();
          says.set(seq, at);
          const before = at.get(by);
          const isFirm =
            before !== undefined &&
            before.record !== null &&
            [...at].some(([person, too]) => person !== by && isAlike(before, too));
          if (before === undefined || (of.record !== null && !isFirm)) at.set(by, of);
          if (!isShown.has(seq)) assert.is(shows, agreed(at));
          if (agreed(at)) isShown.add(seq);
        }
        const places = [...says.values()];
        const count = (person: PersonId): number => places.filter((at) => agreed(at) || at.has(person)).length;
        for (const person of [mine, others, third])
          assert.is(await countMissing(tx, authority, one(person)), count(person));
        assert.is(await countMissing(tx, authority, everybody), places.filter(agreed).length);
        assert.is(await countMissing(tx, authority, anybody), says.size);
        const rows = await tx.selectFrom('missing').select(['seq', 'record', 'unit', 'told_by', 'firm']).execute();
        for (const [seq, at] of says)
          for (const [person, of] of at) {
            const isTheirs = (row: (typeof rows)[number]): boolean =>
              row.seq === seq && row.record === of.record && row.unit === of.unit;
            assert.ok(rows.some((row) => isTheirs(row) && (row.told_by === person || row.firm === 1)));
            const isByTwo = [...at].some(([other, too]) => other !== person && isAlike(of, too) && of.record !== null);
            if (of.record !== null)
              assert.is(
                rows.some((row) => isTheirs(row) && row.firm === 1),
                isByTwo,
              );
          }
      });
    }),
    { numRuns: 100 },
  );
});

test.run();
