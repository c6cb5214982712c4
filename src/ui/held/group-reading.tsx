/** A held group as a lead reads it: who wrote what, when, about which record, and why it was not accepted. */
import { useOrganisation, personById } from '../data/organisation.ts';
import type { AllocationValue } from '../../domain/values.ts';
import type { HeldGroup } from '../../protocol/held.ts';
import { momentText } from '../format.ts';
import { words } from '../words.ts';
import { held as say } from '../words/held.ts';
import { HeldContent } from './held-content.tsx';
import type { NamedRecord } from './record-names.ts';
import { toolFor, unitTitle } from './unit-title.ts';

interface GroupReadingProps {
  readonly group: HeldGroup;
  readonly named: NamedRecord | undefined;
}

export function GroupReading({ group, named }: GroupReadingProps) {
  const organisation = useOrganisation();
  const begun = group.ops.find(({ unit }) => unit === 'allocation')?.value as AllocationValue | undefined;
  return (
    <>
      <p class="govuk-body-s">
        {say.byAuthor(authorName(organisation, group.person))}, {say.arrived(momentText(group.heldMs))}
      </p>
      {group.ops.map(({ record, kind, unit, value, claimedMs, code }) => {
        const tool = toolFor(organisation, named?.tool ?? begun?.tool, unit);
        return (
          <div key={`${record} ${unit}`}>
            <p class="app-held__what">{say.oneChange(unitTitle(kind, unit, tool), momentText(claimedMs))}</p>
            {code !== null && <p class="govuk-body-s">{say.whyForLead[code]}</p>}
            <HeldContent kind={kind} unit={unit} value={value} tool={tool} />
          </div>
        );
      })}
    </>
  );
}

export const authorName = (organisation: ReturnType<typeof useOrganisation>, person: HeldGroup['person']): string =>
  personById(organisation, person)?.name ?? words.names.unknownPerson;
