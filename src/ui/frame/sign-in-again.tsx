/** Signs in again while the app stays open: the work on the screen is not left. */
import { useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import { AccountName } from '../parts/account-name.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';

const passwordId = 'again-password';

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
  const { doors, parts } = words;
  /** Said beside the password, which takes the focus, so that a screen reader reads it. */
  const refuse = (why: string): void => {
    setError(why);
    document.getElementById(passwordId)?.focus();
  };
  const submit = async (): Promise<void> => {
    if (password === '') return refuse(doors.enterPassword);
    setBusy(true);
    const problem: SyncProblem | null = await server.signInAgain(email, password);
    setBusy(false);
    if (problem === null) onDone();
    else refuse(words.problems.sync(problem));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <p class="govuk-body">{doors.signInExpected(email)}</p>
      <AccountName email={email} />
      <PasswordInput
        id={passwordId}
        label={doors.password}
        autocomplete="current-password"
        value={password}
        error={error}
        onInput={setPassword}
      />
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
