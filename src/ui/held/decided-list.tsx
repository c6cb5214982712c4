/** Held groups about which something has been decided: by whom, when and why, with what they said. */
import type { HeldGroup } from '../../protocol/held.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import { useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { Details } from '../parts/details.tsx';
import { held as say } from '../words/held.ts';
import { authorName, GroupReading } from './group-reading.tsx';
import { nameRecords, recordOf } from './record-names.ts';

interface DecidedListProps {
  readonly laptop: Laptop;
  readonly title: string;
  readonly groups: readonly HeldGroup[];
}

export function DecidedList({ laptop, title, groups }: DecidedListProps) {
  const organisation = useOrganisation();
  const key = groups.map(({ group }) => group).join(' ');
  const names = useLive(laptop.store, () => nameRecords(laptop.store, groups), key);
  return (
    <section>
      <h2 class="govuk-heading-m">{title}</h2>
      {groups.map((group) => {
        const last = group.decisions.at(-1);
        if (last === undefined) return null;
        const record = recordOf(group);
        const named = record && names?.get(record);
        const sentence = say.decided[last.what](authorName(organisation, last.by), momentText(last.atMs));
        return (
          <article key={`${group.device} ${group.group}`} class="app-held__item">
            <p class="app-held__what">{sentence}</p>
            {last.why !== '' && (
              <p class="govuk-body-s">
                {say.reason}: {last.why}
              </p>
            )}
            <Details summary={say.aboutBy(named?.name ?? '', authorName(organisation, group.person))}>
              <GroupReading group={group} named={named} />
            </Details>
          </article>
        );
      })}
    </section>
  );
}
