/** Destroys the only copy, once the person has typed the word that says they mean it. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { forgetPlaces } from '../audit-form/place-memory.ts';
import { forgetFirstRun } from '../first-run/first-run-memory.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

const fieldId = 'remove-word';

interface RemoveAllProps {
  readonly laptop: Laptop;
  readonly removeAll: () => Promise<void>;
}

export function RemoveAll({ laptop, removeAll }: RemoveAllProps) {
  const [asking, setAsking] = useState(false);
  const { thisLaptop: text } = words;
  return (
    <section aria-labelledby="remove-title">
      <h2 class="govuk-heading-m" id="remove-title">
        {text.removeTitle}
      </h2>
      <p class="govuk-body">{text.removeLead}</p>
      <Button kind="warning" onClick={() => setAsking(true)}>
        {text.remove}
      </Button>
      <Dialog open={asking} title={text.removeAsk} onCancel={() => setAsking(false)}>
        <TypeToRemove laptop={laptop} removeAll={removeAll} onCancel={() => setAsking(false)} />
      </Dialog>
    </section>
  );
}

function TypeToRemove({ laptop, removeAll, onCancel }: RemoveAllProps & { readonly onCancel: () => void }) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { thisLaptop: text, parts } = words;
  const submit = (): void => {
    if (typed.trim().toLowerCase() !== text.removeWord) {
      setError(text.removeWrong);
      document.getElementById(fieldId)?.focus();
      return;
    }
    setBusy(true);
    forgetPlaces();
    forgetFirstRun(laptop);
    void removeAll();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) submit();
      }}
    >
      <p class="govuk-body">{text.removeAskBody}</p>
      <TextInput id={fieldId} label={text.removeType} width={10} value={typed} error={error} onInput={setTyped} />
      <ButtonGroup>
        <Button type="submit" kind="warning" busy={busy}>
          {text.remove}
        </Button>
        <Button kind="secondary" onClick={onCancel}>
          {parts.cancel}
        </Button>
      </ButtonGroup>
    </form>
  );
}
