/** Asks before a lock or a sign-out that would lose what could not be saved. */
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { words } from '../words.ts';

export type Leaving = 'lock' | 'sign-out';

interface LoseDialogProps {
  /** What the person asked for; null when there is nothing to ask. */
  readonly how: Leaving | null;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onLose: (how: Leaving) => void;
}

export function LoseDialog({ how, busy, onCancel, onLose }: LoseDialogProps) {
  const { frame } = words;
  return (
    <ConfirmDialog
      open={how !== null}
      title={frame.loseTitle}
      confirm={how === 'sign-out' ? frame.loseSignOut : frame.loseLock}
      cancel={frame.loseCancel}
      warning
      busy={busy}
      onConfirm={() => how !== null && onLose(how)}
      onCancel={onCancel}
    >
      <p class="govuk-body">{frame.loseBody}</p>
    </ConfirmDialog>
  );
}
