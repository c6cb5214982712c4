/** Asks once more before something that cannot be taken back. */
import type { ComponentChildren } from 'preact';
import { words } from '../words.ts';
import { Button, ButtonGroup } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly cancel?: string;
  readonly warning?: boolean;
  readonly busy?: boolean;
  readonly children: ComponentChildren;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, confirm, onConfirm, onCancel, cancel = words.parts.cancel, warning, busy, children } = props;
  return (
    <Dialog open={open} title={title} onCancel={onCancel}>
      {children}
      <ButtonGroup>
        <Button kind={warning ? 'warning' : 'primary'} busy={busy ?? false} onClick={onConfirm}>
          {confirm}
        </Button>
        <Button kind="secondary" onClick={onCancel}>
          {cancel}
        </Button>
      </ButtonGroup>
    </Dialog>
  );
}
