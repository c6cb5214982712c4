/** Missing changes, one row for each laptop and record: whose, what of which audit, when. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { MissingGroup } from '../../protocol/missing.ts';
import { useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { authorName } from '../held/group-reading.tsx';
import { namedHere, type NamedRecord } from '../held/record-names.ts';
import { toolFor, unitTitle } from '../held/unit-title.ts';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';
import { restored as say } from '../words/restored.ts';

interface MissingTableProps {
  readonly laptop: Laptop;
  readonly caption: string;
  readonly groups: readonly MissingGroup[];
}

export function MissingTable({ laptop, caption, groups }: MissingTableProps) {
  const organisation = useOrganisation();
  const records = groups.flatMap(({ record }) => record ?? []);
  const names = useLive(laptop.store, () => namedHere(laptop.store, records), records.join(' '));
  if (names === null) return null;
  return (
    <Table
      caption={caption}
      captionSize="m"
      columns={[{ text: say.whose }, { text: say.what }, { text: say.made }]}
      rows={groups.map((group) => {
        const { device, person, record, madeMs, again } = group;
        return {
          key: `${device} ${record} ${again}`,
          cells: [
            <div>
              {person === null ? words.names.unknownPerson : authorName(organisation, person)}
              <div class="app-quiet-text">{say.laptop(device.slice(0, 8))}</div>
            </div>,
            <What group={group} named={record === null ? undefined : names.get(record)} />,
            madeMs === null ? say.madeUnknown : momentText(madeMs),
          ],
        };
      })}
    />
  );
}

function What({ group, named }: { readonly group: MissingGroup; readonly named: NamedRecord | undefined }) {
  const organisation = useOrganisation();
  const { kind, units, changes } = group;
  if (kind === null) return <>{say.unseen(changes)}</>;
  const titles = units.map((unit) => say.part(unitTitle(kind, unit, toolFor(organisation, named?.tool, unit))));
  const name = named?.name || say.notHere(words.thisLaptop.kinds[kind] ?? words.thisLaptop.other);
  return (
    <div>
      {named?.href ? (
        <a class="govuk-link" href={named.href}>
          {name}
        </a>
      ) : (
        name
      )}
      {titles.map((title) => (
        <div key={title}>{title}</div>
      ))}
    </div>
  );
}
