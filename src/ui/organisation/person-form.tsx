/** Name, email and roles of one person, each role with what it reaches and its days. Whoever is no QA lead makes none. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { hasRole } from '../../domain/rights.ts';
import { roleNames, type Day, type RoleName } from '../../domain/values.ts';
import { today } from '../data/clock.ts';
import { standingIn, useOrganisation, type Person } from '../data/organisation.ts';
import { errorAt, looksLikeEmail } from '../data/typed-secrets.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { Checkboxes } from '../parts/checkboxes.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { addPerson, changePerson, type WantedPerson } from './edits.ts';
import { RoleFields } from './role-fields.tsx';
import { newRole, roleErrors, rolesIn, type RoleForm } from './role-form.ts';
import { useSave } from './use-save.ts';

interface PersonFormProps {
  readonly laptop: Laptop;
  /** null adds one. */
  readonly person: Person | null;
  readonly onDone: () => void;
}

export function PersonForm({ laptop, person, onDone }: PersonFormProps) {
  const organisation = useOrganisation();
  const day = today(laptop);
  const isQaLead = hasRole(standingIn(organisation, laptop.store.person, day), 'qa-lead');
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
    const wrong = errorsOf(clean, organisation.people, person, laptop.store.person, day);
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
  const choose = (chosen: readonly RoleName[]): void =>
    set({ roles: chosen.map((role) => wanted.roles.find((form) => form.role === role) ?? newRole(role, day)) });
  const change = (form: RoleForm): void =>
    set({ roles: wanted.roles.map((one) => (one.role === form.role ? form : one)) });
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
        hint={isQaLead ? text.roleHint : text.roleHintNotLead}
        values={wanted.roles.map(({ role }) => role)}
        error={errorOf('person-roles')}
        choices={roleNames
          .filter((role) => isQaLead || role !== 'qa-lead')
          .map((role) => ({
            value: role,
            label: words.names.roles[role],
            hint: words.names.roleHints[role],
            reveal: wanted.roles
              .filter((form) => form.role === role)
              .map((form) => <RoleFields key={role} form={form} today={day} errorOf={errorOf} onChange={change} />),
          }))}
        onChange={choose}
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

const wantedOf = (person: Person | null, day: Day): WantedPerson => ({
  name: person?.name ?? '',
  email: person?.email ?? '',
  roles: rolesIn(person?.grants ?? [], day),
});

function errorsOf(
  wanted: WantedPerson,
  people: readonly Person[],
  person: Person | null,
  me: string,
  day: Day,
): readonly FieldError[] {
  const { organisation: text } = words;
  const email = wanted.email.toLowerCase();
  const other = people.find((one) => one.id !== person?.id && one.email.toLowerCase() === email);
  const dropsSelf =
    person?.id === me && !wanted.roles.some(({ role, from }) => role === 'qa-lead' && from !== null && from <= day);
  return [
    ...errorAt('person-name', wanted.name === '' ? text.enterName : null),
    ...errorAt('person-email', looksLikeEmail(wanted.email) ? null : text.emailNeedsAt),
    ...errorAt('person-email', other === undefined ? null : text.emailTaken(other.name)),
    ...errorAt('person-roles', wanted.roles.length === 0 ? text.chooseRole : null),
    ...errorAt('person-roles', dropsSelf && wanted.roles.length > 0 ? text.keepQaLead : null),
    ...wanted.roles.flatMap((form) => roleErrors(form, day)),
  ];
}
