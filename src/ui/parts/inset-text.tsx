/** A paragraph set apart from the text around it. */
import type { ComponentChildren } from 'preact';

export function InsetText({ children }: { readonly children: ComponentChildren }) {
  return <div class="govuk-inset-text">{children}</div>;
}
