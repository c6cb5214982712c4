/** Says what signing out removes and what it keeps, before it does. */
import type { Laptop } from '../../bridge/laptop.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { words } from '../words.ts';

interface SignOutDialogProps {
  readonly laptop: Laptop;
  readonly open: boolean;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onSignOut: () => void;
}

export function SignOutDialog({ laptop, open, busy, onCancel, onSignOut }: SignOutDialogProps) {
  const { unsent, sent, quarantined } = laptop.saveCounts.value;
  const waiting = unsent + sent + quarantined;
  const { frame } = words;
  return (
    <ConfirmDialog
      open={open}
      title={frame.signOutTitle}
      confirm={busy ? frame.signingOut : frame.signOut}
      busy={busy}
      onConfirm={onSignOut}
      onCancel={onCancel}
    >
      <p class="govuk-body">{frame.signOutBody}</p>
      {waiting > 0 && <p class="govuk-body govuk-!-font-weight-bold">{frame.signOutUnsent(waiting)}</p>}
    </ConfirmDialog>
  );
}
