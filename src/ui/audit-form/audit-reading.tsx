/**
 * A whole audit on one page, to be read: before it is submitted, after that, and by those who may not change it. With
 * `change` each part links to its place in the form.
 */
import type { ComponentChildren } from 'preact';
import { shownValue, type ShownUnits } from '../../domain/fold.ts';
import { isImportedTool } from '../../domain/import/imported-tool.ts';
import type { Tool } from '../../domain/tool.ts';
import { checksUnit, sectionUnit, voiceUnit } from '../../domain/unit-names.ts';
import type { AllocationValue, CaseValue, ImportedValue } from '../../domain/values.ts';
import { personById, serviceById, teamById, useOrganisation } from '../data/organisation.ts';
import { dayText } from '../format.ts';
import { SummaryList } from '../parts/summary-list.tsx';
import { Tag } from '../parts/tag.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { blankValue } from './blank-values.ts';
import type { PlaceId } from './places.ts';
import { UnitReading } from './unit-reading.tsx';

interface AuditReadingProps {
  readonly tool: Tool;
  readonly units: ShownUnits;
  /** Where a part can be changed; absent where nothing can. */
  readonly change?: (place: PlaceId) => string;
  /** What is said of corrections, and with which the case can be corrected on the spot. */
  readonly correctCase?: ComponentChildren;
}

export function AuditReading({ tool, units, change, correctCase }: AuditReadingProps) {
  const unit = (name: string) => <UnitReading tool={tool} unit={name} value={units[name]?.value ?? blankValue(name)} />;
  const part = { change } as const;
  return (
    <div class="app-audit-reading">
      <Part {...part} title={say.case} place="case">
        <CaseReading tool={tool} units={units} />
        {correctCase}
      </Part>
      {tool.overall !== null && (
        <Part {...part} title={say.overall} place="overall">
          {unit('overall')}
        </Part>
      )}
      {tool.sections.map((section) => (
        <Part
          {...part}
          key={section.id}
          title={section.title}
          place={sectionUnit(section.id)}
          critical={section.critical}
        >
          {unit(sectionUnit(section.id))}
          {section.checks.length > 0 && (
            <div class="app-checks app-checks--read">
              <h3 class="app-checks__title">{say.checksTitle}</h3>
              {unit(checksUnit(section.id))}
            </div>
          )}
        </Part>
      ))}
      {tool.voices.map((voice) => (
        <Part {...part} key={voice} title={say.voice[voice].title} place="voices">
          {unit(voiceUnit(voice))}
        </Part>
      ))}
      {!isImportedTool(tool) && (
        <Part {...part} title={say.concern} place="concern">
          {unit('concern')}
        </Part>
      )}
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly place: PlaceId;
  readonly critical?: boolean;
  readonly change: ((place: PlaceId) => string) | undefined;
  readonly children: ComponentChildren;
}

function Part({ title, place, critical, change, children }: PartProps) {
  return (
    <section class="app-part">
      <div class="app-part__head">
        <h2 class="govuk-heading-m">{title}</h2>
        {critical && <Tag colour="purple">{say.critical}</Tag>}
        {change && (
          <a class="govuk-link app-part__change" href={change(place)}>
            {say.change}
            <span class="govuk-visually-hidden"> {title}</span>
          </a>
        )}
      </div>
      {children}
    </section>
  );
}

interface CaseReadingProps {
  readonly tool: Tool;
  readonly units: ShownUnits;
  /** What stands for an erased reference is none. */
  readonly erased?: boolean;
}

export function CaseReading({ tool, units, erased = false }: CaseReadingProps) {
  const organisation = useOrganisation();
  const about = shownValue<Partial<CaseValue>>(units, 'case') ?? {};
  const allocation = shownValue<AllocationValue>(units, 'allocation');
  if (allocation === undefined) return null;
  const { service, team, auditor, due, extendedTo, selection } = allocation;
  const lastDay = extendedTo ?? due;
  const imported = shownValue<ImportedValue>(units, 'imported');
  const nobody = imported === undefined ? words.names.nobody : say.notNamed;
  const rows = [
    { name: say.caseReference, value: erased ? null : about.reference },
    { name: say.initials, value: about.initials },
    { name: say.ageBand, value: about.ageBand == null ? null : words.names.ageBands[about.ageBand] },
    { name: say.tool, value: `${tool.name} ${tool.version}` },
    { name: say.service, value: serviceById(organisation, service)?.name ?? words.names.unknownService },
    { name: say.team, value: teamById(organisation, team)?.name ?? words.names.unknownTeam },
    { name: say.auditor, value: personById(organisation, auditor)?.name ?? nobody },
    { name: say.due, value: lastDay === null ? null : dayText(lastDay) },
    { name: say.importedDay, value: imported?.day == null ? null : dayText(imported.day) },
    { name: say.selection, value: words.names.selections[selection] },
  ];
  return (
    <SummaryList rows={rows.flatMap(({ name, value }) => (value == null || value === '' ? [] : [{ name, value }]))} />
  );
}
