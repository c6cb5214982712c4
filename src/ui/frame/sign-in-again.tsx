/** Signs in again while the app stays open: the work on the screen is not left. */
import { useEffect, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Enrolment, SyncProblem } from '../../protocol/problem.ts';
import { AccountName } from '../parts/account-name.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';
import { CodeInput } from './code-input.tsx';
import { EnrolSteps } from './enrol-steps.tsx';

const passwordId = 'again-password';
const codeId = 'again-code';

interface SignInAgainProps {
  readonly server: CouncilServer;
  /** Whose copy is open. */
  readonly email: string;
  readonly open: boolean;
  readonly onDone: () => void;
}

export function SignInAgain({ server, email, open, onDone }: SignInAgainProps) {
  return (
    <Dialog open={open} title={words.frame.signInAgain} onCancel={onDone}>
      <SignInAgainForm server={server} email={email} onDone={onDone} />
    </Dialog>
  );
}

type FormProps = Omit<SignInAgainProps, 'open'>;

function SignInAgainForm({ server, email, onDone }: FormProps) {
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** What the server asks for besides the password. */
  const [asks, setAsks] = useState<'code' | Enrolment | null>(null);
  const [code, setCode] = useState('');
  const [byCouncil, setByCouncil] = useState(false);
  useEffect(() => {
    void server.account.authority().then((reply) => setByCouncil(reply.ok && reply.value.councilSignIn === true));
  }, [server]);
  const { account, doors, parts } = words;
  /** Said beside the password, which takes the focus, so that a screen reader reads it. */
  const refuse = (why: string): void => {
    setError(why);
    document.getElementById(asks === null ? passwordId : codeId)?.focus();
  };
  const submit = async (): Promise<void> => {
    if (password === '') return refuse(doors.enterPassword);
    if (asks !== null && code.trim() === '') return refuse(account.enterCode);
    setBusy(true);
    const given = asks === null ? undefined : code.trim();
    const problem: SyncProblem | null = await server.signInAgain(email, password, given);
    setBusy(false);
    setError(null);
    if (problem === null) onDone();
    else if (problem.kind === 'second-factor') setAsks('code');
    else if (problem.kind === 'enrol') setAsks(problem.enrolment);
    else refuse(words.problems.sync(problem));
  };
  const lead = asks === 'code' ? account.codeLead : account.enrolRequired;
  const codeInput = <CodeInput id={codeId} proving={asks !== 'code'} value={code} error={error} onInput={setCode} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <p class="govuk-body">{asks === null ? doors.signInExpected(email) : lead}</p>
      <AccountName email={email} />
      {asks === null && byCouncil && (
        <Button
          kind="secondary"
          onClick={() => {
            server.signInBeside();
            onDone();
          }}
        >
          {account.councilBeside}
        </Button>
      )}
      {asks === null && (
        <PasswordInput
          id={passwordId}
          label={doors.password}
          autocomplete="current-password"
          value={password}
          error={error}
          onInput={setPassword}
        />
      )}
      {asks === 'code' && codeInput}
      {asks !== null && asks !== 'code' && <EnrolSteps enrolment={asks}>{codeInput}</EnrolSteps>}
      <ButtonGroup>
        <Button type="submit" busy={busy}>
          {busy ? doors.signingIn : doors.signIn}
        </Button>
        <Button kind="secondary" onClick={onDone}>
          {parts.cancel}
        </Button>
      </ButtonGroup>
    </form>
  );
}
