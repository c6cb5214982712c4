/** Asks before a lock, a sign-out or an update that would lose what could not be saved. */
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { words } from '../words.ts';

export type Leaving = 'lock' | 'sign-out' | 'update';

const { frame } = words;
const confirmWords = {
  lock: frame.loseLock,
  'sign-out': frame.loseSignOut,
  update: frame.loseUpdate,
} as const satisfies Record<Leaving, string>;

interface LoseDialogProps {
  /** What the person asked for; null when there is nothing to ask. */
  readonly how: Leaving | null;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onLose: (how: Leaving) => void;
}

export function LoseDialog({ how, busy, onCancel, onLose }: LoseDialogProps) {
  return (
    <ConfirmDialog
      open={how !== null}
      title={frame.loseTitle}
      confirm={confirmWords[how ?? 'lock']}
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
