/**
 * A form at a door: checks what was typed, asks, and shows what came back beside the field it is about and in a summary.
 * While the answer is awaited a second press does nothing.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';

export interface DoorForm {
  readonly errors: readonly FieldError[];
  readonly busy: boolean;
  /** The error of a field, by its id. */
  errorOf(id: string): string | null;
  submit(check: readonly FieldError[], ask: () => Promise<FieldError | null>): void;
  readonly attempt: number;
}

export function useDoorForm(): DoorForm {
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const show = (next: readonly FieldError[]): void => {
    setErrors(next);
    setAttempt((before) => before + 1);
  };
  const ask = async (question: () => Promise<FieldError | null>): Promise<void> => {
    setBusy(true);
    const error = await question();
    setBusy(false);
    show(error === null ? [] : [error]);
  };
  return {
    errors,
    busy,
    attempt,
    errorOf: (id) => errors.find((error) => error.id === id)?.text ?? null,
    submit: (check, question) => {
      if (busy) return;
      if (check.length > 0) show(check);
      else void ask(question);
    },
  };
}

interface DoorFormShellProps {
  readonly form: DoorForm;
  readonly onSubmit: () => void;
  readonly submit: string;
  readonly submitting: string;
  readonly children: ComponentChildren;
}

export function DoorFormShell({ form, onSubmit, submit, submitting, children }: DoorFormShellProps) {
  return (
    <>
      <ErrorSummary errors={form.errors} attempt={form.attempt} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <Button type="submit" busy={form.busy}>
          {form.busy ? submitting : submit}
        </Button>
      </form>
    </>
  );
}
