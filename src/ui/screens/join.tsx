/** An invitation: looks at it, asks for a password (and for the first QA lead's name and email), and joins. */
import { useEffect, useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import type { Invitation } from '../../protocol/session.ts';
import { emailError, errorAt, newSecretError } from '../data/typed-secrets.ts';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { Door } from '../frame/door.tsx';
import { Quiet } from '../frame/quiet.tsx';
import { AccountName } from '../parts/account-name.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

interface JoinProps {
  readonly gate: GateActions;
  readonly token: string;
}

type Looked =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly invitation: Invitation }
  | { readonly kind: 'problem'; readonly problem: SyncProblem };

export function Join({ gate, token }: JoinProps) {
  const [looked, setLooked] = useState<Looked>({ kind: 'looking' });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    setLooked({ kind: 'looking' });
    void gate.invitation(token).then((result) => {
      if (!wanted) return;
      setLooked(result.ok ? { kind: 'found', invitation: result.value } : { kind: 'problem', problem: result.problem });
    });
    return () => {
      wanted = false;
    };
  }, [gate, token, tries]);
  switch (looked.kind) {
    case 'looking':
      return <Quiet text={words.doors.joinChecking} />;
    case 'found':
      return <JoinForm gate={gate} token={token} invitation={looked.invitation} />;
    case 'problem':
      return <BadInvitation gate={gate} problem={looked.problem} onRetry={() => setTries((before) => before + 1)} />;
    default:
      return looked satisfies never;
  }
}

interface BadInvitationProps {
  readonly gate: GateActions;
  readonly problem: SyncProblem;
  readonly onRetry: () => void;
}

function BadInvitation({ gate, problem, onRetry }: BadInvitationProps) {
  const { doors, problems } = words;
  return (
    <Door title={doors.joinBadTitle}>
      <p class="govuk-body" role="alert">
        {problems.sync(problem)}
      </p>
      <ButtonGroup>
        {problem.kind !== 'bad-invitation' && <Button onClick={onRetry}>{doors.joinRetry}</Button>}
        <Button kind="secondary" onClick={() => gate.toSignIn()}>
          {doors.goToSignIn}
        </Button>
      </ButtonGroup>
    </Door>
  );
}

function JoinForm({ gate, token, invitation }: JoinProps & { readonly invitation: Invitation }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useDoorForm();
  const { doors } = words;
  const asksProfile = invitation.needsProfile;
  const profile = { name: name.trim(), email: email.trim() };
  const submit = (): void => {
    const check = [
      ...errorAt('name', asksProfile && profile.name === '' ? doors.enterName : null),
      ...errorAt('email', asksProfile ? emailError(profile.email) : null),
      ...errorAt(
        'password',
        newSecretError(password, [name, email, invitation.name, invitation.email, invitation.authorityName]),
      ),
    ];
    form.submit(check, async () => {
      const problem = await (asksProfile ? gate.join(token, password, profile) : gate.join(token, password));
      if (problem === null) return null;
      return { id: problem.kind === 'weak-password' ? 'password' : null, text: words.problems.sync(problem) };
    });
  };
  return (
    <Door title={doors.joinTitle} hasError={form.errors.length > 0} authorityName={invitation.authorityName}>
      <p class="govuk-body">
        {asksProfile ? doors.joinFirst : doors.joinLead(invitation.name, invitation.authorityName)}
      </p>
      {!asksProfile && <SummaryList rows={[{ name: doors.email, value: invitation.email }]} />}
      <DoorFormShell form={form} onSubmit={submit} submit={doors.joinSubmit} submitting={doors.joining}>
        {asksProfile ? (
          <>
            <TextInput
              id="name"
              label={doors.yourName}
              autocomplete="name"
              maxLength={120}
              value={name}
              error={form.errorOf('name')}
              onInput={setName}
            />
            <TextInput
              id="email"
              label={doors.workEmail}
              type="email"
              inputMode="email"
              autocomplete="username"
              maxLength={200}
              value={email}
              error={form.errorOf('email')}
              onInput={setEmail}
            />
          </>
        ) : (
          <AccountName email={invitation.email} />
        )}
        <PasswordInput
          id="password"
          label={doors.newPassword}
          hint={doors.newPasswordHint}
          autocomplete="new-password"
          value={password}
          error={form.errorOf('password')}
          onInput={setPassword}
        />
      </DoorFormShell>
    </Door>
  );
}
