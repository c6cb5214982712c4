/**
 * Which fields name a service, a team, a tool or a person: what has to be said anew when work moves from one authority to
 * another. Ids of records that move along (audits, imports, cycles) stay what they are: they are random.
 */
import type { JsonObject } from '../canonical.ts';
import type { FamilyOf, KnownKind } from '../unit-names.ts';
import { familyOf } from '../unit-names.ts';

export type Referent = 'service' | 'team' | 'tool' | 'person';

type ReferenceTable = {
  readonly [K in KnownKind]: { readonly [F in FamilyOf<K>]?: Readonly<Record<string, Referent>> };
};

const event = { by: 'person' } as const;

export const references: ReferenceTable = {
  audit: {
    allocation: {
      tool: 'tool',
      service: 'service',
      team: 'team',
      auditor: 'person',
      moderator: 'person',
      extensionApprover: 'person',
      exemptionApprover: 'person',
    },
    submitted: event,
    voided: event,
    'correction:*': event,
    hold: event,
    erased: event,
  },
  service: {},
  team: { profile: { service: 'service' } },
  person: {},
  tool: {},
  import: { source: { tool: 'tool', by: 'person' }, finished: event, undone: event },
  settings: { 'certificate:*': event, 'search:*': event },
};

/** Who or what an id of the file is here; null when it is nobody. */
export type IdHere = (what: Referent, id: string) => string | null;

export type Retold =
  { readonly ok: true; readonly value: JsonObject } | { readonly ok: false; readonly missing: Referent };

/** A unit's value with every service, team, tool and person as they are called here. */
export function retold(kind: string, unit: string, value: JsonObject, idHere: IdHere): Retold {
  const fields = Object.entries(referencesOf(kind, unit));
  const changed: Record<string, string> = {};
  for (const [field, what] of fields) {
    const id = Object.hasOwn(value, field) ? value[field] : null;
    if (typeof id !== 'string') continue;
    const here = idHere(what, id);
    if (here === null) return { ok: false, missing: what };
    changed[field] = here;
  }
  return { ok: true, value: { ...value, ...changed } };
}

function referencesOf(kind: string, unit: string): Readonly<Record<string, Referent>> {
  const family = familyOf(kind, unit);
  if (family === undefined) return {};
  const table = references as Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Referent>>>>>>;
  return table[kind]?.[family] ?? {};
}
