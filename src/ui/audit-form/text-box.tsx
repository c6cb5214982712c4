/** A text of one unit's field, kept while it is written and never replaced under the writer's hands. */
import { TextArea } from '../parts/text-area.tsx';
import { keepable, longLimit, shortLimit } from './typed-text.ts';
import type { UnitEditor } from './unit-editor.ts';

interface TextBoxProps {
  readonly editor: UnitEditor;
  readonly unit: string;
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  readonly length: 'long' | 'short';
  readonly rows?: number;
}

/** The id of a field's control; links from the read-through lead to it. */
export const fieldId = (unit: string, field: string): string => `${unit.replace(':', '-')}-${field}`;

export function TextBox({ editor, unit, field, label, hint, length, rows }: TextBoxProps) {
  const value = editor.value(unit)[field];
  return (
    <div class="app-text-box" onFocusIn={() => editor.hold(unit)} onFocusOut={() => editor.release(unit)}>
      <TextArea
        id={fieldId(unit, field)}
        label={label}
        labelSize="s"
        {...(hint === undefined ? {} : { hint })}
        value={typeof value === 'string' ? value : ''}
        rows={rows ?? (length === 'long' ? 5 : 2)}
        limit={length === 'long' ? longLimit : shortLimit}
        onInput={(text) => editor.change(unit, () => ({ [field]: keepable(text) }), 'typing')}
      />
    </div>
  );
}
