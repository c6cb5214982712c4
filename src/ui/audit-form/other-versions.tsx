/** In an audit that one can only read: who else changed a part unseen by the version that shows, with theirs one click away. */
import { othersToSee, type ShownUnits } from '../../domain/fold.ts';
import type { Tool } from '../../domain/tool.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { unitTitle } from '../held/unit-title.ts';
import { Details } from '../parts/details.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { caseUnit } from './case-fields.tsx';
import { UnitReading } from './unit-reading.tsx';

interface OtherVersionsProps {
  readonly tool: Tool;
  readonly units: ShownUnits;
  /** Units whose versions are offered elsewhere on the page. */
  readonly except: readonly string[];
}

export function OtherVersions({ tool, units, except }: OtherVersionsProps) {
  const organisation = useOrganisation();
  const isClosed = units['submitted'] !== undefined || units['voided'] !== undefined;
  const found = Object.entries(units).flatMap(([unit, { confirmed }]) =>
    confirmed === undefined || except.includes(unit)
      ? []
      : othersToSee(confirmed).map((version) => ({ unit, version })),
  );
  return found.map(({ unit, version }) => {
    const name = personById(organisation, version.author)?.name ?? words.names.unknownPerson;
    const changed = say.changedBy(name, momentText(version.stamp.ms));
    return (
      <Details key={version.op} summary={words.thisLaptop.aboutAudit(unitTitle('audit', unit, tool), changed)}>
        <p class="govuk-body-s">{unit === caseUnit && isClosed ? say.otherCaseNote : say.otherVersionNote}</p>
        <UnitReading tool={tool} unit={unit} value={version.value} />
      </Details>
    );
  });
}
