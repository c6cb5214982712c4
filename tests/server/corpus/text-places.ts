/**
 * Finds in the schemas of values where free text may stand, and fills all of it with a given text: so a field that is added
 * later is tried without anybody thinking of it. Where a schema asks for something of a form (an id, a day), a value of that form
 * is found by asking the schema.
 */
import * as v from 'valibot';
import { forbiddenKeys } from '../../../src/domain/canonical.ts';

/** What a text becomes where it must be short, of one line, or an address; null where no text may stand. */
export function fitted(schema: v.GenericSchema, text: string): string | null {
  const line = text.replace(/[\r\n]+/g, ' ');
  const cuts = [text, ...[2_000, 1_000, 200, 120, 60, 30, 6].map((most) => line.slice(0, most)), address(line)];
  // A character is not cut in half.
  return cuts.map((each) => each.replace(/[\ud800-\udbff]$/, '')).find((each) => v.is(schema, each)) ?? null;
}

const address = (line: string): string => `${line.replace(/[\s@]+/g, '').slice(0, 90)}@example.test`;

/** A text that no field of a form takes. */
const probe = '<b title="A b">';
export const isFree = (schema: v.GenericSchema): boolean => fitted(schema, probe) !== null;

const forms: readonly unknown[] = [
  ...['a'.repeat(32), 'a'.repeat(64), '2026-01-31', '2026-01-31T10:30', 'good', 'yes', '1.0.0', 'a'],
  ...[null, true, 1, 0],
];

type Any = v.GenericSchema & Readonly<Record<string, unknown>>;
export interface Filled {
  readonly value: unknown;
  /** Where the text stands, and as what. */
  readonly texts: readonly string[];
}

const noText = (value: unknown): Filled => ({ value, texts: [] });

/** A value of a schema with `text` in every place that takes it. */
export function filled(schema: v.GenericSchema, text: string): Filled {
  const { type, entries, item, wrapped, key, value: of, options } = schema as Any;
  switch (type) {
    case 'object':
    case 'loose_object':
      return joined(
        Object.entries(entries as Record<string, v.GenericSchema>).map(([name, each]) => [name, filled(each, text)]),
      );
    case 'array':
      return listOf(schema, filled(item as v.GenericSchema, text));
    case 'record': {
      // A key that could reach a prototype is refused wherever it is (server/odd-keys.test.ts).
      const name =
        isFree(key as v.GenericSchema) && !forbiddenKeys.has(text) ? fitted(key as v.GenericSchema, text) : null;
      return joined([[name ?? 'a', filled(of as v.GenericSchema, text)]]);
    }
    case 'nullable':
    case 'exact_optional':
      return filled(wrapped as v.GenericSchema, text);
    case 'union':
      return filled((options as readonly v.GenericSchema[])[0] as v.GenericSchema, text);
    case 'picklist':
      return noText((options as readonly unknown[])[0]);
    case 'string': {
      if (!isFree(schema)) return noText(ofForm(schema));
      // What cannot stand there is put there all the same: it has to be refused.
      const fit = fitted(schema, text) ?? text;
      return { value: fit, texts: [fit] };
    }
    default:
      return piped(schema, text) ?? noText(ofForm(schema));
  }
}

/** A schema that is asked before another one says the form. */
function piped(schema: v.GenericSchema, text: string): Filled | null {
  const { pipe } = schema as Any;
  const inner = ((pipe ?? []) as readonly Any[]).find(({ type }) => type === 'record' || type === 'loose_object');
  return inner === undefined ? null : filled(inner, text);
}

function ofForm(schema: v.GenericSchema): unknown {
  const { literal } = schema as Any;
  if (literal !== undefined) return literal;
  const found = forms.find((each) => v.is(schema, each));
  if (found === undefined) throw new Error(`No value of the form ${schema.type} (${schema.expects})`);
  return found;
}

/** As short a list as the schema takes, of values that differ in nothing. */
function listOf(schema: v.GenericSchema, { value, texts }: Filled): Filled {
  for (const count of [1, 2]) {
    const list = Array<unknown>(count).fill(value);
    if (v.is(schema, list) || count === 2) return { value: list, texts };
  }
  return noText([]);
}

const joined = (parts: readonly (readonly [string, Filled])[]): Filled => ({
  value: Object.fromEntries(parts.map(([name, { value }]) => [name, value])),
  texts: parts.flatMap(([, { texts }]) => texts),
});
