/** All that is held of the chosen audits, to be read on the screen; what has to be looked at says so. */
import { Details } from '../parts/details.tsx';
import { subjectAccess as say } from '../words/subject-access.ts';
import type { AuditAccount, Passage } from './disclosure.ts';

export function AccountReading({ account }: { readonly account: AuditAccount }) {
  const [first, ...rest] = account.chapters;
  return (
    <section class="app-part">
      <h2 class="govuk-heading-m">{account.title}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {account.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {first && (
        <>
          <h3 class="govuk-heading-s">{first.title}</h3>
          <Passages passages={first.passages} />
        </>
      )}
      {rest.map(({ title, passages }) => (
        <Details key={title} summary={title}>
          <Passages passages={passages} />
        </Details>
      ))}
    </section>
  );
}

const Passages = ({ passages }: { readonly passages: readonly Passage[] }) => (
  <>
    {passages.map(({ title, about, lines }, at) => (
      <div key={at} class="app-disclosed">
        <h4 class="govuk-heading-s app-tight">{title}</h4>
        <p class="app-quiet-text">{about}</p>
        {lines.length > 0 && (
          <dl class="app-reading">
            {lines.map(({ name, text, review }) => (
              <div key={name} class={`app-reading__item ${review === null ? '' : 'app-disclosed__review'}`}>
                <dt>
                  {name}
                  {review !== null && <span class="app-disclosed__mark"> {say.review[review]}</span>}
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    ))}
  </>
);
