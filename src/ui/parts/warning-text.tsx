/** A consequence that has to be seen before acting. */
import type { ComponentChildren } from 'preact';
import { words } from '../words.ts';

export function WarningText({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="govuk-warning-text">
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{words.parts.warning}</span> {children}
      </strong>
    </div>
  );
}
