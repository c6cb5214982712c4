/**
 * A record of a backup file as it is told here: under the names of here where it comes from an authority of one's own, word for
 * word otherwise. Whoever brings it in is its writer; its times stay what they were.
 */
import type { Objection } from '../../domain/bring-in/judge.ts';
import type { MadeChange } from '../../domain/bring-in/made-change.ts';
import { retold, type IdHere, type Referent } from '../../domain/bring-in/references.ts';
import type { Standing } from '../../domain/rights.ts';
import type { ToolValue } from '../../domain/values.ts';
import type { BackupChange } from '../../protocol/backup.ts';
import type { TakenRecord } from '../take-out.ts';

export type Way =
  | { readonly kind: 'restore' }
  /** `standing` is null on a laptop of one's own: nobody else's rights are touched. */
  | { readonly kind: 'same'; readonly standing: Standing | null }
  | {
      readonly kind: 'join';
      readonly standing: Standing | null;
      readonly idHere: IdHere;
      /** Of services, teams, tools and people: it is made here, and is not one that is here already. */
      readonly isMade: (id: string) => boolean;
    };

/** Why something of a file does not come in. */
export type OutReason =
  | Objection
  /** The person has left it out. */
  | 'left-out'
  /** It names something that was left out, or that is not known here. */
  | `no-${Referent}`
  /** Somebody else has written here since. */
  | 'overtaken'
  /** It was refused before it came into the file. */
  | 'refused';

export interface ToldChange extends MadeChange {
  /** As it stands in the file. */
  readonly filed: BackupChange;
}

export type Told =
  { readonly ok: true; readonly changes: readonly ToldChange[] } | { readonly ok: false; readonly why: OutReason };

const nothing: Told = { ok: true, changes: [] };

/** What a record asks to be made here. Changes that were refused before ask for nothing. */
export function tellRecord(record: TakenRecord, way: Way): Told {
  const made = record.changes.filter(({ held }) => held === null);
  if (way.kind !== 'join') return { ok: true, changes: made.map((filed) => ({ ...filed, filed })) };
  const { id, kind } = record;
  // An authority's name is its own, and roles are given by who may give them here.
  if (kind === 'settings') return nothing;
  if (kind === 'service' || kind === 'team' || kind === 'tool' || kind === 'person') {
    const called = kind === 'tool' ? toolIdOf(record) : id;
    if (way.idHere(kind, called) === null) return { ok: false, why: 'left-out' };
    if (!way.isMade(called)) return nothing;
  }
  const changes: ToldChange[] = [];
  for (const filed of made) {
    if (kind === 'person' && filed.unit === 'roles') continue;
    const told = retold(kind, filed.unit, filed.value, way.idHere);
    if (!told.ok) return { ok: false, why: `no-${told.missing}` };
    changes.push({ ...filed, filed, value: told.value, base: null, settles: [] });
  }
  return { ok: true, changes };
}

/** What audits call a tool. */
export const toolIdOf = ({ id, units }: TakenRecord): string =>
  (units.get('definition') as Partial<ToolValue> | undefined)?.tool?.id ?? id;
