/** The searches that were made: when, by whom and how much they found. Which case they were for is kept nowhere. */
import type { Laptop } from '../../bridge/laptop.ts';
import { shownValue } from '../../domain/fold.ts';
import type { RecordId } from '../../domain/ids.ts';
import { settingsId } from '../../domain/unit-names.ts';
import type { SearchValue } from '../../domain/values.ts';
import { readRecord } from '../../store/view.ts';
import { useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { Table } from '../parts/table.tsx';
import { subjectAccess as say } from '../words/subject-access.ts';
import { personName } from './value-lines.ts';

const kinds = ['settings'] as const;

export function SearchList({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const settings = useLive(laptop.store, () => readRecord(laptop.store, settingsId as RecordId), 'settings', kinds);
  const units = settings?.units ?? {};
  const searches = Object.keys(units)
    .filter((unit) => unit.startsWith('search:'))
    .flatMap((unit) => {
      const value = shownValue<SearchValue>(units, unit);
      return value === undefined ? [] : [{ ...value, unit }];
    })
    .sort((a, b) => b.at - a.at);
  return (
    <section aria-labelledby="subject-searches">
      <h2 id="subject-searches" class="govuk-heading-m">
        {say.searches(searches.length)}
      </h2>
      {searches.length === 0 ? (
        <p class="govuk-body">{say.searchesNone}</p>
      ) : (
        <Table
          caption={say.searches(searches.length)}
          captionSize="hidden"
          columns={[
            { text: say.searchedAt },
            { text: say.searchedBy },
            { text: say.searchedAudits, numeric: true },
            { text: say.searchedChanges, numeric: true },
          ]}
          rows={searches.map(({ unit, at, by, audits, changes }) => ({
            key: unit,
            cells: [momentText(at), personName(organisation, by), audits, changes],
          }))}
        />
      )}
    </section>
  );
}
