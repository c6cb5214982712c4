/**
 * A day in three boxes, as GOV.UK asks for dates people know. Gives `YYYY-MM-DD` once the three make a real day, and
 * says how far the typing has come, so that a screen complains only about what was finished wrongly.
 */
import { useRef, useState } from 'preact/hooks';
import { words } from '../words.ts';
import { joinDay, splitDay, type DayParts, type DayTyped } from './day-parts.ts';
import { GroupShell, type FieldProps } from './field.tsx';

export interface DateInputProps extends FieldProps {
  /** `YYYY-MM-DD`, or null. */
  readonly value: string | null;
  /** `day` is null unless `typed` is `complete`. */
  readonly onChange: (day: string | null, typed: DayTyped) => void;
}

const boxes = [
  { part: 'day', label: words.parts.day, width: 2 },
  { part: 'month', label: words.parts.month, width: 2 },
  { part: 'year', label: words.parts.year, width: 4 },
] as const;

export function DateInput(props: DateInputProps) {
  const { id, value, error } = props;
  const [parts, setParts] = useState<DayParts>(() => splitDay(value));
  // A day that comes from outside shows; one that is being typed over stays as typed.
  const seen = useRef(value);
  if (seen.current !== value) {
    seen.current = value;
    if (value !== joinDay(parts).day) setParts(splitDay(value));
  }
  const change = (part: keyof DayParts, text: string): void => {
    const next = { ...parts, [part]: text };
    const { day, typed } = joinDay(next);
    setParts(next);
    props.onChange(day, typed);
  };
  return (
    <GroupShell {...props} role="group">
      <div class="govuk-date-input">
        {boxes.map(({ part, label, width }, at) => {
          const boxId = at === 0 ? id : `${id}-${part}`;
          return (
            <div key={part} class="govuk-date-input__item">
              <label class="govuk-label govuk-date-input__label" for={boxId}>
                {label}
              </label>
              <input
                id={boxId}
                class={`govuk-input govuk-date-input__input govuk-input--width-${width} ${error ? 'govuk-input--error' : ''}`}
                type="text"
                inputMode="numeric"
                autocomplete="off"
                maxLength={part === 'year' ? 4 : 2}
                value={parts[part]}
                aria-invalid={error ? 'true' : undefined}
                onInput={(event) => change(part, event.currentTarget.value)}
              />
            </div>
          );
        })}
      </div>
    </GroupShell>
  );
}
