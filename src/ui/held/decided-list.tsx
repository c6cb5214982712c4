/** Held groups about which something has been decided: by whom, when and why, with what they said. */
import type { HeldGroup } from '../../protocol/held.ts';
import { useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { Details } from '../parts/details.tsx';
import { held as say } from '../words/held.ts';
import { authorName, GroupReading } from './group-reading.tsx';

export function DecidedList({ title, groups }: { readonly title: string; readonly groups: readonly HeldGroup[] }) {
  const organisation = useOrganisation();
  return (
    <section>
      <h2 class="govuk-heading-m">{title}</h2>
      {groups.map((group) => {
        const last = group.decisions.at(-1);
        if (last === undefined) return null;
        const sentence = say.decided[last.what](authorName(organisation, last.by), momentText(last.atMs));
        return (
          <article key={`${group.device} ${group.group}`} class="app-held__item">
            <p class="app-held__what">{sentence}</p>
            {last.why !== '' && (
              <p class="govuk-body-s">
                {say.reason}: {last.why}
              </p>
            )}
            <Details summary={say.byAuthor(authorName(organisation, group.person))}>
              <GroupReading group={group} named={undefined} />
            </Details>
          </article>
        );
      })}
    </section>
  );
}
