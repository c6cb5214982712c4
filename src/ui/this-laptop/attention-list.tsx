/** The changes the council's server did not accept: what each was, why, and where to look. Nothing of them is lost. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { JsonObject } from '../../domain/canonical.ts';
import { splitValue } from '../../domain/fields.ts';
import { shownValue } from '../../domain/fold.ts';
import { unitSubject } from '../../domain/unit-names.ts';
import type { CaseValue } from '../../domain/values.ts';
import type { QuarantineRow } from '../../store/rows.ts';
import { readQuarantine, readRecords } from '../../store/view.ts';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';

interface Held {
  readonly row: QuarantineRow;
  /** A case reference or a name, where the record has one. */
  readonly about: string | null;
  /** What was written, for the person who wrote it. */
  readonly texts: readonly string[];
}

export function AttentionList({ laptop }: { readonly laptop: Laptop }) {
  const held = useLive(laptop.store, () => readHeld(laptop), 'held');
  const { thisLaptop: text } = words;
  if (held === null) return null;
  if (held.length === 0) return <p class="govuk-body">{text.attentionNone}</p>;
  return (
    <>
      <p class="govuk-body">{text.attentionLead}</p>
      <Table
        caption={text.attentionTitle}
        captionSize="hidden"
        columns={[
          { text: text.what },
          { text: text.why },
          { text: text.when },
          { text: words.parts.actions, hidden: true },
        ]}
        rows={held.map(({ row, about, texts }) => ({
          key: String(row.n),
          cells: [
            <>
              {whatText(row, about)}
              {texts.map((one) => (
                <p key={one} class="app-held__text">
                  {one}
                </p>
              ))}
            </>,
            words.problems.held(row.code),
            momentText(row.editedMs),
            row.kind === 'audit' ? <a href={`/audit/${row.record}`}>{text.see}</a> : '',
          ],
        }))}
      />
    </>
  );
}

function whatText(row: QuarantineRow, about: string | null): string {
  const { thisLaptop: text } = words;
  const family = row.unit.split(':')[0] ?? row.unit;
  const unit = text.units[family] ?? text.other;
  const subject = row.unit.includes(':') ? `${unit} (${unitSubject(row.unit)})` : unit;
  return text.aboutAudit(about ?? text.kinds[row.kind] ?? text.other, subject);
}

/** Everything that somebody wrote themselves: whatever of the unit lies sealed. */
function textsOf({ kind, unit }: QuarantineRow, value: JsonObject): readonly string[] {
  const { list, text } = splitValue(kind, unit, value);
  return Object.values({ ...list, ...text }).filter((one): one is string => typeof one === 'string' && one !== '');
}

async function readHeld({ store }: Laptop): Promise<readonly Held[]> {
  const quarantine = await readQuarantine(store);
  const records = await readRecords(store, [...new Set(quarantine.map(({ row }) => row.record))]);
  const names = new Map(
    records.map(({ id, units }) => [
      id,
      shownValue<CaseValue>(units, 'case')?.reference ?? shownValue<{ name?: string }>(units, 'profile')?.name ?? null,
    ]),
  );
  return quarantine.map(({ row, value }) => ({
    row,
    about: names.get(row.record) ?? null,
    texts: textsOf(row, value),
  }));
}
