/** The two boxes in which a passphrase is chosen, and what may be wrong with them. */
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
  readonly ask: (passphrase: string) => Promise<FieldError | null>;
}

export function NewPassphrase({ email, submit, ask }: NewPassphraseProps) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const form = useDoorForm();
  const { doors } = words;
  const check = (): readonly FieldError[] => {
    const short = errorAt('passphrase', newSecretError(passphrase));
    return short.length > 0 ? short : errorAt('passphrase-again', passphrase === again ? null : doors.notTheSame);
  };
  return (
    <DoorFormShell
      form={form}
      submit={submit}
      submitting={doors.preparing}
      onSubmit={() => form.submit(check(), () => ask(passphrase))}
    >
      <AccountName email={email} />
      <PasswordInput
        id="passphrase"
        label={doors.newPassphrase}
        hint={doors.newPassphraseHint}
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
