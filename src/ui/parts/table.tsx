/**
 * A table that says what it is (caption) and stays readable on a phone: below tablet width each row becomes a small block
 * with the column's name before each cell (`stack`), or the table scrolls sideways in a box that takes the keyboard
 * (`scroll`, for figures that must stay in columns).
 */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface Column {
  readonly text: string;
  /** Right-aligned, figures of one width. */
  readonly numeric?: boolean;
  /** For screen readers only, e.g. a column of buttons. */
  readonly hidden?: boolean;
  /** Keeps the column as narrow as its content. */
  readonly narrow?: boolean;
}

export interface TableRow {
  readonly key: string;
  /** One per column. */
  readonly cells: readonly ComponentChildren[];
  /** A total or another row that closes the table. */
  readonly strong?: boolean;
}

export interface TableProps {
  readonly caption: string;
  readonly captionSize?: 's' | 'm' | 'l' | 'hidden';
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly narrow?: 'stack' | 'scroll';
  /** Tighter rows, for long lists. */
  readonly dense?: boolean;
  /** Makes the first cell of each row its header (default). */
  readonly rowHeaders?: boolean;
}

export function Table(props: TableProps) {
  const { caption, captionSize = 'm', columns, rows, narrow = 'stack', dense = false } = props;
  const id = useId();
  const captionClass = captionSize === 'hidden' ? 'govuk-visually-hidden' : `govuk-table__caption--${captionSize}`;
  const table = (
    // The roles keep the table a table where CSS lays its rows out as blocks.
    <table class={`govuk-table app-table app-table--${narrow} ${dense ? 'app-table--dense' : ''}`} role="table">
      <caption id={id} class={`govuk-table__caption ${captionClass}`}>
        {caption}
      </caption>
      <thead class="govuk-table__head" role="rowgroup">
        <tr class="govuk-table__row" role="row">
          {columns.map((column) => (
            <th
              key={column.text}
              scope="col"
              role="columnheader"
              class={`govuk-table__header ${column.numeric ? 'govuk-table__header--numeric' : ''} ${column.narrow ? 'app-table__narrow' : ''}`}
            >
              {column.hidden ? <span class="govuk-visually-hidden">{column.text}</span> : column.text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body" role="rowgroup">
        {rows.map((row) => (
          <Row key={row.key} row={row} columns={columns} rowHeaders={props.rowHeaders ?? true} />
        ))}
      </tbody>
    </table>
  );
  if (narrow === 'stack') return table;
  return (
    <div class="app-table-scroll" role="region" aria-labelledby={id} tabIndex={0}>
      {table}
    </div>
  );
}

interface RowProps {
  readonly row: TableRow;
  readonly columns: readonly Column[];
  readonly rowHeaders: boolean;
}

function Row({ row, columns, rowHeaders }: RowProps) {
  return (
    <tr class={`govuk-table__row ${row.strong ? 'app-table__strong' : ''}`} role="row">
      {columns.map((column, at) => {
        const numeric = column.numeric ? 'govuk-table__cell--numeric' : '';
        const label = column.hidden ? undefined : column.text;
        return at === 0 && rowHeaders ? (
          <th
            key={column.text}
            scope="row"
            role="rowheader"
            class={`govuk-table__header ${numeric}`}
            data-label={label}
          >
            {row.cells[at]}
          </th>
        ) : (
          <td key={column.text} role="cell" class={`govuk-table__cell ${numeric}`} data-label={label}>
            {row.cells[at]}
          </td>
        );
      })}
    </tr>
  );
}
