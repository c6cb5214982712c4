/** The columns that say when, where, what and who. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { ofstedScale } from '../../domain/grade.ts';
import type { ImportColumn } from '../../domain/import/column.ts';
import { readDay, type DateOrder } from '../../domain/import/dates.ts';
import { suggestMapping, type ImportMapping, type NameSource } from '../../domain/import/mapping.ts';
import { Radios } from '../parts/radios.tsx';
import { Select } from '../parts/select.tsx';
import { Tag } from '../parts/tag.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { importing as say } from '../words/import.ts';
import type { ColumnsForm } from './columns-step.tsx';
import { columnAt, undatedRows, withDates, withOrder } from './mapping-form.ts';

export function ColumnFields(form: ColumnsForm) {
  const { draft, columns, onChange } = form;
  const suggestion = useMemo(() => suggestMapping(columns, ofstedScale), [columns]);
  return (
    <>
      <DateFields {...form} suggested={suggestion.dates[0]?.column} />
      <NameField
        {...form}
        id="service"
        label={say.service}
        forAll={say.serviceForAll}
        source={draft.service}
        suggested={suggestion.service}
        onSource={(service) => onChange(withField(draft, 'service', service))}
      />
      <NameField
        {...form}
        id="team"
        label={say.team}
        forAll={say.teamForAll}
        source={draft.team}
        suggested={suggestion.team}
        onSource={(team) => onChange(withField(draft, 'team', team))}
      />
      <OptionalField
        {...form}
        id="reference"
        label={say.reference}
        hint={say.referenceHint}
        none={say.noReference}
        column={draft.reference}
        suggested={suggestion.reference}
        onColumn={(reference) => onChange(withField(draft, 'reference', reference))}
      />
      <OptionalField
        {...form}
        id="auditor"
        label={say.auditor}
        none={say.noAuditor}
        column={draft.auditor}
        suggested={suggestion.auditor}
        onColumn={(auditor) => onChange(withField(draft, 'auditor', auditor))}
      />
    </>
  );
}

type Field = 'service' | 'team' | 'reference' | 'auditor' | 'undated';

function withField<F extends Field>(
  draft: ColumnsForm['draft'],
  field: F,
  value: ImportMapping[F] | undefined,
): ColumnsForm['draft'] {
  const { [field]: _, ...rest } = draft;
  return (value === undefined ? rest : { ...rest, [field]: value }) as ColumnsForm['draft'];
}

const offered = (columns: readonly ImportColumn[]) =>
  columns
    .filter(({ filled }) => filled > 0)
    .map(({ index, letter, heading }) => ({ value: String(index), label: say.column(letter, heading) }));

/** What helps to recognise a column: whether it was suggested, and its first values. */
function columnHint(column: ImportColumn | undefined, isSuggested: boolean, more?: string): ComponentChildren {
  return (
    <>
      {more}
      {column !== undefined && (
        <span class="app-import__samples">
          {isSuggested && <Tag colour="blue">{say.suggested}</Tag>} {say.samples(column.samples.slice(0, 3))}
        </span>
      )}
    </>
  );
}

