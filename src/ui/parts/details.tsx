/** More, for those who want it: a summary line that opens. */
import type { ComponentChildren } from 'preact';

interface DetailsProps {
  readonly summary: ComponentChildren;
  readonly open?: boolean;
  readonly onToggle?: (open: boolean) => void;
  readonly children: ComponentChildren;
}

export function Details({ summary, open, onToggle, children }: DetailsProps) {
  return (
    <details class="govuk-details" open={open ?? false} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}
