/** Asks once more before something that cannot be taken back. The browser's own modal dialog: focus stays in it, Escape leaves it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { words } from '../words.ts';
import { Button, ButtonGroup } from './button.tsx';

export interface ConfirmDialogProps {
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
        onCancel();
      }}
    >
      {open && (
        <>
          <h2 id={id} class="govuk-heading-m">
            {title}
          </h2>
          {children}
          <ButtonGroup>
            <Button kind={warning ? 'warning' : 'primary'} busy={busy ?? false} onClick={onConfirm}>
              {confirm}
            </Button>
            <Button kind="secondary" onClick={onCancel}>
              {cancel}
            </Button>
          </ButtonGroup>
        </>
      )}
    </dialog>
  );
}
