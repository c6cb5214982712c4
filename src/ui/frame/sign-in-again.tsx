/** Signs in again while the app stays open: the work on the screen is not left. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';

interface SignInAgainProps {
  readonly laptop: Laptop;
  readonly open: boolean;
  readonly onDone: () => void;
}

export function SignInAgain({ laptop, open, onDone }: SignInAgainProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="app-dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      {open && <SignInAgainForm laptop={laptop} headingId={id} onDone={onDone} />}
    </dialog>
  );
}

interface FormProps {
  readonly laptop: Laptop;
  readonly headingId: string;
  readonly onDone: () => void;
}

function SignInAgainForm({ laptop, headingId, onDone }: FormProps) {
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { doors, frame, parts } = words;
  const submit = async (): Promise<void> => {
    if (password === '') return setError(doors.enterPassword);
    setBusy(true);
    const problem: SyncProblem | null = await laptop.signInAgain(laptop.entry.label, password);
    setBusy(false);
    if (problem === null) onDone();
    else setError(words.problems.sync(problem));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <h2 id={headingId} class="govuk-heading-m">
        {frame.signInAgain}
      </h2>
      <p class="govuk-body">{doors.signInExpected(laptop.entry.label)}</p>
      <input
        class="govuk-visually-hidden"
        type="email"
        autocomplete="username"
        value={laptop.entry.label}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <PasswordInput
        id="again-password"
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
