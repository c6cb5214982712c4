/**
 * Signing in to the council's server: email and password, then a code where the person has a second factor, or its setting up
 * where the council asks for one. With `expected`, on the way to a new passphrase for that person's laptop copy.
 */
import { useEffect, useState } from 'preact/hooks';
import type { CouncilRefused } from '../../bridge/gate-state.ts';
import type { GateActions } from '../../bridge/gate.ts';
import type { Enrolment } from '../../protocol/problem.ts';
import type { AuthorityReply } from '../../protocol/session.ts';
import type { KeyringEntry } from '../../store/keyring-entry.ts';
import { emailError, errorAt } from '../data/typed-secrets.ts';
import { CodeInput } from '../frame/code-input.tsx';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { Door } from '../frame/door.tsx';
import { EnrolSteps } from '../frame/enrol-steps.tsx';
import { AccountName } from '../parts/account-name.tsx';
import { Button } from '../parts/button.tsx';
import { Details } from '../parts/details.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

interface SignInProps {
  readonly gate: GateActions;
  readonly expected: KeyringEntry | null;
  /** A password has just been set with a link. */
  readonly joined: boolean;
  /** Why a sign-in with the council's own account came to nothing. */
  readonly refused: CouncilRefused | null;
}

/** What the server asks for next. */
type Step =
  { readonly kind: 'password' } | { readonly kind: 'code' } | { readonly kind: 'enrol'; enrolment: Enrolment };

export function SignIn({ gate, expected, joined, refused }: SignInProps) {
  const [email, setEmail] = useState(expected?.label ?? '');
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<Step>({ kind: 'password' });
  const [server, setServer] = useState<AuthorityReply | null>(null);
  useEffect(() => void gate.authority().then(setServer), [gate]);
  const authorityName = expected?.authorityName ?? server?.authorityName ?? null;
  const byCouncil = server?.councilSignIn ?? false;
  if (step.kind !== 'password') {
    const again = (): void => {
      setPassword('');
      setStep({ kind: 'password' });
    };
    return <SecondStep {...{ gate, email, password, step, authorityName }} onAgain={again} />;
  }
  return (
    <FirstStep
      {...{ gate, expected, joined, refused, byCouncil, email, password, authorityName, setEmail, setPassword }}
      onStep={setStep}
    />
  );
}

interface FirstStepProps extends SignInProps {
  readonly email: string;
  readonly password: string;
  readonly authorityName: string | null;
  readonly byCouncil: boolean;
  readonly setEmail: (email: string) => void;
  readonly setPassword: (password: string) => void;
  readonly onStep: (step: Step) => void;
}

function FirstStep(props: FirstStepProps) {
  const { gate, expected, joined, refused, byCouncil, email, password, authorityName } = props;
  const { setEmail, setPassword, onStep } = props;
  const [noServer, setNoServer] = useState(false);
  const form = useDoorForm();
  const { account, doors } = words;
  const submit = (): void => {
    const check = [
      ...errorAt('email', emailError(email.trim())),
      ...errorAt('password', password === '' ? doors.enterPassword : null),
    ];
    form.submit(check, async () => {
      const problem = await gate.signIn(email.trim(), password);
      setNoServer(problem?.kind === 'not-our-server');
      if (problem === null) return null;
      if (problem.kind === 'second-factor') onStep({ kind: 'code' });
      if (problem.kind === 'enrol') onStep({ kind: 'enrol', enrolment: problem.enrolment });
      if (problem.kind === 'second-factor' || problem.kind === 'enrol') return null;
      return { id: problem.kind === 'wrong-credentials' ? 'email' : null, text: words.problems.sync(problem) };
    });
  };
  const plain = byCouncil ? account.councilOr : doors.signInLead;
  const lead = joined ? doors.signInJoined : plain;
  return (
    <Door title={doors.signInTitle} hasError={form.errors.length > 0} authorityName={authorityName}>
      {refused !== null && (
        <p class="govuk-error-message" role="alert">
          {account.councilRefused[refused]}
        </p>
      )}
      {byCouncil && <Button onClick={() => void gate.toCouncil()}>{account.council}</Button>}
      <p class="govuk-body">{expected === null ? lead : doors.signInExpected(expected.label)}</p>
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

interface SecondStepProps {
  readonly gate: GateActions;
  readonly email: string;
  readonly password: string;
  readonly step: Exclude<Step, { readonly kind: 'password' }>;
  readonly authorityName: string | null;
  readonly onAgain: () => void;
}

function SecondStep({ gate, email, password, step, authorityName, onAgain }: SecondStepProps) {
  const [code, setCode] = useState('');
  const form = useDoorForm();
  const { account, doors } = words;
  const proving = step.kind === 'enrol';
  const submit = (): void =>
    form.submit(errorAt('code', code.trim() === '' ? account.enterCode : null), async () => {
      const problem = await gate.signIn(email.trim(), password, code.trim());
      if (problem === null) return null;
      return { id: problem.kind === 'wrong-code' ? 'code' : null, text: words.problems.sync(problem) };
    });
  const shell = (
    <DoorFormShell
      form={form}
      onSubmit={submit}
      submit={proving ? account.enrolSubmit : doors.signIn}
      submitting={proving ? account.enrolling : doors.signingIn}
    >
      <AccountName email={email} />
      <CodeInput id="code" proving={proving} value={code} error={form.errorOf('code')} onInput={setCode} />
    </DoorFormShell>
  );
  return (
    <Door
      key={step.kind}
      title={proving ? account.enrolTitle : account.codeTitle}
      hasError={form.errors.length > 0}
      authorityName={authorityName}
    >
      <p class="govuk-body">{proving ? account.enrolRequired : account.codeLead}</p>
      {proving ? <EnrolSteps enrolment={step.enrolment}>{shell}</EnrolSteps> : shell}
      <p class="govuk-body">
        <Button kind="link" onClick={onAgain}>
          {account.otherAccount}
        </Button>
      </p>
      {!proving && <Details summary={account.codeLostSummary}>{account.codeLost}</Details>}
    </Door>
  );
}
