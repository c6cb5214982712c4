/** What one role of a person reaches, and from when to when: shown beneath the role while it is chosen. */
import type { ServiceId, TeamId } from '../../domain/ids.ts';
import { roleScopes, type Day } from '../../domain/values.ts';
import { isOpen, serviceById, useOrganisation } from '../data/organisation.ts';
import { dayText } from '../format.ts';
import { Checkboxes } from '../parts/checkboxes.tsx';
import { DateInput } from '../parts/date-input.tsx';
import { Details } from '../parts/details.tsx';
import { words } from '../words.ts';
import { hasBegun, roleField, type RoleForm } from './role-form.ts';

interface RoleFieldsProps {
  readonly form: RoleForm;
  readonly today: Day;
  readonly errorOf: (id: string) => string | null;
  readonly onChange: (form: RoleForm) => void;
}

export function RoleFields(props: RoleFieldsProps) {
  const scope = roleScopes[props.form.role];
  return (
    <>
      {scope.length > 0 && <ScopeFields {...props} />}
      <DayFields {...props} />
    </>
  );
}

function ScopeFields({ form, today, errorOf, onChange }: RoleFieldsProps) {
  const organisation = useOrganisation();
  const { organisation: text, names } = words;
  const services = organisation.services.filter((each) => isOpen(each, today) || form.services.includes(each.id));
  const teams = organisation.teams.filter((each) => isOpen(each, today) || form.teams.includes(each.id));
  const { role } = form;
  if (services.length === 0) return <p class="govuk-hint">{text.noServicesToLead}</p>;
  return (
    <>
      <Checkboxes<ServiceId>
        id={roleField(role, 'services')}
        label={text.scopeServices[role] ?? ''}
        {...(role === 'team-lead' ? { hint: text.leadHint } : {})}
        small
        values={form.services}
        error={errorOf(roleField(role, 'services'))}
        choices={services.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(chosen) => onChange({ ...form, services: chosen })}
      />
      {roleScopes[role].includes('teams') && teams.length > 0 && (
        <Checkboxes<TeamId>
          id={roleField(role, 'teams')}
          label={text.scopeTeams[role] ?? ''}
          small
          values={form.teams}
          choices={teams.map(({ id, name, service }) => ({
            value: id,
            label: name,
            hint: serviceById(organisation, service)?.name ?? names.unknownService,
          }))}
          onChange={(chosen) => onChange({ ...form, teams: chosen })}
        />
      )}
    </>
  );
}

function DayFields({ form, today, errorOf, onChange }: RoleFieldsProps) {
  const { organisation: text } = words;
  const [from, to] = [roleField(form.role, 'from'), roleField(form.role, 'to')];
  const begun = hasBegun(form, today);
  const isWrong = errorOf(from) !== null || errorOf(to) !== null;
  return (
    <Details summary={text.inForce(form.from, form.to, today)} open={isWrong}>
      {begun && form.from !== null ? (
        <p class="govuk-body">{text.begun(dayText(form.from))}</p>
      ) : (
        <DateInput
          id={from}
          label={text.firstDay}
          value={form.from}
          error={errorOf(from)}
          onChange={(day, typed) => onChange({ ...form, from: day, fromTyped: typed })}
        />
      )}
      <DateInput
        id={to}
        label={text.lastDay}
        hint={text.lastDayHint}
        value={form.to}
        error={errorOf(to)}
        onChange={(day, typed) => onChange({ ...form, to: day, toTyped: typed })}
      />
    </Details>
  );
}
