/** Reads what came from another thread, another tab or the network: the parsed value, or null when it has another shape. */
import * as v from 'valibot';

export type Schema<T> = v.GenericSchema<unknown, T>;

export function parse<T>(schema: Schema<T>, value: unknown): T | null {
  const read = v.safeParse(schema, value);
  return read.success ? read.output : null;
}
