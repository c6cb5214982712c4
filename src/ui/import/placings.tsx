/** Names of the file with what each is in Plumbline, in pages; what is undecided comes first. */
import { useRef, useState } from 'preact/hooks';
import type { PersonId, ServiceId, TeamId } from '../../domain/ids.ts';
import type { AuditorChoice, Choice, Placing, TeamPlacing } from '../../domain/import/places.ts';
import { serviceById, useOrganisation } from '../data/organisation.ts';
import type { Choice as Option } from '../parts/choice.ts';
import { Pagination } from '../parts/pagination.tsx';
import { Select } from '../parts/select.tsx';
import { Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { words } from '../words.ts';
import { importing as say } from '../words/import.ts';
import { number } from '../words/plural.ts';

interface PlacingsOf<Chosen, One extends Placing<Chosen>> {
  readonly placings: readonly One[];
  readonly onChoice: (key: string, choice: Chosen) => void;
}

export function ServicePlacings({ placings, onChoice }: PlacingsOf<Choice<ServiceId>, Placing<Choice<ServiceId>>>) {
  const { services } = useOrganisation();
  return (
    <PlacingTable
      id="services"
      title={say.services}
      placings={placings}
      options={[
        { value: newValue, label: say.newService },
        ...services.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      valueOf={choiceValue}
      onValue={(key, value) => onChoice(key, choiceFrom<ServiceId>(value))}
    />
  );
}

export function TeamPlacings({ placings, onChoice }: PlacingsOf<Choice<TeamId>, TeamPlacing>) {
  const organisation = useOrganisation();
  const teams = organisation.teams.map(({ id, name, service }) => ({
    value: id as string,
    label: say.teamIn(name, serviceById(organisation, service)?.name ?? ''),
  }));
  return (
    <PlacingTable
      id="teams"
      title={say.teams}
      placings={placings}
      more={{
        text: say.teamsInServices,
        of: ({ members }) => [...new Set(members.map(({ service }) => service))].join(', '),
      }}
      options={[{ value: newValue, label: say.newTeam }, ...teams]}
      valueOf={choiceValue}
      onValue={(key, value) => onChoice(key, choiceFrom<TeamId>(value))}
    />
  );
}

export function AuditorPlacings({ placings, onChoice }: PlacingsOf<AuditorChoice, Placing<AuditorChoice>>) {
  const { people } = useOrganisation();
  if (placings.length === 0) return null;
  return (
    <PlacingTable<AuditorChoice, Placing<AuditorChoice>>
      id="auditors"
      title={say.auditors}
      lead={say.auditorsLead}
      placings={placings}
      options={[
        { value: nobodyValue, label: say.nobody },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      valueOf={(choice) => (choice?.kind === 'known' ? choice.id : nobodyValue)}
      onValue={(key, value) =>
        onChoice(key, value === nobodyValue ? { kind: 'nobody' } : { kind: 'known', id: value as PersonId })
      }
    />
  );
}

const newValue = 'new';
const nobodyValue = 'nobody';
const pageSize = 25;

const choiceValue = <Id extends string>(choice: Choice<Id> | null): string =>
  choice === null ? '' : choice.kind === 'new' ? newValue : choice.id;

const choiceFrom = <Id extends string>(value: string): Choice<Id> =>
  value === newValue ? { kind: 'new' } : { kind: 'known', id: value as Id };

interface PlacingTableProps<Chosen, One extends Placing<Chosen>> {
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  readonly placings: readonly One[];
  /** One column more. */
  readonly more?: { readonly text: string; readonly of: (placing: One) => string };
  readonly options: readonly Option[];
  readonly valueOf: (choice: Chosen | null) => string;
  readonly onValue: (key: string, value: string) => void;
}

function PlacingTable<Chosen, One extends Placing<Chosen>>(props: PlacingTableProps<Chosen, One>) {
  const { id, title, lead, placings, more, options, valueOf, onValue } = props;
  const [asked, setPage] = useState(1);
  // What was undecided once stays first: it does not jump away under the hand that decides about it.
  const first = useRef(new Set<string>()).current;
  for (const { key, choice } of placings) if (choice === null) first.add(key);
  const rows = [...placings.filter(({ key }) => first.has(key)), ...placings.filter(({ key }) => !first.has(key))];
  const pages = Math.ceil(rows.length / pageSize);
  const page = Math.max(1, Math.min(asked, pages));
  const undecided = placings.filter(({ choice }) => choice === null).length;
  if (placings.length === 0) return null;
  return (
    <section class="app-import__places">
      <Table
        caption={title}
        dense
        columns={[
          { text: say.nameInFile },
          ...(more === undefined ? [] : [{ text: more.text }]),
          { text: say.audits, numeric: true, narrow: true },
          { text: say.isPlumbline },
        ]}
        rows={rows.slice((page - 1) * pageSize, page * pageSize).map((placing) => ({
          key: placing.key,
          cells: [
            placing.name,
            ...(more === undefined ? [] : [more.of(placing)]),
            number(placing.count),
            <div key="is" class="app-import__meaning">
              <Select
                id={`${id}-${placings.indexOf(placing)}`}
                label={say.placeOf(title, placing.name)}
                hideLabel
                empty={placing.choice === null ? words.parts.choose : null}
                value={valueOf(placing.choice)}
                choices={options}
                onChange={(value) => value !== '' && onValue(placing.key, value)}
              />
              {placing.choice !== null && placing.suggested && <Tag colour="blue">{say.suggested}</Tag>}
            </div>,
          ],
        }))}
      />
      {undecided > 0 && <p class="govuk-body app-small">{say.undecidedPlaces(undecided)}</p>}
      <Pagination page={page} pages={pages} onPage={setPage} />
      {lead !== undefined && <p class="govuk-body app-soft app-small">{lead}</p>}
    </section>
  );
}
