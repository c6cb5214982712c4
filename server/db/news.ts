/**
 * What one process tells all of them, itself included: told inside a transaction, heard after its commit, and not at all when
 * it is undone. Ids alone, no content.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { PersonId } from '../../src/domain/ids.ts';
import { kinds, type Kind } from '../../src/domain/record.ts';
import type { AuditFacts } from '../../src/domain/rights.ts';
import type { Heard } from './engine.ts';
import type { HeldLine } from './held.ts';
import type { Tx } from './tables.ts';

/** A record that changed, with what decided who could see it before and after: what a poke asks. */
export interface ChangedRecord {
  readonly kind: Kind;
  readonly before: AuditFacts | null;
  readonly after: AuditFacts | null;
}

/** What was held of somebody, or was decided about it. */
export interface HeldNews {
  readonly author: PersonId;
  /** Whether it is news to the author as well. */
  readonly authorToo: boolean;
  readonly units: readonly Pick<HeldLine, 'record' | 'kind' | 'unit'>[];
}

export type News =
  | { readonly kind: 'changed'; readonly changed: readonly ChangedRecord[] }
  | { readonly kind: 'held'; readonly held: readonly HeldNews[] }
  /** Sessions of this person have ended. */
  | { readonly kind: 'sessions'; readonly person: PersonId }
  /** More than can be told, or than this build understands: everybody looks for themselves. */
  | { readonly kind: 'much' };

/** PostgreSQL carries less than 8,000 bytes. */
const limitBytes = 7_900;

/** What is told of ops: which units they are of, and nothing that is in them. */
export const unitsOf = (ops: readonly Pick<HeldLine, 'record' | 'kind' | 'unit'>[]): HeldNews['units'] =>
  ops.map(({ record, kind, unit }) => ({ record, kind, unit }));

/** Ten sections of one audit concern the same people: of what looks the same to a poke, one is told. */
function distinct(changed: readonly ChangedRecord[]): readonly ChangedRecord[] {
  const seen = new Map<string, ChangedRecord>();
  for (const { kind, before, after } of changed) {
    const key = `${kind} ${keyOf(before)} ${keyOf(after)}`;
    if (!seen.has(key)) seen.set(key, { kind, before: factsIn(before), after: factsIn(after) });
  }
  return [...seen.values()];
}

const keyOf = (facts: AuditFacts | null): string =>
  facts === null ? '-' : `${facts.service} ${facts.team} ${facts.auditor} ${facts.moderator}`;

const factsIn = (facts: AuditFacts | null): AuditFacts | null =>
  facts && { service: facts.service, team: facts.team, auditor: facts.auditor, moderator: facts.moderator };

export async function tell(tx: Tx, news: News): Promise<void> {
  const text = JSON.stringify(news.kind === 'changed' ? { ...news, changed: distinct(news.changed) } : news);
  const fits = Buffer.byteLength(text) <= limitBytes;
  await sql`select tell(${fits ? text : JSON.stringify({ kind: 'much' })})`.execute(tx);
}

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const idOrNone = v.nullable(id);
const facts = v.nullable(v.object({ service: idOrNone, team: idOrNone, auditor: idOrNone, moderator: idOrNone }));
const newsSchema = v.variant('kind', [
  v.object({
    kind: v.literal('changed'),
    changed: v.array(v.object({ kind: v.picklist(kinds), before: facts, after: facts })),
  }),
  v.object({
    kind: v.literal('held'),
    held: v.array(
      v.object({
        author: id,
        authorToo: v.boolean(),
        units: v.array(v.object({ record: id, kind: v.picklist(kinds), unit: v.string() })),
      }),
    ),
  }),
  v.object({ kind: v.literal('sessions'), person: id }),
  v.object({ kind: v.literal('much') }),
]);

/** What was heard, as news. */
export function newsOf(heard: Heard): News {
  if (heard.kind === 'missed') return { kind: 'much' };
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), newsSchema), heard.text);
  return read.success ? (read.output as News) : { kind: 'much' };
}
