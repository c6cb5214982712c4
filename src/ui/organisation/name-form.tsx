/** One name asked in place: for a new service or team, or a new name of an old one. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

interface NameFormProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly submit: string;
  /** Names that are already taken beside this one. */
  readonly taken: readonly string[];
  /** Saves; a sentence when it could not. */
  readonly onSubmit: (name: string) => Promise<string | null>;
  readonly onCancel: () => void;
}

export function NameForm(props: NameFormProps) {
  const { id, label, hint, initial = '', submit, taken, onSubmit, onCancel } = props;
  const [name, setName] = useState(initial);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = (): void => form.current?.querySelector('input')?.focus();
  useEffect(focus, []);
  const save = async (): Promise<void> => {
    const wanted = name.trim().replace(/\s+/g, ' ');
    if (wanted === initial && wanted !== '') return onCancel();
    const wrong = nameError(wanted, taken);
    if (wrong === null) setBusy(true);
    const problem = wrong ?? (await onSubmit(wanted));
    setBusy(false);
    setError(problem);
    if (problem !== null) focus();
  };
  return (
    <form
      ref={form}
      class="app-inline-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <TextInput
        id={id}
        label={label}
        {...(hint === undefined ? {} : { hint })}
        value={name}
        maxLength={120}
        error={error}
        onInput={setName}
      />
      <ButtonGroup>
        <Button type="submit" small busy={busy}>
          {submit}
        </Button>
        <Button kind="secondary" small onClick={onCancel}>
          {words.organisation.cancel}
        </Button>
      </ButtonGroup>
    </form>
  );
}

function nameError(name: string, taken: readonly string[]): string | null {
  if (name === '') return words.organisation.enterName;
  const same = taken.find((other) => other.toLocaleLowerCase('en-GB') === name.toLocaleLowerCase('en-GB'));
  return same === undefined ? null : words.organisation.nameTaken(same);
}
