/**
 * What one process tells all of them, itself included: told inside a transaction, heard after its commit, and not at all when
 * it is undone. Ids alone, no content.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { PersonId } from '../../src/domain/ids.ts';
import { kinds, type Kind } from '../../src/domain/record.ts';
import { decidedAlike, type AuditFacts } from '../../src/domain/rights.ts';
import type { Heard } from './engine.ts';
import type { Tx } from './tables.ts';

/** A record that changed, with what decided who could see it before and after: what a poke asks. */
export interface ChangedRecord {
  readonly kind: Kind;
  readonly before: AuditFacts | null;
  readonly after: AuditFacts | null;
}

/** What decides about who decides: what a record is, or would be once its held allocation were accepted. */
export interface Ground {
  readonly facts: AuditFacts | null;
  readonly isNew: boolean;
  /** Who moderates it and may not see its grades yet: above every role. */
  readonly blind: PersonId | null;
}

/** One op of a held group, with nothing that is in it. */
export interface HeldUnit extends Ground {
  readonly kind: Kind;
  readonly unit: string;
}

/** A group of somebody's that was held, or was decided about. */
export interface HeldNews {
  readonly author: PersonId;
  /** Whether it is news to the author as well. */
  readonly authorToo: boolean;
  readonly units: readonly HeldUnit[];
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

/** Ten sections of one audit concern the same people: of what looks the same to a poke, one is told. */
const distinct = (changed: readonly ChangedRecord[]): readonly ChangedRecord[] =>
  firstOfEach(changed, ({ kind, before, after }) => `${kind} ${keyOf(before)} ${keyOf(after)}`).map((one) => {
    return { kind: one.kind, before: factsIn(one.before), after: factsIn(one.after) };
  });

/** The same of held groups, and of the ops of each. */
function distinctHeld(held: readonly HeldNews[]): readonly HeldNews[] {
  const short = held.map((one) => ({ ...one, units: firstOfEach(one.units, unitKey) }));
  const told = firstOfEach(short, ({ author, authorToo, units }) =>
    [author, authorToo, ...units.map(unitKey).sort()].join(' '),
  );
  return told.map((one) => ({
    ...one,
    units: one.units.map(({ kind, unit, facts, isNew, blind }) => ({
      kind,
      unit,
      facts: factsIn(facts),
      isNew,
      blind,
    })),
  }));
}

const unitKey = ({ kind, unit, facts, isNew, blind }: HeldUnit): string =>
  `${decidedAlike(kind, unit)}, ${keyOf(facts)} ${String(isNew)} ${blind ?? '-'}`;

function firstOfEach<T>(all: readonly T[], keyed: (one: T) => string): readonly T[] {
  const seen = new Map<string, T>();
  for (const one of all) {
    const key = keyed(one);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

const keyOf = (facts: AuditFacts | null): string =>
  facts === null ? '-' : `${facts.service} ${facts.team} ${facts.auditor} ${facts.moderator}`;

const factsIn = (facts: AuditFacts | null): AuditFacts | null =>
  facts && { service: facts.service, team: facts.team, auditor: facts.auditor, moderator: facts.moderator };

function shortened(news: News): News {
  if (news.kind === 'changed') return { ...news, changed: distinct(news.changed) };
  return news.kind === 'held' ? { ...news, held: distinctHeld(news.held) } : news;
}

export async function tell(tx: Tx, news: News): Promise<void> {
  const text = JSON.stringify(shortened(news));
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
        units: v.array(
          v.object({ kind: v.picklist(kinds), unit: v.string(), facts, isNew: v.boolean(), blind: idOrNone }),
        ),
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
