/** Signing in to the council's server. With `expected`, on the way to a new passphrase for that person's laptop copy. */
import { useEffect, useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import type { KeyringEntry } from '../../store/keyring-entry.ts';
import { emailError, errorAt } from '../data/typed-secrets.ts';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { Door } from '../frame/door.tsx';
import { Button } from '../parts/button.tsx';
import { Details } from '../parts/details.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

interface SignInProps {
  readonly gate: GateActions;
  readonly expected: KeyringEntry | null;
}

export function SignIn({ gate, expected }: SignInProps) {
  const [email, setEmail] = useState(expected?.label ?? '');
  const [password, setPassword] = useState('');
  const [server, setServer] = useState<string | null>(null);
  useEffect(() => void gate.authorityName().then(setServer), [gate]);
  const [noServer, setNoServer] = useState(false);
  const form = useDoorForm();
  const { doors } = words;
  const submit = (): void => {
    const check = [
      ...errorAt('email', emailError(email.trim())),
      ...errorAt('password', password === '' ? doors.enterPassword : null),
    ];
    form.submit(check, async () => {
      const problem = await gate.signIn(email.trim(), password);
      setNoServer(problem?.kind === 'not-our-server');
      if (problem === null) return null;
      return { id: problem.kind === 'wrong-credentials' ? 'email' : null, text: words.problems.sync(problem) };
    });
  };
  return (
    <Door title={doors.signInTitle} hasError={form.errors.length > 0} authorityName={expected?.authorityName ?? server}>
      <p class="govuk-body">{expected === null ? doors.signInLead : doors.signInExpected(expected.label)}</p>
      <DoorFormShell form={form} onSubmit={submit} submit={doors.signIn} submitting={doors.signingIn}>
        <TextInput
          id="email"
          label={doors.email}
          type="email"
          inputMode="email"
          autocomplete="username"
          value={email}
          error={form.errorOf('email')}
          onInput={setEmail}
        />
        <PasswordInput
          id="password"
          label={doors.password}
          autocomplete="current-password"
          value={password}
          error={form.errorOf('password')}
          onInput={setPassword}
        />
      </DoorFormShell>
      {noServer && <InsetText>{doors.noServerHere}</InsetText>}
      <p class="govuk-body">
        <Button kind="link" onClick={() => gate.back()}>
          {expected === null ? doors.otherDoors : doors.back}
        </Button>
      </p>
      <Details summary={doors.noAccount}>{doors.noAccountHelp}</Details>
    </Door>
  );
}
