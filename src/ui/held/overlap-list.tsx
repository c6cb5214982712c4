/** Every part of an audit in reach of which two people's versions stand side by side: who wrote what, and when. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { UnitVersion } from '../../domain/record.ts';
import { readOverlaps, type Overlap } from '../../store/overlaps.ts';
import { readRecords, type ShownRecord } from '../../store/view.ts';
import { shownValue } from '../../domain/fold.ts';
import type { AllocationValue, CaseValue } from '../../domain/values.ts';
import { useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { Details } from '../parts/details.tsx';
import { words } from '../words.ts';
import { held as say } from '../words/held.ts';
import { authorName } from './group-reading.tsx';
import { HeldContent } from './held-content.tsx';
import { toolFor, unitTitle } from './unit-title.ts';

interface Found extends Overlap {
  readonly audit: ShownRecord | undefined;
}

export function OverlapList({ laptop }: { readonly laptop: Laptop }) {
  const overlaps = useOverlaps(laptop);
  return (
    <section aria-labelledby="overlaps">
      <h2 id="overlaps" class="govuk-heading-m">
        {say.overlapsTitle(overlaps?.length ?? 0)}
      </h2>
      <p class="govuk-body">
        {overlaps === null ? say.overlapsReading : overlaps.length === 0 ? say.overlapsNone : say.overlapsLead}
      </p>
      {overlaps?.map((overlap) => (
        <OneOverlap key={`${overlap.record} ${overlap.unit}`} overlap={overlap} />
      ))}
    </section>
  );
}

/** Read when the screen opens and after each proof: what is new has arrived by then. */
function useOverlaps({ store, sync }: Laptop): readonly Found[] | null {
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const { provedEqualMs } = sync.state.value;
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      const overlaps = await readOverlaps(store, stop.signal);
      const audits = await readRecords(store, [...new Set(overlaps.map(({ record }) => record))]);
      const byId = new Map(audits.map((audit) => [audit.id, audit]));
      if (!stop.signal.aborted) setFound(overlaps.map((one) => ({ ...one, audit: byId.get(one.record) })));
    })();
    return () => stop.abort();
  }, [store, provedEqualMs]);
  return found;
}

function OneOverlap({ overlap: { record, unit, shown, others, audit } }: { readonly overlap: Found }) {
  const organisation = useOrganisation();
  const units = audit?.units ?? {};
  const tool = toolFor(organisation, shownValue<AllocationValue>(units, 'allocation')?.tool, unit);
  const reference = shownValue<Partial<CaseValue>>(units, 'case')?.reference ?? words.names.noReference;
  const nameOf = (version: UnitVersion): string => authorName(organisation, version.author);
  return (
    <article class="app-held__item">
      <p class="app-held__what">{words.thisLaptop.aboutAudit(reference, unitTitle('audit', unit, tool))}</p>
      {others.map((other) => (
        <p key={other.op} class="govuk-body-s">
          {say.alsoBy(nameOf(other), momentText(other.stamp.ms))}
        </p>
      ))}
      <Details summary={say.overlapsShow}>
        <p class="app-held__what">{say.shownBy(nameOf(shown), momentText(shown.stamp.ms))}</p>
        <HeldContent kind="audit" unit={unit} value={shown.value} tool={tool} />
        {others.map((other) => (
          <div key={other.op}>
            <p class="app-held__what">{say.alsoBy(nameOf(other), momentText(other.stamp.ms))}</p>
            <HeldContent kind="audit" unit={unit} value={other.value} tool={tool} />
          </div>
        ))}
      </Details>
      <p class="govuk-body-s">
        <a class="govuk-link" href={`/audit/${record}`}>
          {say.openAudit}
          <span class="govuk-visually-hidden"> {reference}</span>
        </a>
      </p>
    </article>
  );
}
