/** A password or passphrase: pasting allowed, a button shows what was typed, and password managers are told what it is. */
import { useState } from 'preact/hooks';
import { words } from '../words.ts';
import { FieldShell, describedBy, type FieldProps } from './field.tsx';

export interface PasswordInputProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly autocomplete: 'current-password' | 'new-password' | 'off';
}

export function PasswordInput(props: PasswordInputProps) {
  const { id, value, error } = props;
  const [visible, setVisible] = useState(false);
  return (
    <FieldShell {...props} class="govuk-password-input">
      <div class="govuk-input__wrapper govuk-password-input__wrapper">
        <input
          id={id}
          class={`govuk-input govuk-password-input__input ${error ? 'govuk-input--error' : ''}`}
          // The types tie roles to `type`; no role is given here.
          type={(visible ? 'text' : 'password') as 'password'}
          value={value}
          autocomplete={props.autocomplete}
          autocapitalize="none"
          spellcheck={false}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(props)}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="govuk-button govuk-button--secondary govuk-password-input__toggle"
          aria-controls={id}
          aria-label={visible ? words.parts.hidePassword : words.parts.showPassword}
          onClick={() => setVisible(!visible)}
        >
          {visible ? words.parts.hide : words.parts.show}
        </button>
      </div>
      <div class="govuk-visually-hidden" aria-live="polite">
        {visible ? words.parts.passwordShown : ''}
      </div>
    </FieldShell>
  );
}
