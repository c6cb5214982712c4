/** Taking an import back as a whole: one event on its own record. */
import type { JsonObject } from '../../domain/canonical.ts';
import type { PersonId, RecordId } from '../../domain/ids.ts';
import type { EventValue } from '../../domain/values.ts';
import type { Edit } from '../../store/record.ts';

export function undoEdit(record: RecordId, by: PersonId, atMs: number): Edit {
  const value: EventValue = { by, at: atMs, reason: '' };
  return { record, kind: 'import', unit: 'undone', value: value as object as JsonObject, base: null };
}
