/** The fields of an allocation. Teams follow the service; only people with the auditor role are offered. */
import type { PersonId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import { hasRole } from '../../domain/rights.ts';
import { ageBands, selectionMethods, type AgeBand, type Day, type SelectionMethod } from '../../domain/values.ts';
import { exampleDay, type AllocationForm } from '../data/allocation-form.ts';
import { gradingTools, isOpen, standingIn, useOrganisation } from '../data/organisation.ts';
import { DateInput } from '../parts/date-input.tsx';
import { Select } from '../parts/select.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { audits } from '../words/audits.ts';

interface AllocationFieldsProps {
  readonly form: AllocationForm;
  readonly today: Day;
  readonly errorOf: (id: string) => string | null;
  readonly onChange: (fields: Partial<AllocationForm>) => void;
}

export function AllocationFields({ form, today, errorOf, onChange }: AllocationFieldsProps) {
  const organisation = useOrganisation();
  const { allocate: text, names, parts } = words;
  const services = organisation.services.filter((service) => isOpen(service, today));
  const teams = organisation.teams.filter((team) => team.service === form.service && isOpen(team, today));
  const auditors = organisation.people.filter(({ id }) => hasRole(standingIn(organisation, id, today), 'auditor'));
  return (
    <>
      <TextInput
        id="reference"
        label={audits.referenceLabel}
        hint={audits.referenceHint}
        width={20}
        value={form.reference}
        error={errorOf('reference')}
        onInput={(reference) => onChange({ reference })}
      />
      <div class="app-row">
        <TextInput
          id="initials"
          label={audits.initialsLabel}
          width={5}
          value={form.initials}
          error={errorOf('initials')}
          onInput={(initials) => onChange({ initials })}
        />
        <Select<AgeBand>
          id="age-band"
          label={audits.ageBandLabel}
          empty={audits.noAgeBand}
          value={form.ageBand}
          choices={ageBands.map((band) => ({ value: band, label: names.ageBands[band] }))}
          onChange={(ageBand) => onChange({ ageBand })}
        />
      </div>
      <Select<ToolId>
        id="tool"
        label={audits.toolLabel}
        value={form.tool}
        error={errorOf('tool')}
        choices={gradingTools(organisation).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(tool) => onChange({ tool })}
      />
      <div class="app-row">
        <Select<ServiceId>
          id="service"
          label={audits.serviceLabel}
          value={form.service}
          error={errorOf('service')}
          choices={services.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(service) => onChange({ service, team: '' })}
        />
        <Select<TeamId>
          id="team"
          label={audits.teamLabel}
          empty={form.service === '' ? audits.chooseServiceFirst : parts.choose}
          disabled={form.service === ''}
          value={form.team}
          error={errorOf('team')}
          choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(team) => onChange({ team })}
        />
      </div>
      <Select<PersonId>
        id="auditor"
        label={text.auditor}
        hint={text.auditorHint}
        value={form.auditor}
        error={errorOf('auditor')}
        choices={auditors.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(auditor) => onChange({ auditor })}
      />
      <DateInput
        id="due"
        label={text.due}
        hint={text.dueHint(exampleDay(today))}
        value={form.due}
        error={errorOf('due')}
        onChange={(due, dueTyped) => onChange({ due, dueTyped })}
      />
      <Select<SelectionMethod>
        id="selection"
        label={audits.selectionLabel}
        hint={audits.selectionHint}
        value={form.selection}
        error={errorOf('selection')}
        choices={selectionMethods.map((method) => ({ value: method, label: names.selections[method] }))}
        onChange={(selection) => onChange({ selection })}
      />
    </>
  );
}
