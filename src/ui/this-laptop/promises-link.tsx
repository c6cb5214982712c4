/** Leads from the state of the work to what its words mean. */
import { words } from '../words.ts';

export const PromisesLink = () => (
  <p class="govuk-body">
    <a class="govuk-link" href="/this-laptop/promises">
      {words.promises.link}
    </a>
  </p>
);
