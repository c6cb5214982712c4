/**
 * What every field has in common: a label, a hint, an error, and the ids that tie them to the control for a screen
 * reader. A part draws its control inside `FieldShell`, or inside `GroupShell` when it is several controls.
 */
import type { ComponentChildren } from 'preact';
import { words } from '../words.ts';

export type LabelSize = 'plain' | 's' | 'm' | 'l';

export interface FieldProps {
  /** The id of the control, unique on the page. Error summaries link to it. */
  readonly id: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong and what to do; null or absent when nothing is. */
  readonly error?: string | null | undefined;
  readonly labelSize?: LabelSize;
  /** Keeps the label for screen readers only, where a heading or a column already says it. */
  readonly hideLabel?: boolean;
}

const hintId = (id: string): string => `${id}-hint`;
const errorId = (id: string): string => `${id}-error`;

/** The `aria-describedby` of a field's control. */
export function describedBy({ id, hint, error }: FieldProps, ...more: readonly (string | null)[]): string | undefined {
  const ids = [hint ? hintId(id) : null, error ? errorId(id) : null, ...more].filter((part) => part !== null);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

const sizeClass = (part: string, size: LabelSize): string => (size === 'plain' ? '' : ` govuk-${part}--${size}`);

export function FieldShell(props: FieldProps & { readonly children: ComponentChildren; readonly class?: string }) {
  const { id, label, error, labelSize = 'plain', hideLabel } = props;
  return (
    <div class={`govuk-form-group ${error ? 'govuk-form-group--error' : ''} ${props.class ?? ''}`}>
      <label class={`govuk-label${hideLabel ? ' govuk-visually-hidden' : sizeClass('label', labelSize)}`} for={id}>
        {label}
      </label>
      <HintAndError {...props} />
      {props.children}
    </div>
  );
}

/** A fieldset for a group of controls; `id` is the id of the first control. */
export function GroupShell(props: FieldProps & { readonly children: ComponentChildren; readonly role?: 'group' }) {
  const { label, error, labelSize = 'plain', hideLabel, role } = props;
  return (
    <div class={`govuk-form-group ${error ? 'govuk-form-group--error' : ''}`}>
      <fieldset class="govuk-fieldset" role={role} aria-describedby={describedBy(props)}>
        <legend
          class={`govuk-fieldset__legend${hideLabel ? ' govuk-visually-hidden' : sizeClass('fieldset__legend', labelSize)}`}
        >
          {label}
        </legend>
        <HintAndError {...props} />
        {props.children}
      </fieldset>
    </div>
  );
}

function HintAndError({ id, hint, error }: FieldProps) {
  return (
    <>
      {hint && (
        <div id={hintId(id)} class="govuk-hint">
          {hint}
        </div>
      )}
      {error && (
        <p id={errorId(id)} class="govuk-error-message">
          <span class="govuk-visually-hidden">{words.parts.error}</span> {error}
        </p>
      )}
    </>
  );
}
