/** What a person calls a laptop of theirs. */
import { useState } from 'preact/hooks';
import { laptopNameMaximum } from '../../protocol/laptops.ts';
import { tidyText } from '../../protocol/text.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { laptops as say } from '../words/laptops.ts';

interface NameFormProps {
  readonly id: string;
  readonly name: string;
  readonly onSave: (name: string) => Promise<string | null>;
  readonly onCancel: () => void;
}

export function NameForm({ id, name, onSave, onCancel }: NameFormProps) {
  const [value, setValue] = useState(name);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    const given = tidyText(value).trim();
    if (given.length > laptopNameMaximum) return setError(say.renameTooLong);
    setBusy(true);
    const problem = await onSave(given);
    setBusy(false);
    setError(problem);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextInput
        id={id}
        label={say.renameTitle}
        hint={say.renameHint}
        value={value}
        error={error}
        width={30}
        onInput={setValue}
      />
      <ButtonGroup>
        <Button type="submit" small busy={busy}>
          {say.save}
        </Button>
        <Button kind="secondary" small onClick={onCancel}>
          {words.parts.cancel}
        </Button>
      </ButtonGroup>
    </form>
  );
}
