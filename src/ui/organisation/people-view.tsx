/** People with their roles, the form that adds or changes one, and their invitation links and accounts. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { personFacts } from '../../domain/facts.ts';
import { mayManageAccount, mayWrite, type Standing } from '../../domain/rights.ts';
import type { Day, RoleGrant } from '../../domain/values.ts';
import { today } from '../data/clock.ts';
import {
  serviceById,
  standingIn,
  teamById,
  useOrganisation,
  type Organisation,
  type Person,
} from '../data/organisation.ts';
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
  const day = today(laptop);
  const standing = standingIn(organisation, laptop.store.person, day);
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
              rolesText(organisation, one, day),
              <PersonActs person={one} standing={standing} server={server !== null} onAsk={ask} />,
            ],
          }))}
        />
      )}
    </>
  );
}

interface PersonActsProps {
  readonly person: Person;
  readonly standing: Standing;
  readonly server: boolean;
  readonly onAsk: (asking: Asking) => void;
}

/** What whoever looks may do about one person. */
function PersonActs({ person: { id, name, grants }, standing, server, onAsk }: PersonActsProps) {
  const { organisation: text } = words;
  const facts = personFacts(id, grants);
  const edits = mayWrite(standing, 'person', 'roles', facts, facts);
  const manages = server && mayManageAccount(standing, facts);
  if (!edits && !manages) return <>{text.notYours}</>;
  return (
    <span class="app-acts">
      {edits && (
        <Button kind="link" id={`edit-${id}`} about={name} onClick={() => onAsk({ kind: 'edit', id })}>
          {text.edit}
        </Button>
      )}
      {manages && (
        <>
          <Button
            kind="link"
            id={`invite-${id}`}
            about={text.inviteFor(name)}
            onClick={() => onAsk({ kind: 'invite', id })}
          >
            {text.invite}
          </Button>
          <Button
            kind="link"
            id={`account-${id}`}
            about={words.account.manageFor(name)}
            onClick={() => onAsk({ kind: 'account', id })}
          >
            {words.account.manage}
          </Button>
        </>
      )}
    </span>
  );
}

/** The roles in force and to come, each with what it reaches, and its days where there is more to say than that it is. */
function rolesText(organisation: Organisation, person: Person, day: Day): string {
  const given = person.grants.filter(({ to }) => to === null || to >= day);
  return given.length === 0
    ? words.organisation.noRole
    : given.map((grant) => roleText(organisation, grant, day)).join('; ');
}

function roleText(organisation: Organisation, { role, services, teams, from, to }: RoleGrant, day: Day): string {
  const names = [
    ...services.map((id) => serviceById(organisation, id)?.name ?? words.names.unknownService),
    ...teams.map((id) => teamById(organisation, id)?.name ?? words.names.unknownTeam),
  ];
  const { reaches, days } = words.organisation;
  return reaches(words.names.roles[role], names.join(', '), days(from, to, day));
}
