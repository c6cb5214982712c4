/** One of a few, all in sight. `id` is the id of the first radio, so that an error summary can lead to it. */
import type { Choice } from './choice.ts';
import { GroupShell, type FieldProps } from './field.tsx';

export interface RadiosProps<T extends string> extends FieldProps {
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly choices: readonly Choice<T>[];
  readonly inline?: boolean;
  readonly small?: boolean;
  readonly disabled?: boolean;
}

export function Radios<T extends string>(props: RadiosProps<T>) {
  const { id, value, choices, inline, small } = props;
  return (
    <GroupShell {...props}>
      <div class={`govuk-radios ${inline ? 'govuk-radios--inline' : ''} ${small ? 'govuk-radios--small' : ''}`}>
        {choices.map((choice, at) => {
          const inputId = at === 0 ? id : `${id}-${choice.value}`;
          const checked = choice.value === value;
          return (
            <div key={choice.value} class="app-choice">
              <div class="govuk-radios__item">
                <input
                  id={inputId}
                  class="govuk-radios__input"
                  type="radio"
                  autocomplete="off"
                  name={id}
                  value={choice.value}
                  checked={checked}
                  disabled={(props.disabled ?? false) || (choice.disabled ?? false)}
                  aria-describedby={choice.hint ? `${inputId}-item-hint` : undefined}
                  onChange={() => props.onChange(choice.value)}
                />
                <label class="govuk-label govuk-radios__label" for={inputId}>
                  {choice.label}
                </label>
                {choice.hint && (
                  <div id={`${inputId}-item-hint`} class="govuk-hint govuk-radios__hint">
                    {choice.hint}
                  </div>
                )}
              </div>
              {checked && choice.reveal && <div class="govuk-radios__conditional">{choice.reveal}</div>}
            </div>
          );
        })}
      </div>
    </GroupShell>
  );
}
