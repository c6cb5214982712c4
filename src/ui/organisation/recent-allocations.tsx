/** The newest allocations, each with where it stands. */
import type { Laptop } from '../../bridge/laptop.ts';
import { StateTag } from '../audit-form/state-tag.tsx';
import { personById, teamById, useOrganisation } from '../data/organisation.ts';
import { readRecentAllocations } from '../data/recent-audits.ts';
import { useLive } from '../data/use-live.ts';
import { dayText } from '../format.ts';
import { SaveState } from '../parts/save-state.tsx';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';
import { audits } from '../words/audits.ts';

const shown = 12;

export function RecentAllocations({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const recent = useLive(laptop.store, () => readRecentAllocations(laptop.store, shown), 'recent');
  const { allocate: text, names } = words;
  if (recent === null) return <div />;
  if (recent.length === 0) {
    return (
      <section>
        <h2 class="govuk-heading-m">{text.recent}</h2>
        <p class="govuk-body">{text.noRecent}</p>
      </section>
    );
  }
  return (
    <section>
      <Table
        caption={text.recent}
        dense
        columns={[
          { text: audits.caseReference },
          { text: text.auditor },
          { text: audits.team },
          { text: audits.due },
          { text: audits.stateColumn },
        ]}
        rows={recent.map(({ id, reference, allocation, state, record }) => ({
          key: id,
          cells: [
            reference,
            allocation.auditor === null
              ? names.nobody
              : (personById(organisation, allocation.auditor)?.name ?? names.unknownPerson),
            teamById(organisation, allocation.team)?.name ?? names.unknownTeam,
            allocation.due === null ? '' : dayText(allocation.due),
            record.quarantined > 0 ? (
              <SaveState step="attention" />
            ) : record.unsent > 0 && laptop.home.server !== null ? (
              <SaveState step="laptop" />
            ) : (
              <StateTag state={state} exempt={allocation.exempt} />
            ),
          ],
        }))}
      />
    </section>
  );
}
