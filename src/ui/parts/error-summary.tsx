/** What is wrong on this page, each with a link to its field. Takes the focus when it appears, so that it is read. */
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../words.ts';

export interface FieldError {
  /** The id of the field's (first) control; null when no one field is to blame. */
  readonly id: string | null;
  readonly text: string;
}

interface ErrorSummaryProps {
  readonly errors: readonly FieldError[];
  readonly title?: string;
  /** A new value moves the focus here again, e.g. a count of attempts. */
  readonly attempt?: number;
}

export function ErrorSummary({ errors, title = words.parts.errorSummaryTitle, attempt }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const shown = errors.length > 0;
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown, attempt]);
  if (!shown) return null;
  return (
    <div class="govuk-error-summary" ref={box} tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{title}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(({ id, text }) => (
              <li key={`${id} ${text}`}>{id === null ? text : <ErrorLink id={id} text={text} />}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

/** Leads to the field and puts the focus into it, with its label in sight. */
function ErrorLink({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        const field = document.getElementById(id);
        const label =
          field?.closest('fieldset')?.querySelector('legend') ?? document.querySelector(`label[for="${id}"]`);
        (label ?? field)?.scrollIntoView();
        field?.focus({ preventScroll: true });
      }}
    >
      {text}
    </a>
  );
}
