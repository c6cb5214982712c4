/** Changing one's own password: the one in use is shown once more, and every other session ends. */
import { useEffect, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import { errorAt, newSecretError } from '../data/typed-secrets.ts';
import { CodeInput } from '../frame/code-input.tsx';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { AccountName } from '../parts/account-name.tsx';
import { useAnnounce } from '../parts/announce.tsx';
import { Button } from '../parts/button.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';

interface OwnPasswordProps {
  readonly server: CouncilServer;
  readonly email: string;
  /** There is a second factor, of which a code is asked too. */
  readonly withCode: boolean;
}

const [titleId, nowId, codeId, newId] = ['own-password', 'password-now', 'password-code', 'password-new'] as const;

/** Where the focus goes when what had it is gone. */
const focusTitle = (): void => document.getElementById(titleId)?.focus();

export function OwnPassword({ server, email, withCode }: OwnPasswordProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [isChanged, setIsChanged] = useState(false);
  const announce = useAnnounce();
  const { account } = words;
  const close = (): void => {
    setIsOpen(false);
    focusTitle();
  };
  const changed = (): void => {
    close();
    setIsChanged(true);
    announce(account.passwordChanged);
  };
  return (
    <section aria-labelledby={titleId}>
      <h2 class="govuk-heading-m" id={titleId} tabIndex={-1}>
        {account.passwordTitle}
      </h2>
      <p class="govuk-body">{account.passwordLead}</p>
      {isChanged && <p class="govuk-body">{account.passwordChanged}</p>}
      {isOpen ? (
        <ChangeForm server={server} email={email} withCode={withCode} onChanged={changed} onCancel={close} />
      ) : (
        <Button kind="secondary" onClick={() => setIsOpen(true)}>
          {account.passwordChange}
        </Button>
      )}
    </section>
  );
}

interface ChangeFormProps extends OwnPasswordProps {
  readonly onChanged: () => void;
  readonly onCancel: () => void;
}

function ChangeForm({ server, email, withCode, onChanged, onCancel }: ChangeFormProps) {
  const [now, setNow] = useState('');
  const [next, setNext] = useState('');
  const [code, setCode] = useState('');
  const form = useDoorForm();
  const { account, doors, parts } = words;
  useEffect(() => document.getElementById(nowId)?.focus(), []);
  const submit = (): void => {
    const isSame = now !== '' && now === next;
    const check = [
      ...errorAt(nowId, now === '' ? doors.enterPassword : null),
      ...errorAt(codeId, withCode && code.trim() === '' ? account.enterCode : null),
      ...errorAt(newId, isSame ? account.passwordSame : newSecretError(next, [email])),
    ];
    form.submit(check, async () => {
      const changed = await server.account.changePassword(now, next, withCode ? code.trim() : undefined);
      if (!changed.ok) return { id: fieldOf(changed.problem), text: textOf(changed.problem) };
      onChanged();
      return null;
    });
  };
  return (
    <>
      <DoorFormShell
        form={form}
        onSubmit={submit}
        submit={account.passwordChange}
        submitting={account.passwordChanging}
      >
        <AccountName email={email} />
        <PasswordInput
          id={nowId}
          label={account.passwordNow}
          autocomplete="current-password"
          value={now}
          error={form.errorOf(nowId)}
          onInput={setNow}
        />
        {withCode && <CodeInput id={codeId} beside value={code} error={form.errorOf(codeId)} onInput={setCode} />}
        <PasswordInput
          id={newId}
          label={account.passwordNew}
          hint={doors.newPasswordHint}
          autocomplete="new-password"
          value={next}
          error={form.errorOf(newId)}
          onInput={setNext}
        />
      </DoorFormShell>
      <Button kind="link" onClick={onCancel}>
        {parts.cancel}
      </Button>
    </>
  );
}

function fieldOf({ kind }: SyncProblem): string | null {
  if (kind === 'wrong-credentials') return nowId;
  if (kind === 'wrong-code') return codeId;
  return kind === 'weak-password' ? newId : null;
}

function textOf(problem: SyncProblem): string {
  const { account, problems } = words;
  if (problem.kind === 'wrong-credentials') return account.passwordWrong;
  // The question may have got there, and its answer not back.
  const isOpen = ['unreachable', 'timed-out', 'not-our-server', 'server-error', 'laptop-failed'].includes(problem.kind);
  return isOpen ? `${problems.sync(problem)} ${account.passwordUnknown}` : problems.sync(problem);
}
