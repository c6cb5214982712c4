/** The browser's own modal dialog: focus stays in it, Escape leaves it. What it holds is made anew each time it opens. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly onCancel: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ open, title, onCancel, children }: DialogProps) {
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
        </>
      )}
    </dialog>
  );
}
