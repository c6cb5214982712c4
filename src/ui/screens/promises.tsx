/** What the words for where work is mean, what is promised about it, and what is not: one page, in the words of its readers. */
import type { Laptop } from '../../bridge/laptop.ts';
import { Page } from '../parts/page.tsx';
import { SaveState } from '../parts/save-state.tsx';
import { words } from '../words.ts';

/** Any moment: the page explains the sentence, not a proof. */
const exampleMs = new Date(2000, 0, 1, 14, 2).getTime();

export function Promises({ laptop }: { readonly laptop: Laptop }) {
  const { promises: text } = words;
  const { states, promises, limits } = laptop.home.server === null ? text.laptop : text.server;
  return (
    <Page title={text.title} back={{ href: '/this-laptop', text: words.thisLaptop.title }}>
      <h2 class="govuk-heading-m">{text.statesTitle}</h2>
      <dl class="govuk-summary-list">
        {states.map(({ step, means }) => (
          <div key={step} class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">
              <SaveState step={step} atMs={exampleMs} nowMs={exampleMs} />
            </dt>
            <dd class="govuk-summary-list__value">{means}</dd>
          </div>
        ))}
      </dl>
      <h2 class="govuk-heading-m">{text.promisesTitle}</h2>
      <ol class="govuk-list govuk-list--number govuk-list--spaced">
        {promises.map((promise) => (
          <li key={promise}>{promise}</li>
        ))}
      </ol>
      <h2 class="govuk-heading-m">{text.limitsTitle}</h2>
      <p class="govuk-body">{text.limitsLead}</p>
      <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </Page>
  );
}
