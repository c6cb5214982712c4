/** Asks for a reason before something that others will read about: no reason, no act. */
import { useState } from 'preact/hooks';
import { shortTextLimit, tidyText } from '../../protocol/text.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { words } from '../words.ts';
import { held as say } from '../words/held.ts';

interface ReasonDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly lead: string;
  readonly label: string;
  readonly confirm: string;
  readonly warning?: boolean;
  readonly onConfirm: (why: string) => void;
  readonly onCancel: () => void;
}

export function ReasonDialog(props: ReasonDialogProps) {
  return (
    <Dialog open={props.open} title={props.title} onCancel={props.onCancel}>
      <ReasonForm {...props} />
    </Dialog>
  );
}

function ReasonForm({ lead, label, confirm, warning, onConfirm, onCancel }: ReasonDialogProps) {
  const [why, setWhy] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (): void => {
    const text = tidyText(why).trim();
    if (text === '') return setError(say.whyMissing);
    if (text.length > shortTextLimit) return setError(say.whyTooLong);
    onConfirm(text);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p class="govuk-body">{lead}</p>
      <TextArea id="reason" label={label} rows={3} limit={shortTextLimit} value={why} error={error} onInput={setWhy} />
      <ButtonGroup>
        <Button type="submit" kind={warning ? 'warning' : 'primary'}>
          {confirm}
        </Button>
        <Button kind="secondary" onClick={onCancel}>
          {words.parts.cancel}
        </Button>
      </ButtonGroup>
    </form>
  );
}