function DateFields({ draft, columns, errorOf, onChange, suggested }: ColumnsForm & { suggested: number | undefined }) {
  const [first, second] = draft.dates;
  const chosen = first === undefined ? undefined : columnAt(columns, first.column);
  const pick = (text: string): number | null => (text === '' ? null : Number(text));
  const undated = draft.dates.length === 0 ? 0 : undatedRows(draft, columns);
  return (
    <>
      <Select
        id="date"
        label={say.date}
        labelSize="s"
        hint={columnHint(chosen, first?.column === suggested, say.dateHint)}
        value={first === undefined ? '' : String(first.column)}
        error={errorOf('date')}
        choices={offered(columns)}
        onChange={(text) => onChange(withDates(draft, columns, [pick(text)]))}
      />
      {first !== undefined && chosen !== undefined && chosen.blank > 0 && (
        <Select
          id="date-else"
          label={say.dateElse}
          empty={say.noDateElse}
          value={second === undefined ? '' : String(second.column)}
          error={errorOf('date-else')}
          choices={offered(columns).filter(({ value }) => value !== String(first.column))}
          onChange={(text) => onChange(withDates(draft, columns, [first.column, pick(text)]))}
        />
      )}
      {draft.dates.map(({ column, order }) => {
        const ambiguous = columnAt(columns, column);
        return ambiguous?.dates.order === 'ambiguous' ? (
          <Radios<DateOrder>
            key={column}
            id={`order-${column}`}
            label={say.dateOrder(ambiguous.letter)}
            hint={orderHint(ambiguous)}
            small
            value={order ?? null}
            error={errorOf(`order-${column}`)}
            choices={[
              { value: 'day-first', label: say.dayFirst },
              { value: 'month-first', label: say.monthFirst },
            ]}
            onChange={(next) => onChange(withOrder(draft, column, next))}
          />
        ) : null;
      })}
      {undated > 0 && (
        <Radios<ImportMapping['undated']>
          id="undated"
          label={say.undated(undated)}
          small
          value={draft.undated ?? null}
          error={errorOf('undated')}
          choices={[
            { value: 'leave-out', label: say.undatedLeave },
            { value: 'take', label: say.undatedTake, hint: say.undatedTakeHint },
          ]}
          onChange={(next) => onChange(withField(draft, 'undated', next))}
        />
      )}
    </>
  );
}

/** Names a date that could be either; where the cells contradict each other there may be none among the samples. */
function orderHint({ samples, values }: ImportColumn): string {
  const either = [...samples, ...values.map(({ value }) => value)].find((text) => {
    const [dayFirst, monthFirst] = [readDay(text, 'day-first'), readDay(text, 'month-first')];
    return dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst;
  });
  return either === undefined ? say.dateOrderMixed : say.dateOrderHint(either);
}

const forAllValue = 'for-all';

interface NameFieldProps extends ColumnsForm {
  readonly id: 'service' | 'team';
  readonly label: string;
  readonly forAll: string;
  readonly source: NameSource | undefined;
  readonly suggested: NameSource | undefined;
  readonly onSource: (source: NameSource | undefined) => void;
}

function NameField({ id, label, forAll, source, suggested, columns, errorOf, onSource }: NameFieldProps) {
  const column = source !== undefined && 'column' in source ? source.column : null;
  const isSuggested = suggested !== undefined && 'column' in suggested && suggested.column === column;
  const sourceOf = (value: string): NameSource | undefined => {
    if (value === '') return undefined;
    return value === forAllValue ? { constant: '' } : { column: Number(value) };
  };
  return (
    <>
      <Select
        id={id}
        label={label}
        labelSize="s"
        hint={column === null ? undefined : columnHint(columnAt(columns, column), isSuggested)}
        value={source === undefined ? '' : column === null ? forAllValue : String(column)}
        error={errorOf(id)}
        choices={[...offered(columns), { value: forAllValue, label: say.sameForAll }]}
        onChange={(value) => onSource(sourceOf(value))}
      />
      {source !== undefined && 'constant' in source && (
        <TextInput
          id={`${id}-name`}
          label={forAll}
          value={source.constant}
          maxLength={120}
          error={errorOf(`${id}-name`)}
          onInput={(constant) => onSource({ constant })}
        />
      )}
    </>
  );
}

const noneValue = 'none';

interface OptionalFieldProps extends ColumnsForm {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly none: string;
  /** undefined while it is undecided, null for none. */
  readonly column: number | null | undefined;
  readonly suggested: number | null | undefined;
  readonly onColumn: (column: number | null | undefined) => void;
}

function OptionalField(props: OptionalFieldProps) {
  const { id, label, hint, none, column, suggested, columns, errorOf, onColumn } = props;
  const chosen = column == null ? undefined : columnAt(columns, column);
  return (
    <Select
      id={id}
      label={label}
      labelSize="s"
      hint={columnHint(chosen, column != null && column === suggested, hint)}
      value={column === undefined ? '' : column === null ? noneValue : String(column)}
      error={errorOf(id)}
      choices={[...offered(columns), { value: noneValue, label: none }]}
      onChange={(value) => onColumn(value === '' ? undefined : value === noneValue ? null : Number(value))}
    />
  );
}
