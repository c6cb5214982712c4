/** An address that leads nowhere. */
import { Page } from '../parts/page.tsx';
import { words } from '../words.ts';

export function NotFound() {
  return (
    <Page title={words.frame.notFoundTitle}>
      <p class="govuk-body">{words.frame.notFoundBody}</p>
    </Page>
  );
}
