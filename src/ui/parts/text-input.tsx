/** One line of text. The value is the caller's; nothing is trimmed or changed here. */
import { FieldShell, describedBy, type FieldProps } from './field.tsx';

export interface TextInputProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onBlur?: () => void;
  /** In characters; absent is the full width. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  readonly maxLength?: number;
  readonly type?: 'text' | 'email' | 'search';
  readonly autocomplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'search';
  readonly spellcheck?: boolean;
  readonly readOnly?: boolean;
  /** Letters and digits that mean nothing by themselves: spaced, so that they can be compared one by one. */
  readonly code?: boolean;
}

export function TextInput(props: TextInputProps) {
  const { id, value, error, width, type = 'text', autocomplete = 'off' } = props;
  return (
    <FieldShell {...props}>
      <input
        id={id}
        class={`govuk-input ${width ? `govuk-input--width-${width}` : ''} ${props.code ? 'app-code-input' : ''} ${error ? 'govuk-input--error' : ''}`}
        // The types allow other roles for other types; no role is given here.
        type={type as 'text'}
        value={value}
        maxLength={props.maxLength}
        inputMode={props.inputMode}
        autocomplete={autocomplete}
        spellcheck={props.spellcheck ?? false}
        readOnly={props.readOnly ?? false}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(props)}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onBlur={props.onBlur}
      />
    </FieldShell>
  );
}
