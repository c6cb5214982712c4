/** Names and values under each other, with an act beside a value where there is one. */
import type { ComponentChildren } from 'preact';

export interface SummaryRow {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly action?: ComponentChildren;
}

interface SummaryListProps {
  readonly rows: readonly SummaryRow[];
  /** Without lines between, for small facts. */
  readonly plain?: boolean;
}

export function SummaryList({ rows, plain }: SummaryListProps) {
  const anyAction = rows.some((row) => row.action !== undefined);
  return (
    <dl class={`govuk-summary-list ${plain ? 'govuk-summary-list--no-border' : ''}`}>
      {rows.map(({ name, value, action }) => (
        <div
          key={name}
          class={`govuk-summary-list__row ${anyAction && action === undefined ? 'govuk-summary-list__row--no-actions' : ''}`}
        >
          <dt class="govuk-summary-list__key">{name}</dt>
          <dd class="govuk-summary-list__value">{value}</dd>
          {action !== undefined && <dd class="govuk-summary-list__actions">{action}</dd>}
        </div>
      ))}
    </dl>
  );
}
