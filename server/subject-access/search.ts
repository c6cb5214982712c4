/**
 * Finds everything that is held under one case reference: docs/protocol.md, "Subject access". By the reference as it is, as it
 * was before it was corrected, in a version that nobody has settled, and in what was never accepted. Reads one snapshot.
 *
 * An audit that was erased says no more whose case it was: it is found only by what came later.
 */
import type { RecordId } from '../../src/domain/ids.ts';
import { isBlind } from '../../src/domain/projection.ts';
import { caseKey, erasedReference, referenceOf } from '../../src/domain/retention.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { foundLimit, type Found, type FoundIn, type SearchReply } from '../../src/protocol/subject-access.ts';
import { eachDiscard } from '../db/discards.ts';
import { countErased } from '../db/erasure.ts';
import { findRecords, type FullRecord } from '../db/records.ts';
import { changesOf, writtenCases } from '../db/subject-access.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from '../sync/context.ts';

export async function searchCase(
  tx: Tx,
  { authority, person }: Asking,
  reference: string,
): Promise<Omit<SearchReply, 'search'>> {
  const key = caseKey(reference);
  const isAsked = (value: JsonObject): boolean => key !== erasedReference && keyIn(value) === key;
  const places = new Map<RecordId, Set<FoundIn>>();
  const found = (record: RecordId, place: FoundIn): void =>
    void (places.get(record)?.add(place) ?? places.set(record, new Set([place])));
  let changes = 0;
  for await (const page of writtenCases(tx, authority.id)) {
    changes += page.length;
    // Which of its accepted references is the audit's own is told by the audit.
    for (const { record, accepted, value } of page) {
      if (isAsked(value)) found(record, accepted ? 'former' : 'not-accepted');
    }
  }
  let decisions = 0;
  for await (const { content } of eachDiscard(tx, authority.id)) {
    decisions += 1;
    for (const { record, unit, value } of content)
      if (unit === 'case' && isAsked(value)) found(record, 'discarded-unsent');
  }
  const ids = [...places.keys()].sort();
  const first = ids.slice(0, foundLimit);
  const audits = new Map((await findRecords(tx, authority.id, first)).map((record) => [record.id, record]));
  const counts = await changesOf(tx, authority.id, first);
  return {
    found: first.map((record): Found => {
      const audit = audits.get(record);
      return {
        record,
        in: placesOf(audit, places.get(record) ?? new Set(), isAsked),
        reference: audit === undefined || audit.units['erased'] !== undefined ? null : referenceOf(audit.units),
        changes: counts.get(record) ?? 0,
        blind: audit?.facts != null && isBlind(person, audit.facts, audit.units),
        erased: audit?.units['erased'] !== undefined,
      };
    }),
    total: ids.length,
    looked: { changes, decisions },
    erased: await countErased(tx, authority.id),
  };
}

/** Where an accepted reference stands now: it shows, or in another version of the case, or it was corrected. */
function placesOf(
  audit: FullRecord | undefined,
  places: ReadonlySet<FoundIn>,
  isAsked: (value: JsonObject) => boolean,
): FoundIn[] {
  const theCase = audit?.units['case'];
  const [rest, wasAccepted] = [[...places].filter((place) => place !== 'former'), places.has('former')];
  if (!wasAccepted) return rest;
  if (theCase !== undefined && isAsked(theCase.value)) return ['current', ...rest];
  if (theCase?.others.some(({ value }) => isAsked(value))) return ['other-version', ...rest];
  return ['former', ...rest];
}

function keyIn(value: JsonObject): string | null {
  const { reference } = value;
  return typeof reference === 'string' ? caseKey(reference) : null;
}
