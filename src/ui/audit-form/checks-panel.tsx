/** The compliance checks of a section, visibly apart from its grade and never part of it. */
import { useState } from 'preact/hooks';
import type { Check, Section } from '../../domain/tool.ts';
import { checksUnit } from '../../domain/unit-names.ts';
import type { ChecksValue } from '../../domain/values.ts';
import { DateInput } from '../parts/date-input.tsx';
import type { DayTyped } from '../parts/day-parts.ts';
import { dayText } from '../format.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { act, valueIn } from './form-context.ts';
import { useRefused, type RefusedBoxes } from './refused-boxes.ts';
import { fieldId } from './text-box.tsx';
import type { UnitEditor } from './unit-editor.ts';

interface ChecksPanelProps {
  readonly editor: UnitEditor;
  readonly section: Section;
}

export function ChecksPanel({ editor, section }: ChecksPanelProps) {
  const unit = checksUnit(section.id);
  const { answers } = valueIn<ChecksValue>(editor, unit);
  const answer = (check: Check, given: string | null): void => {
    const { [check.id]: _, ...rest } = valueIn<ChecksValue>(editor, unit).answers;
    act<ChecksValue>(editor, unit, { answers: given === null ? rest : { ...rest, [check.id]: given } });
  };
  return (
    <section class="app-checks" aria-labelledby="checks-title">
      <h3 id="checks-title" class="app-checks__title">
        {say.checksTitle}
      </h3>
      <p class="app-checks__note">{say.checksNote}</p>
      {section.checks.map((check) => (
        <CheckRow
          key={check.id}
          id={fieldId(unit, check.id)}
          check={check}
          unit={unit}
          refused={editor.refused}
          value={answers[check.id] ?? null}
          onAnswer={(given) => answer(check, given)}
        />
      ))}
    </section>
  );
}

interface CheckRowProps {
  readonly id: string;
  readonly check: Check;
  readonly unit: string;
  readonly refused: RefusedBoxes;
  readonly value: string | null;
  readonly onAnswer: (given: string | null) => void;
}

function CheckRow(props: CheckRowProps) {
  return props.check.answer === 'date' ? <DateRow {...props} /> : <YesNoRow {...props} />;
}

function YesNoRow({ id, check, value, onAnswer }: CheckRowProps) {
  return (
    <fieldset class="govuk-fieldset app-check">
      <legend class="app-check__text">{check.text}</legend>
      <Answers
        id={id}
        value={value}
        onAnswer={onAnswer}
        about={check.text}
        choices={[
          { value: 'yes', label: say.yes },
          { value: 'no', label: say.no },
          { value: 'na', label: say.na },
        ]}
      />
    </fieldset>
  );
}

function DateRow({ id, check, unit, refused, value, onAnswer }: CheckRowProps) {
  const [typed, setTyped] = useState<DayTyped>('empty');
  const [left, setLeft] = useState(false);
  /** Grows with every answer given beside the boxes, which then begin anew. */
  const [beside, setBeside] = useState(0);
  const day = value === 'no' || value === 'na' ? null : value;
  const type = (whole: string | null, how: DayTyped): void => {
    setTyped(how);
    if (whole !== null) onAnswer(whole);
    else if (how === 'empty' && day !== null) onAnswer(null);
  };
  const answerBeside = (given: string | null): void => {
    setTyped('empty');
    setBeside(beside + 1);
    onAnswer(given);
  };
  const isWrong = typed === 'impossible' || (typed === 'partial' && left);
  useRefused(refused, unit, check.id, isWrong);
  return (
    <div class="app-check">
      <div onFocusIn={() => setLeft(false)} onFocusOut={() => setLeft(true)}>
        <DateInput
          key={beside}
          id={id}
          label={check.text}
          value={day}
          onChange={type}
          error={isWrong ? say.keptUntilThen(say.dateIncomplete, day === null ? '' : dayText(day)) : null}
        />
      </div>
      <fieldset class="govuk-fieldset app-check__instead">
        <legend class="govuk-visually-hidden">{check.text}</legend>
        <Answers
          id={`${id}-instead`}
          value={day === null ? value : null}
          onAnswer={answerBeside}
          about={check.text}
          choices={[
            { value: 'no', label: say.noDate },
            { value: 'na', label: say.na },
          ]}
        />
      </fieldset>
    </div>
  );
}

interface AnswersProps {
  readonly id: string;
  readonly value: string | null;
  readonly about: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onAnswer: (given: string | null) => void;
}

function Answers({ id, value, about, choices, onAnswer }: AnswersProps) {
  return (
    <div class="app-answers">
      {choices.map((choice, at) => {
        const inputId = at === 0 ? id : `${id}-${choice.value}`;
        return (
          <span key={choice.value} class="app-answers__one">
            <input
              id={inputId}
              class="app-answers__input"
              type="radio"
              autocomplete="off"
              name={id}
              checked={value === choice.value}
              onChange={() => onAnswer(choice.value)}
            />
            <label class="app-answers__label" for={inputId}>
              {choice.value === 'na' ? <abbr title={say.naLong}>{choice.label}</abbr> : choice.label}
            </label>
          </span>
        );
      })}
      {value !== null && (
        <button type="button" class="app-link-button app-answers__clear" onClick={() => onAnswer(null)}>
          {say.clear}
          <span class="govuk-visually-hidden"> {say.clearAbout(about)}</span>
        </button>
      )}
    </div>
  );
}
