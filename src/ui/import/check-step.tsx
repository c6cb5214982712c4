/** Step 6: exactly what will be added, what is left out and why, and what is here already. Nothing is written yet. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { PlacesDraft } from '../../domain/import/places.ts';
import { nowMs, today } from '../data/clock.ts';
import { personById, useOrganisation, type ImportEntry } from '../data/organisation.ts';
import { dayAt, dayText } from '../format.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { SummaryList, type SummaryRow } from '../parts/summary-list.tsx';
import { WarningText } from '../parts/warning-text.tsx';
import { words } from '../words.ts';
import { importing as say } from '../words/import.ts';
import { number } from '../words/plural.ts';
import { selectionName } from './about-step.tsx';
import { AlreadyHere, GradesTable, LeftOut } from './check-report.tsx';
import type { FlowState, ImportFlow } from './import-flow.ts';
import { PastKeeping } from './past-keeping.tsx';
import { importPlan, importToGoOn, knownTool } from './plan.ts';
import { stateName } from './state-name.ts';
import { StepPage, stopErrors } from './step-page.tsx';
import { placesOf } from './steps.ts';

interface CheckStepProps {
  readonly laptop: Laptop;
  readonly flow: ImportFlow;
  readonly onDone: () => void;
}

export function CheckStep({ laptop, flow, onDone }: CheckStepProps) {
  const organisation = useOrganisation();
  const [attempt, setAttempt] = useState(0);
  const state = flow.state.value;
  const { file, inspection, looked, selection, toolName } = state;
  const places = placesOf(state, organisation);
  if (file === null || inspection === null || looked === null || places === null) return null;
  const { reading, check } = looked;
  const { person, newId } = laptop.store;
  const tool = knownTool(organisation, reading, inspection.columns);
  const goesOn = importToGoOn(organisation.imports, check, tool, person);
  const audits = check.fresh.audits;
  const add = (): void => {
    const about = { fileName: file.name, reading, columns: inspection.columns, check, places, toolName, person };
    const when = { nowMs: nowMs(laptop), today: today(laptop) };
    // With nothing to add, an import that stopped half-way only ends; how its cases were picked was said then.
    const plan = importPlan({ ...about, ...when, selection: selection || 'other' }, organisation, newId);
    if (plan === null) return setAttempt(attempt + 1);
    void flow.write(plan);
    onDone();
  };
  return (
    <StepPage step="check" state={state} title={say.checkTitle} errors={stopErrors(state)} attempt={attempt}>
      <WarningText>{say.nothingYet}</WarningText>
      {goesOn !== undefined && <InsetText>{say.goesOn(dayText(dayAt(goesOn.at)))}</InsetText>}
      <SameFile imports={organisation.imports} digest={check.digest} except={goesOn} />
      <h2 class="govuk-heading-m">{audits === 0 ? say.willAddNone : say.willAdd(audits)}</h2>
      {audits === 0 ? (
        <p class="govuk-body">{check.here.size > 0 ? say.allHere : say.noneIsAudit}</p>
      ) : (
        <>
          <PastKeeping laptop={laptop} perDay={check.perDay} />
          <SummaryList rows={summaryRows(state, places, tool?.name ?? null)} />
          <GradesTable report={check.fresh} reading={reading} />
        </>
      )}
      <AlreadyHere check={check} />
      <LeftOut report={check.fresh} reading={reading} columns={inspection.columns} />
      <ButtonGroup>
        {audits > 0 && <Button onClick={add}>{say.addNow(audits)}</Button>}
        {audits === 0 && goesOn !== undefined && <Button onClick={add}>{say.finishNow}</Button>}
        <Button kind="secondary" href="/import">
          {words.parts.cancel}
        </Button>
      </ButtonGroup>
    </StepPage>
  );
}

function summaryRows(state: FlowState, places: PlacesDraft, knownToolName: string | null): readonly SummaryRow[] {
  const { file, looked, selection, toolName } = state;
  if (looked === null) return [];
  const { days, fresh } = looked.check;
  const isNew = ({ choice }: { readonly choice: { readonly kind: string } | null }): boolean => choice?.kind === 'new';
  const services = places.services.filter(isNew);
  const teams = places.teams.filter(isNew);
  const named = places.auditors.filter(({ choice }) => choice?.kind === 'known');
  const withAuditor = named.reduce((sum, { count }) => sum + count, 0);
  return [
    { name: say.fileName, value: file?.name ?? '' },
    { name: say.dates, value: days === null ? say.noDates : say.datesFromTo(dayText(days.first), dayText(days.last)) },
    ...(fresh.undated.count > 0 ? [{ name: say.noMonth, value: say.undatedAudits(fresh.undated.count) }] : []),
    { name: say.tool, value: knownToolName === null ? say.toolNew(toolName.trim()) : say.toolSame(knownToolName) },
    { name: say.picked, value: selection === '' ? '' : selectionName(selection) },
    ...(services.length > 0 ? [{ name: say.newServices, value: say.names(services.map(({ name }) => name)) }] : []),
    ...(teams.length > 0
      ? [
          {
            name: say.newTeams,
            value: say.names(teams.map(({ name, members }) => say.teamIn(name, members[0]?.service ?? ''))),
          },
        ]
      : []),
    ...(places.auditors.length > 0 ? [{ name: say.withoutAuditor, value: number(fresh.audits - withAuditor) }] : []),
    ...(fresh.withoutReference > 0
      ? [{ name: say.reference, value: say.withoutReference(fresh.withoutReference) }]
      : []),
  ];
}

interface SameFileProps {
  readonly imports: readonly ImportEntry[];
  readonly digest: string;
  readonly except: ImportEntry | undefined;
}

/** Other imports of the same bytes that have not been taken back: this laptop may not have all of their audits yet. */
function SameFile({ imports, digest, except }: SameFileProps) {
  const organisation = useOrganisation();
  const same = imports.filter((one) => one.digest === digest && one.undone === null && one.id !== except?.id);
  return (
    <>
      {same.map((one) => (
        <InsetText key={one.id}>
          {say.sameFile(
            personById(organisation, one.by)?.name ?? words.names.unknownPerson,
            dayText(dayAt(one.at)),
            stateName(one),
          )}
        </InsetText>
      ))}
    </>
  );
}
