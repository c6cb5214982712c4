/**
 * An audit that may be read and not changed, with the reason in words; or only its case may. The server is told who reads it,
 * and sends the texts that only it has.
 */
import { useEffect } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { isAway } from '../../bridge/sync-bridge.ts';
import { shownValue } from '../../domain/fold.ts';
import type { PersonId, RecordId } from '../../domain/ids.ts';
import type { Tool } from '../../domain/tool.ts';
import type { AllocationValue, ErasedValue, EventValue, ImportedValue } from '../../domain/values.ts';
import type { ShownRecord } from '../../store/view.ts';
import { personById, undoneImportOf, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { InsetText } from '../parts/inset-text.tsx';
import { Page } from '../parts/page.tsx';
import { WarningText } from '../parts/warning-text.tsx';
import { HoldPanel } from '../retention/hold-panel.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { accessTo } from './audit-access.ts';
import { auditHead } from './audit-head.ts';
import { AuditReading } from './audit-reading.tsx';
import { caseUnit } from './case-fields.tsx';
import { ChangedByOthers } from './changed-by-others.tsx';
import { OtherVersions } from './other-versions.tsx';
import { useBackHome } from './back-home.ts';
import { CorrectCase } from './correct-case.tsx';
import { CorrectClosed } from './correct-closed.tsx';
import { Corrections } from './corrections.tsx';
import { ErasedReading } from './erased-reading.tsx';
import type { FormContext } from './form-context.ts';

interface ReadOnlyAuditProps {
  readonly laptop: Laptop;
  readonly tool: Tool;
  readonly record: ShownRecord;
  /** Where its case may be corrected: as it is typed, or, once it is closed, with a reason. */
  readonly corrects?: { readonly when: 'open' | 'closed'; readonly form: FormContext };
}

export function ReadOnlyAudit({ laptop, tool, record, corrects }: ReadOnlyAuditProps) {
  const organisation = useOrganisation();
  const form = corrects?.when === 'open' ? corrects.form : undefined;
  const units = form?.editor.units() ?? record.units;
  const theCase = units[caseUnit];
  const head = auditHead(units, organisation);
  const erased = shownValue<ErasedValue>(units, 'erased');
  useNotedRead(laptop, record.id, shownValue<AllocationValue>(record.units, 'allocation')?.auditor ?? null);
  return (
    <Page title={head.title} tabTitle={say.tabTitle} caption={head.caption} back={useBackHome(laptop)}>
      <Why laptop={laptop} record={record} correctsCase={form !== undefined} />
      {erased === undefined ? (
        <>
          <HoldPanel laptop={laptop} record={record} />
          {form && <ChangedByOthers {...form} units={[caseUnit]} />}
          <OtherVersions tool={tool} units={units} except={['hold', ...(form === undefined ? [] : [caseUnit])]} />
          <AuditReading
            tool={tool}
            units={units}
            correctCase={
              <>
                <Corrections units={units} />
                {form && <CorrectCase {...form} />}
                {corrects?.when === 'closed' && theCase && (
                  <CorrectClosed laptop={laptop} record={record.id} shown={theCase} device={corrects.form.device} />
                )}
              </>
            }
          />
        </>
      ) : (
        <ErasedReading tool={tool} units={units} erased={erased} />
      )}
    </Page>
  );
}

interface WhyProps extends Pick<ReadOnlyAuditProps, 'laptop' | 'record'> {
  readonly correctsCase: boolean;
}

function Why({ laptop, record, correctsCase }: WhyProps) {
  const organisation = useOrganisation();
  const nameOf = (id: EventValue['by'] | null | undefined): string =>
    personById(organisation, id)?.name ?? words.names.unknownPerson;
  const eventText = (event: 'submitted' | 'voided', text: (name: string, when: string) => string): string | null => {
    const value = shownValue<EventValue>(record.units, event);
    return value === undefined ? null : text(nameOf(value.by), momentText(value.at));
  };
  const imported = shownValue<ImportedValue>(record.units, 'imported');
  const access = accessTo(record, laptop.store.person);
  const auditor = shownValue<AllocationValue>(record.units, 'allocation')?.auditor;
  return (
    <>
      {access === 'columns' && <Fetching laptop={laptop} />}
      {access === 'blind' && <InsetText>{say.blind}</InsetText>}
      {access === 'not-yours' && (
        <InsetText>{(correctsCase ? say.notYoursButCase : say.notYours)(nameOf(auditor))}</InsetText>
      )}
      {imported !== undefined && <CameIn units={record.units} imported={imported} nameOf={nameOf} />}
      {[imported === undefined ? eventText('submitted', say.submittedBy) : null, eventText('voided', say.voided)].map(
        (text) => text !== null && <InsetText key={text}>{text}</InsetText>,
      )}
    </>
  );
}

interface CameInProps {
  readonly units: ShownRecord['units'];
  readonly imported: ImportedValue;
  readonly nameOf: (id: EventValue['by']) => string;
}

/** Which import it came in with, and first of all that it was taken back, where it was. */
function CameIn({ units, imported, nameOf }: CameInProps) {
  const organisation = useOrganisation();
  const undone = undoneImportOf(organisation, units)?.undone ?? null;
  const from = organisation.imports.find(({ id }) => id === imported.import);
  return (
    <>
      {undone !== null && <WarningText>{say.importUndone(nameOf(undone.by), momentText(undone.at))}</WarningText>}
      {from !== undefined && (
        <InsetText>{say.importedFrom(from.file, String(imported.line), momentText(from.at))}</InsetText>
      )}
    </>
  );
}

/** The whole record comes as the server is told that it is read (`useNotedRead`). */
function Fetching({ laptop }: Pick<ReadOnlyAuditProps, 'laptop'>) {
  const away = isAway(laptop.sync.state.value.phase);
  return (
    <InsetText>
      <span role="status">{away ? say.fetchLater : say.fetching}</span>
    </InsetText>
  );
}

/** Who reads what somebody else wrote is known at the server, whether all of it was here already or has to be fetched. */
function useNotedRead(laptop: Laptop, record: RecordId, auditor: PersonId | null): void {
  useEffect(() => {
    if (auditor !== laptop.store.person) laptop.noteRead(record);
  }, [laptop, record, auditor]);
}
