/** Says what signing out removes and what it keeps, before it does. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { SaveCounts } from '../../store/view.ts';
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
      {staysSentences(laptop.saveCounts.value).map((sentence) => (
        <p key={sentence} class="govuk-body govuk-!-font-weight-bold">
          {sentence}
        </p>
      ))}
    </ConfirmDialog>
  );
}

/** What is kept here and why; nothing of what the server has taken. */
export function staysSentences({ unsent, quarantined }: Pick<SaveCounts, 'unsent' | 'quarantined'>): readonly string[] {
  const { frame } = words;
  return [
    ...(unsent > 0 ? [frame.signOutUnsent(unsent)] : []),
    ...(quarantined > 0 ? [frame.signOutHeld(quarantined)] : []),
  ];
}
