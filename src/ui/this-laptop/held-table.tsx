/** Changes that were not accepted: what each was with its whole text, why, when it was made. A page at a time. */
import { useState } from 'preact/hooks';
import { splitValue } from '../../domain/fields.ts';
import type { HeldChange } from '../../store/view.ts';
import { useOrganisation, type Organisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { toolFor, unitTitle } from '../held/unit-title.ts';
import { Pagination } from '../parts/pagination.tsx';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';

export interface Held extends HeldChange {
  /** A case reference or a name, where the record has one. */
  readonly about: string | null;
  readonly why: string;
}

interface HeldTableProps {
  readonly caption: string;
  readonly held: readonly Held[];
}

const pageSize = 25;

export function HeldTable({ caption, held }: HeldTableProps) {
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(held.length / pageSize));
  const here = Math.min(page, pages);
  const organisation = useOrganisation();
  const { thisLaptop: text } = words;
  return (
    <>
      <Table
        caption={caption}
        captionSize="hidden"
        columns={[{ text: text.what }, { text: text.why }, { text: text.when }]}
        rows={held.slice((here - 1) * pageSize, here * pageSize).map((one) => {
          return {
            key: String(one.row.n),
            cells: [
              <>
                {whatText(one, organisation)}
                {textsOf(one).map((written) => (
                  <p key={written} class="app-held__text">
                    {written}
                  </p>
                ))}
              </>,
              one.why,
              momentText(one.row.editedMs),
            ],
          };
        })}
      />
      <Pagination page={here} pages={pages} onPage={setPage} />
    </>
  );
}

function whatText({ row, about }: Held, organisation: Organisation): string {
  const { thisLaptop: text } = words;
  const part = unitTitle(row.kind, row.unit, toolFor(organisation, undefined, row.unit));
  return text.aboutAudit(about ?? text.kinds[row.kind] ?? text.other, part);
}

/** Everything that somebody wrote themselves: whatever of the unit lies sealed, but for what names a row of an import. */
function textsOf({ row: { kind, unit }, value }: Held): readonly string[] {
  if (unit === 'imported') return [];
  const { list, text } = splitValue(kind, unit, value);
  return Object.values({ ...list, ...text }).filter((one): one is string => typeof one === 'string' && one !== '');
}
