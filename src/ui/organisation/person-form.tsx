/** Name, email and roles of one person. A team lead also gets the services and teams they lead. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { ServiceId, TeamId } from '../../domain/ids.ts';
import { roleNames, type RoleName } from '../../domain/values.ts';
import { today } from '../data/clock.ts';
import { isOpen, useOrganisation, type Person } from '../data/organisation.ts';
import { errorAt, looksLikeEmail } from '../data/typed-secrets.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { Checkboxes } from '../parts/checkboxes.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { addPerson, changePerson, type WantedPerson } from './edits.ts';
import { useSave } from './use-save.ts';

interface PersonFormProps {
  readonly laptop: Laptop;
  /** null adds one. */
  readonly person: Person | null;
  readonly onDone: () => void;
}

export function PersonForm({ laptop, person, onDone }: PersonFormProps) {
  const { services, teams, people } = useOrganisation();
  const day = today(laptop);
  const [wanted, setWanted] = useState<WantedPerson>(() => wantedOf(person, day));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const save = useSave(laptop);
  useEffect(() => document.getElementById('person-name')?.focus(), []);
  const { organisation: text } = words;
  const set = (fields: Partial<WantedPerson>): void => setWanted((before) => ({ ...before, ...fields }));
  const submit = async (): Promise<void> => {
    const clean = { ...wanted, name: wanted.name.trim(), email: wanted.email.trim() };
    const wrong = errorsOf(clean, people, person, laptop.store.person);
    setErrors(wrong);
    setAttempt((before) => before + 1);
    if (wrong.length > 0) return;
    setBusy(true);
    const edits = person === null ? addPerson(laptop.store.newId(), clean, day) : changePerson(person, clean, day);
    const problem = await save(edits, text.saved(clean.name));
    setBusy(false);
    if (problem === null) onDone();
    else setErrors(errorAt('person-name', problem));
  };
  const errorOf = (id: string): string | null => errors.find((error) => error.id === id)?.text ?? null;
  const openServices = services.filter((service) => isOpen(service, day) || wanted.services.includes(service.id));
  const openTeams = teams.filter((team) => isOpen(team, day) || wanted.teams.includes(team.id));
  const scope =
    openServices.length === 0 ? (
      <p class="govuk-hint">{text.noServicesToLead}</p>
    ) : (
      <>
        <Checkboxes<ServiceId>
          id="person-services"
          label={text.leadServices}
          hint={text.leadHint}
          small
          values={wanted.services}
          error={errorOf('person-services')}
          choices={openServices.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(chosen) => set({ services: chosen })}
        />
        {openTeams.length > 0 && (
          <Checkboxes<TeamId>
            id="person-teams"
            label={text.leadTeams}
            small
            values={wanted.teams}
            choices={openTeams.map(({ id, name, service }) => ({
              value: id,
              label: name,
              hint: services.find((one) => one.id === service)?.name ?? words.names.unknownService,
            }))}
            onChange={(chosen) => set({ teams: chosen })}
          />
        )}
      </>
    );
  return (
    <form
      class="app-panel"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <ErrorSummary errors={errors} attempt={attempt} />
      <h2 class="govuk-heading-m">{person === null ? text.addPerson : text.editPerson(person.name)}</h2>
      <TextInput
        id="person-name"
        label={text.personName}
        value={wanted.name}
        maxLength={120}
        error={errorOf('person-name')}
        onInput={(name) => set({ name })}
      />
      <TextInput
        id="person-email"
        label={text.email}
        hint={text.emailHint}
        type="email"
        inputMode="email"
        value={wanted.email}
        maxLength={200}
        error={errorOf('person-email')}
        onInput={(email) => set({ email })}
      />
      <Checkboxes<RoleName>
        id="person-roles"
        label={text.role}
        hint={text.roleHint}
        values={wanted.roles}
        error={errorOf('person-roles')}
        choices={roleNames.map((role) => ({
          value: role,
          label: words.names.roles[role],
          hint: words.names.roleHints[role],
          ...(role === 'team-lead' ? { reveal: scope } : {}),
        }))}
        onChange={(roles) => set({ roles })}
      />
      <ButtonGroup>
        <Button type="submit" busy={busy}>
          {text.savePerson}
        </Button>
        <Button kind="secondary" onClick={onDone}>
          {text.cancel}
        </Button>
      </ButtonGroup>
    </form>
  );
}

function wantedOf(person: Person | null, day: string): WantedPerson {
  const grants = (person?.grants ?? []).filter(({ from, to }) => from <= day && (to === null || to >= day));
  return {
    name: person?.name ?? '',
    email: person?.email ?? '',
    roles: roleNames.filter((role) => grants.some((grant) => grant.role === role)),
    services: [...new Set(grants.flatMap(({ services }) => services))],
    teams: [...new Set(grants.flatMap(({ teams }) => teams))],
  };
}

function errorsOf(
  wanted: WantedPerson,
  people: readonly Person[],
  person: Person | null,
  me: string,
): readonly FieldError[] {
  const { organisation: text } = words;
  const email = wanted.email.toLowerCase();
  const other = people.find((one) => one.id !== person?.id && one.email.toLowerCase() === email);
  const leadsNothing = wanted.roles.includes('team-lead') && wanted.services.length + wanted.teams.length === 0;
  const dropsSelf = person?.id === me && !wanted.roles.includes('qa-lead');
  return [
    ...errorAt('person-name', wanted.name === '' ? text.enterName : null),
    ...errorAt('person-email', looksLikeEmail(wanted.email) ? null : text.emailNeedsAt),
    ...errorAt('person-email', other === undefined ? null : text.emailTaken(other.name)),
    ...errorAt('person-roles', wanted.roles.length === 0 ? text.chooseRole : null),
    ...errorAt('person-roles', dropsSelf && wanted.roles.length > 0 ? text.keepQaLead : null),
    ...errorAt('person-services', leadsNothing ? text.leadSome : null),
  ];
}
