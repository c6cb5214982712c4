/** One user action of the made-up authority: who did what when. A server and a laptop write it each by their own means. */
import type { JsonObject } from '../canonical.ts';
import type { PersonId, RecordId } from '../ids.ts';
import type { Kind } from '../record.ts';

/** One unit given a new value: always the whole unit. */
export interface ExampleEdit {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
}

export interface ExampleGroup {
  readonly by: PersonId;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly edits: readonly ExampleEdit[];
}
