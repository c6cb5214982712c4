/** Any of a few. `Checkbox` is a single one that says a whole sentence. */
import type { Choice } from './choice.ts';
import { GroupShell, type FieldProps } from './field.tsx';

export interface CheckboxesProps<T extends string> extends FieldProps {
  readonly values: readonly T[];
  readonly onChange: (values: readonly T[]) => void;
  readonly choices: readonly Choice<T>[];
  readonly small?: boolean;
  readonly disabled?: boolean;
}

export function Checkboxes<T extends string>(props: CheckboxesProps<T>) {
  const { id, values, choices } = props;
  const toggle = (value: T, on: boolean): void =>
    props.onChange(choices.map((choice) => choice.value).filter((one) => (one === value ? on : values.includes(one))));
  return (
    <GroupShell {...props}>
      <div class={`govuk-checkboxes ${props.small ? 'govuk-checkboxes--small' : ''}`}>
        {choices.map((choice, at) => (
          <CheckboxItem
            key={choice.value}
            id={at === 0 ? id : `${id}-${choice.value}`}
            choice={choice}
            checked={values.includes(choice.value)}
            disabled={(props.disabled ?? false) || (choice.disabled ?? false)}
            onChange={(on) => toggle(choice.value, on)}
          />
        ))}
      </div>
    </GroupShell>
  );
}

interface CheckboxProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly small?: boolean;
  readonly disabled?: boolean;
}

export function Checkbox({ id, label, hint, checked, onChange, small, disabled }: CheckboxProps) {
  const choice: Choice = hint === undefined ? { value: id, label } : { value: id, label, hint };
  return (
    <div class={`govuk-form-group govuk-checkboxes ${small ? 'govuk-checkboxes--small' : ''}`}>
      <CheckboxItem id={id} choice={choice} checked={checked} disabled={disabled ?? false} onChange={onChange} />
    </div>
  );
}

function CheckboxItem(props: {
  readonly id: string;
  readonly choice: Choice;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const { id, choice, checked } = props;
  return (
    <div class="app-choice">
      <div class="govuk-checkboxes__item">
        <input
          id={id}
          class="govuk-checkboxes__input"
          type="checkbox"
          autocomplete="off"
          checked={checked}
          disabled={props.disabled}
          aria-describedby={choice.hint ? `${id}-item-hint` : undefined}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          {choice.label}
        </label>
        {choice.hint && (
          <div id={`${id}-item-hint`} class="govuk-hint govuk-checkboxes__hint">
            {choice.hint}
          </div>
        )}
      </div>
      {checked && choice.reveal && <div class="govuk-checkboxes__conditional">{choice.reveal}</div>}
    </div>
  );
}
