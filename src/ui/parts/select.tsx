/** A list that drops down, for ten or so choices and more. An empty string means that nothing is chosen. */
import { words } from '../words.ts';
import type { Choice } from './choice.ts';
import { FieldShell, describedBy, type FieldProps } from './field.tsx';

export interface SelectProps<T extends string> extends FieldProps {
  readonly value: T | '';
  readonly onChange: (value: T | '') => void;
  readonly choices: readonly Choice<T>[];
  /** The first, empty line; null leaves it out. */
  readonly empty?: string | null;
  readonly disabled?: boolean;
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { id, value, error, choices, empty = words.parts.choose } = props;
  return (
    <FieldShell {...props}>
      <select
        id={id}
        autocomplete="off"
        class={`govuk-select ${error ? 'govuk-select--error' : ''}`}
        disabled={props.disabled ?? false}
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(props)}
        onChange={(event) => props.onChange(event.currentTarget.value as T | '')}
      >
        {empty !== null && (
          <option value="" selected={value === ''}>
            {empty}
          </option>
        )}
        {underHeadings(choices).map(({ heading, under }) => {
          const options = under.map((choice) => (
            <option
              key={choice.value}
              value={choice.value}
              selected={choice.value === value}
              disabled={choice.disabled ?? false}
            >
              {choice.label}
            </option>
          ));
          if (heading === undefined) return options;
          return (
            <optgroup key={heading} label={heading}>
              {options}
            </optgroup>
          );
        })}
      </select>
    </FieldShell>
  );
}

interface Headed<T extends string> {
  readonly heading: string | undefined;
  readonly under: readonly Choice<T>[];
}

function underHeadings<T extends string>(choices: readonly Choice<T>[]): readonly Headed<T>[] {
  const headings = [...new Set(choices.map(({ group }) => group))];
  return headings.map((heading) => ({ heading, under: choices.filter(({ group }) => group === heading) }));
}
