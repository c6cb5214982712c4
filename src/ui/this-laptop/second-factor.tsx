/** A person's own second factor: whether it is on, setting one up, turning it off. */
import { useEffect, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Enrolment, Result, SyncProblem } from '../../protocol/problem.ts';
import type { FactorState } from '../../protocol/session.ts';
import { errorAt } from '../data/typed-secrets.ts';
import { CodeInput } from '../frame/code-input.tsx';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { EnrolSteps } from '../frame/enrol-steps.tsx';
import { AccountName } from '../parts/account-name.tsx';
import { useAnnounce } from '../parts/announce.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';

interface SecondFactorProps {
  readonly server: CouncilServer;
  readonly email: string;
  /** null where the server could not be asked. */
  readonly factor: FactorState | null;
  readonly onChanged: () => void;
}

type Doing =
  { readonly kind: 'nothing' | 'begin' | 'remove' } | { readonly kind: 'prove'; readonly enrolment: Enrolment };

export function SecondFactor({ server, email, factor, onChanged }: SecondFactorProps) {
  const [doing, setDoing] = useState<Doing>({ kind: 'nothing' });
  const announce = useAnnounce();
  const { account } = words;
  const close = (): void => setDoing({ kind: 'nothing' });
  const done = (said: string) => (): void => {
    close();
    announce(said);
    onChanged();
  };
  return (
    <section aria-labelledby="second-factor">
      <h2 class="govuk-heading-m" id="second-factor">
        {account.title}
      </h2>
      <p class="govuk-body">{account.lead}</p>
      {factor === null && <p class="govuk-body">{account.offline}</p>}
      {factor !== null && doing.kind === 'nothing' && (
        <>
          <p class="govuk-body">
            <strong>{factor.enrolled ? account.on(factor.codesLeft) : account.off}</strong>{' '}
            {factor.required && account.required}
          </p>
          <ButtonGroup>
            <Button kind="secondary" onClick={() => setDoing({ kind: 'begin' })}>
              {factor.enrolled ? account.replace : account.setUp}
            </Button>
            {factor.enrolled && !factor.required && (
              <Button kind="secondary" onClick={() => setDoing({ kind: 'remove' })}>
                {account.remove}
              </Button>
            )}
          </ButtonGroup>
        </>
      )}
      {doing.kind === 'begin' && (
        <PasswordForm
          email={email}
          withCode={factor?.enrolled === true}
          ask={(password, code) => server.account.beginFactor(password, code === '' ? undefined : code)}
          onDone={(enrolment) => setDoing({ kind: 'prove', enrolment })}
          onCancel={close}
        />
      )}
      {doing.kind === 'prove' && (
        <EnrolSteps enrolment={doing.enrolment}>
          <ProveForm server={server} email={email} onDone={done(account.turnedOn)} onCancel={close} />
        </EnrolSteps>
      )}
      {doing.kind === 'remove' && (
        <>
          <h3 class="govuk-heading-s">{account.removeTitle}</h3>
          <p class="govuk-body">{account.removeBody}</p>
          <PasswordForm
            email={email}
            withCode
            submit={account.remove}
            ask={(password, code) => server.account.removeFactor(password, code)}
            onDone={done(account.turnedOff)}
            onCancel={close}
          />
        </>
      )}
    </section>
  );
}

interface PasswordFormProps<T> {
  readonly email: string;
  readonly withCode?: boolean;
  readonly submit?: string;
  readonly ask: (password: string, code: string) => Promise<Result<T, SyncProblem>>;
  readonly onDone: (value: T) => void;
  readonly onCancel: () => void;
}

function PasswordForm<T>({ email, withCode = false, submit, ask, onDone, onCancel }: PasswordFormProps<T>) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const form = useDoorForm();
  const { account, doors, problems } = words;
  useEffect(() => document.getElementById('factor-password')?.focus(), []);
  const check = [
    ...errorAt('factor-password', password === '' ? doors.enterPassword : null),
    ...errorAt('factor-code', withCode && code.trim() === '' ? account.enterCode : null),
  ];
  const send = (): void =>
    form.submit(check, async () => {
      const reply = await ask(password, code.trim());
      if (!reply.ok) {
        const at = reply.problem.kind === 'wrong-code' ? 'factor-code' : 'factor-password';
        const isTyped = reply.problem.kind === 'wrong-code' || reply.problem.kind === 'wrong-credentials';
        return { id: isTyped ? at : null, text: problems.sync(reply.problem) };
      }
      onDone(reply.value);
      return null;
    });
  return (
    <>
      <DoorFormShell form={form} onSubmit={send} submit={submit ?? account.continue} submitting={account.checking}>
        <AccountName email={email} />
        <PasswordInput
          id="factor-password"
          label={account.passwordFirst}
          autocomplete="current-password"
          value={password}
          error={form.errorOf('factor-password')}
          onInput={setPassword}
        />
        {withCode && (
          <CodeInput id="factor-code" beside value={code} error={form.errorOf('factor-code')} onInput={setCode} />
        )}
      </DoorFormShell>
      <Button kind="link" onClick={onCancel}>
        {words.parts.cancel}
      </Button>
    </>
  );
}

interface ProveFormProps {
  readonly server: CouncilServer;
  readonly email: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function ProveForm({ server, email, onDone, onCancel }: ProveFormProps) {
  const [code, setCode] = useState('');
  const form = useDoorForm();
  const { account, problems } = words;
  const send = (): void =>
    form.submit(errorAt('factor-code', code.trim() === '' ? account.enterCode : null), async () => {
      const reply = await server.account.confirmFactor(code.trim());
      if (!reply.ok) return { id: 'factor-code', text: problems.sync(reply.problem) };
      onDone();
      return null;
    });
  return (
    <>
      <DoorFormShell form={form} onSubmit={send} submit={account.enrolSubmit} submitting={account.enrolling}>
        <AccountName email={email} />
        <CodeInput id="factor-code" proving value={code} error={form.errorOf('factor-code')} onInput={setCode} />
      </DoorFormShell>
      <Button kind="link" onClick={onCancel}>
        {words.parts.cancel}
      </Button>
    </>
  );
}
