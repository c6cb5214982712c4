/** People with their roles, the form that adds or changes one, and their invitation links and accounts. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { RoleGrant } from '../../domain/values.ts';
import { today } from '../data/clock.ts';
import { serviceById, teamById, useOrganisation, type Organisation, type Person } from '../data/organisation.ts';
import { Button } from '../parts/button.tsx';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';
import { AccountPanel } from './account-panel.tsx';
import { Invite } from './invite.tsx';
import { PersonForm } from './person-form.tsx';
import { useReturnFocus } from './use-return-focus.ts';

type Asking = { readonly kind: 'add' } | { readonly kind: 'edit' | 'invite' | 'account'; readonly id: string } | null;

export function PeopleView({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const [asking, setAsking] = useState<Asking>(null);
  const remember = useReturnFocus(asking !== null);
  const ask = (what: Asking): void => {
    remember();
    setAsking(what);
  };
  const { people } = organisation;
  const { organisation: text } = words;
  const person = asking !== null && asking.kind !== 'add' ? people.find(({ id }) => id === asking.id) : undefined;
  const { server } = laptop.home;
  const close = (): void => setAsking(null);
  return (
    <>
      {asking === null && (
        <Button id="add-person" kind={people.length < 2 ? 'primary' : 'secondary'} onClick={() => ask({ kind: 'add' })}>
          {text.addPerson}
        </Button>
      )}
      {asking?.kind === 'add' && <PersonForm laptop={laptop} person={null} onDone={close} />}
      {asking?.kind === 'edit' && person && (
        <PersonForm key={person.id} laptop={laptop} person={person} onDone={close} />
      )}
      {asking?.kind === 'invite' && person && server && (
        <Invite key={person.id} laptop={laptop} server={server} person={person} onDone={close} />
      )}
      {asking?.kind === 'account' && person && server && (
        <AccountPanel key={person.id} laptop={laptop} server={server} person={person} onDone={close} />
      )}
      {people.length === 1 && people[0]?.id === laptop.store.person && <p class="govuk-body">{text.onlyYou}</p>}
      {people.length === 0 ? (
        <p class="govuk-body">{text.noPeople}</p>
      ) : (
        <Table
          caption={text.people}
          captionSize="hidden"
          dense
          columns={[
            { text: text.name },
            { text: text.email },
            { text: text.role },
            { text: words.parts.actions, hidden: true },
          ]}
          rows={people.map((one) => ({
            key: one.id,
            cells: [
              one.id === laptop.store.person ? `${one.name} (${text.you})` : one.name,
              one.email,
              rolesText(organisation, one, today(laptop)),
              <span class="app-acts">
                <Button
                  kind="link"
                  id={`edit-${one.id}`}
                  about={one.name}
                  onClick={() => ask({ kind: 'edit', id: one.id })}
                >
                  {text.edit}
                </Button>
                {server && (
                  <Button
                    kind="link"
                    id={`invite-${one.id}`}
                    about={text.inviteFor(one.name)}
                    onClick={() => ask({ kind: 'invite', id: one.id })}
                  >
                    {text.invite}
                  </Button>
                )}
                {server && (
                  <Button
                    kind="link"
                    id={`account-${one.id}`}
                    about={words.account.manageFor(one.name)}
                    onClick={() => ask({ kind: 'account', id: one.id })}
                  >
                    {words.account.manage}
                  </Button>
                )}
              </span>,
            ],
          }))}
        />
      )}
    </>
  );
}

/** The roles in force, each with what it leads. */
function rolesText(organisation: Organisation, person: Person, day: string): string {
  const inForce = person.grants.filter(({ from, to }) => from <= day && (to === null || to >= day));
  return inForce.length === 0
    ? words.organisation.noRole
    : inForce.map((grant) => roleText(organisation, grant)).join('; ');
}

function roleText(organisation: Organisation, { role, services, teams }: RoleGrant): string {
  const names = [
    ...services.map((id) => serviceById(organisation, id)?.name ?? words.names.unknownService),
    ...teams.map((id) => teamById(organisation, id)?.name ?? words.names.unknownTeam),
  ];
  const name = words.names.roles[role];
  return names.length === 0 ? name : `${name}: ${words.organisation.leads(names.join(', '))}`;
}
