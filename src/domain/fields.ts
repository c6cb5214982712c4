/**
 * Every field of every unit, and who may hold it where. The one list behind two promises:
 *
 *   plain   kept in clear on the laptop: ids, dates, grades, what percentages and filters count
 *   list    sent with every record a person may read (`columns` projection), sealed on the laptop: what a list shows
 *   text    sent only with the `full` projection, sealed on the laptop: evidence, rationale, words
 *
 * A field that is not listed is `text`: a newer server's field is carried through, sealed, until this build knows it.
 */
import type { Json, JsonObject } from './canonical.ts';
import type { FamilyOf, KnownKind } from './unit-names.ts';
import { familyOf } from './unit-names.ts';

export type FieldClass = 'plain' | 'list' | 'text';

type FieldTable = { readonly [K in KnownKind]: { readonly [F in FamilyOf<K>]: Readonly<Record<string, FieldClass>> } };

const event = { by: 'plain', at: 'plain', reason: 'text' } as const;

export const fieldClasses: FieldTable = {
  audit: {
    case: { reference: 'list', initials: 'list', ageBand: 'list', header: 'text' },
    allocation: {
      tool: 'plain',
      service: 'plain',
      team: 'plain',
      auditor: 'plain',
      moderator: 'plain',
      due: 'plain',
      selection: 'plain',
      cycle: 'plain',
      extendedTo: 'plain',
      extensionApprover: 'plain',
      extensionReason: 'text',
      exempt: 'plain',
      exemptionApprover: 'plain',
      exemptionReason: 'text',
    },
    'section:*': {
      grade: 'plain',
      notApplicable: 'plain',
      notApplicableReason: 'text',
      evidence: 'text',
      rationale: 'text',
    },
    'checks:*': { answers: 'plain' },
    overall: { suggested: 'plain', chosen: 'plain', rule: 'plain', reason: 'text' },
    'voice:*': { obtained: 'plain', words: 'text', because: 'text' },
    concern: { raised: 'text', told: 'text', toldAt: 'text', how: 'text' },
    // A row's identity is a hash of what is in it: whoever guesses a row could tell from it, so it is sealed.
    imported: { import: 'plain', row: 'list', line: 'plain', day: 'plain' },
    submitted: event,
    voided: event,
    'correction:*': { ...event, unit: 'plain' },
    hold: { on: 'plain', wholeCase: 'plain', by: 'plain', at: 'plain', why: 'text' },
    erased: { by: 'plain', at: 'plain', certificate: 'plain', kept: 'plain' },
  },
  service: { profile: { name: 'list', from: 'plain', to: 'plain', was: 'list' } },
  team: { profile: { name: 'list', service: 'plain', from: 'plain', to: 'plain', was: 'list' } },
  person: { profile: { name: 'list', email: 'list' }, roles: { grants: 'plain' } },
  tool: { definition: { tool: 'list' } },
  import: {
    source: {
      file: 'list',
      digest: 'plain',
      rows: 'plain',
      tool: 'plain',
      by: 'plain',
      at: 'plain',
      mapping: 'text',
    },
    finished: event,
    undone: event,
  },
  settings: {
    authority: { name: 'list' },
    retention: { months: 'plain', cycles: 'plain', laptopDays: 'plain' },
    'certificate:*': {
      at: 'plain',
      by: 'plain',
      audits: 'plain',
      changes: 'plain',
      from: 'plain',
      to: 'plain',
      place: 'plain',
      head: 'plain',
    },
    'search:*': { at: 'plain', by: 'plain', audits: 'plain', changes: 'plain' },
  },
};

export interface SplitValue {
  readonly plain: JsonObject;
  readonly list: JsonObject;
  readonly text: JsonObject;
}

/** Splits a unit's value by field class. `joinValue` puts it together again. */
export function splitValue(kind: string, unit: string, value: JsonObject): SplitValue {
  const classes = classesOf(kind, unit);
  // One pass: a first download splits every unit of every record, on both sides.
  const parts: Record<FieldClass, [string, Json][]> = { plain: [], list: [], text: [] };
  for (const entry of Object.entries(value)) parts[classOf(classes, entry[0])].push(entry);
  const { plain, list, text } = parts;
  return { plain: Object.fromEntries(plain), list: Object.fromEntries(list), text: Object.fromEntries(text) };
}

/** What of a value is sent with every record: all but its text. */
export function withoutText(kind: string, unit: string, value: JsonObject): JsonObject {
  const classes = classesOf(kind, unit);
  return Object.fromEntries(Object.entries(value).filter(([field]) => classOf(classes, field) !== 'text'));
}

type Classes = Readonly<Record<string, FieldClass>>;

// Only own entries count: a newer field may be called `toString`, and no name may reach what objects inherit.
const classOf = (classes: Classes, field: string): FieldClass =>
  (Object.hasOwn(classes, field) ? classes[field] : undefined) ?? 'text';

function classesOf(kind: string, unit: string): Classes {
  const family = familyOf(kind, unit);
  if (family === undefined) return {};
  const table = fieldClasses as Readonly<Record<string, Readonly<Record<string, Classes>>>>;
  return table[kind]?.[family] ?? {};
}

/** Whether a list shows anything of a unit that is not plain. */
export const showsInLists = (kind: string, unit: string): boolean =>
  Object.values(classesOf(kind, unit)).includes('list');

/** One value from its parts, which share no field. */
export const joinValue = (...parts: readonly JsonObject[]): JsonObject =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
