/** What every panel of the form works with. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { JsonObject } from '../../domain/canonical.ts';
import type { DeviceId } from '../../domain/ids.ts';
import type { Tool } from '../../domain/tool.ts';
import type { UnitEditor } from './unit-editor.ts';

export interface FormContext {
  readonly laptop: Laptop;
  readonly tool: Tool;
  readonly editor: UnitEditor;
  /** As which the server knows this laptop. */
  readonly device: DeviceId;
}

/** A unit's value as its type; the editor keeps every field of it. */
export const valueIn = <T>(editor: UnitEditor, unit: string): T => editor.value(unit) as unknown as T;

/** Records a choice at once. */
export const act = <T extends object>(editor: UnitEditor, unit: string, fields: Partial<T>): void =>
  editor.change(unit, () => fields as JsonObject, 'act');
