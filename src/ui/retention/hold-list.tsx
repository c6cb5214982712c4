/** Every audit under a legal hold that this laptop has: who put it on, when and why. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { shownValue } from '../../domain/fold.ts';
import type { CaseValue, HoldValue } from '../../domain/values.ts';
import { readOnHold } from '../../store/on-hold.ts';
import { readRecords, type ShownRecord } from '../../store/view.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';
import { retention as say } from '../words/retention.ts';

export function HoldList({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const held = useHeld(laptop);
  return (
    <section aria-labelledby="retention-holds">
      <h2 id="retention-holds" class="govuk-heading-m">
        {say.holdsTitle(held?.length ?? 0)}
      </h2>
      <p class="govuk-body">{held === null ? say.holdsReading : held.length === 0 ? say.holdsNone : say.holdsLead}</p>
      {held !== null && held.length > 0 && (
        <Table
          caption={say.holdsCaption}
          captionSize="hidden"
          columns={[say.reference, say.covers, say.heldBy, say.heldAt, say.heldWhy].map((text) => ({ text }))}
          rows={held.map(({ id, units }) => {
            const hold = shownValue<Partial<HoldValue>>(units, 'hold') ?? {};
            const reference = shownValue<Partial<CaseValue>>(units, 'case')?.reference ?? words.names.noReference;
            return {
              key: id,
              cells: [
                <a class="govuk-link" href={`/audit/${id}`}>
                  {reference}
                </a>,
                hold.wholeCase === true ? say.coversCase : say.coversOne,
                personById(organisation, hold.by)?.name ?? words.names.unknownPerson,
                momentText(hold.at ?? 0),
                hold.why ?? '',
              ],
            };
          })}
        />
      )}
    </section>
  );
}

/** Read when the screen opens and after each proof: what is new has arrived by then. */
function useHeld({ store, sync }: Laptop): readonly ShownRecord[] | null {
  const [found, setFound] = useState<readonly ShownRecord[] | null>(null);
  const { provedEqualMs } = sync.state.value;
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      const records = await readRecords(store, await readOnHold(store, stop.signal));
      if (!stop.signal.aborted) setFound(records);
    })();
    return () => stop.abort();
  }, [store, provedEqualMs]);
  return found;
}
