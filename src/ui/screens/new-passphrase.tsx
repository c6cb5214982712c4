/** The two boxes in which a passphrase is chosen, after whatever else a screen asks, and what may be wrong with them. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { errorAt, newSecretError } from '../data/typed-secrets.ts';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { AccountName } from '../parts/account-name.tsx';
import type { FieldError } from '../parts/error-summary.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';

interface NewPassphraseProps {
  readonly email: string;
  readonly submit: string;
  /** What the button says while the answer is awaited. */
  readonly submitting?: string;
  readonly hint?: string;
  readonly ask: (passphrase: string) => Promise<FieldError | null>;
  /** What is asked before, each field with its error, and what is wrong with it as it stands. */
  readonly fields?: (errorOf: (id: string) => string | null) => ComponentChildren;
  readonly check?: () => readonly FieldError[];
}

export function NewPassphrase({
  email,
  submit,
  submitting = words.doors.preparing,
  hint = words.doors.newPassphraseHint,
  ask,
  fields,
  check: checkFields,
}: NewPassphraseProps) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const form = useDoorForm();
  const { doors } = words;
  const check = (): readonly FieldError[] => {
    const short = errorAt('passphrase', newSecretError(passphrase, [email]));
    const different = errorAt('passphrase-again', passphrase === again ? null : doors.notTheSame);
    return [...(checkFields?.() ?? []), ...(short.length > 0 ? short : different)];
  };
  return (
    <DoorFormShell
      form={form}
      submit={submit}
      submitting={submitting}
      onSubmit={() => form.submit(check(), () => ask(passphrase))}
    >
      {fields?.(form.errorOf)}
      {!fields && <AccountName email={email} />}
      <PasswordInput
        id="passphrase"
        label={doors.newPassphrase}
        hint={hint}
        autocomplete="new-password"
        value={passphrase}
        error={form.errorOf('passphrase')}
        onInput={setPassphrase}
      />
      <PasswordInput
        id="passphrase-again"
        label={doors.repeatPassphrase}
        autocomplete="new-password"
        value={again}
        error={form.errorOf('passphrase-again')}
        onInput={setAgain}
      />
    </DoorFormShell>
  );
}
