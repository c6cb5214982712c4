/** The accessibility statement that the regulations ask for (SI 2018/952), in the order of the government's model. */
import type { Laptop } from '../../bridge/laptop.ts';
import { useOrganisation } from '../data/organisation.ts';
import { Door } from '../frame/door.tsx';
import { Page } from '../parts/page.tsx';
import { accessibility as say } from '../words/accessibility.ts';

export function Accessibility({ laptop }: { readonly laptop: Laptop }) {
  return (
    <Page title={say.title} back={{ href: '/' }}>
      <Statement runBy={useOrganisation().authorityName ?? laptop.entry.authorityName} />
    </Page>
  );
}

/** The same for whoever has not opened a laptop. */
export function AccessibilityAtTheDoor() {
  return (
    <Door title={say.title} wide>
      <Statement runBy={null} />
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          {say.toTheDoor}
        </a>
      </p>
    </Door>
  );
}

function Statement({ runBy }: { readonly runBy: string | null }) {
  return (
    <div class="app-page--reading">
      <p class="govuk-body">{say.appliesTo(runBy)}</p>
      {say.parts.map(({ title, paragraphs, list }) => (
        <section key={title}>
          <h2 class="govuk-heading-m">{title}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph} class="govuk-body">
              {paragraph}
            </p>
          ))}
          {list.length > 0 && (
            <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
              {list.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}
