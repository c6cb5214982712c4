/** An immediate safety concern: phone now, then write down who was told, when and how. Apart from every grade. */
import type { ConcernValue } from '../../domain/values.ts';
import { nowMs } from '../data/clock.ts';
import { localTime } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { Radios } from '../parts/radios.tsx';
import { WarningText } from '../parts/warning-text.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { act, valueIn, type FormContext } from './form-context.ts';
import { fieldId, TextBox } from './text-box.tsx';

const unit = 'concern';

export function ConcernPanel({ editor, laptop }: FormContext) {
  const { raised } = valueIn<ConcernValue>(editor, unit);
  const { phoneNow, phoneWhom } = words.homes[laptop.home.name];
  const isAnswered = editor.status(unit) !== 'empty';
  return (
    <>
      <p class="govuk-body">{say.concernLead}</p>
      <Radios
        id={fieldId(unit, 'raised')}
        label={say.concernAsk}
        value={raised ? 'yes' : isAnswered ? 'no' : null}
        onChange={(answer) => act<ConcernValue>(editor, unit, { raised: answer === 'yes' })}
        choices={[
          { value: 'no', label: say.concernNo },
          { value: 'yes', label: say.concernYes },
        ]}
      />
      {raised && (
        <div class="app-concern">
          <div role="alert">
            <WarningText>{phoneNow}</WarningText>
            <p class="govuk-body">{phoneWhom}</p>
          </div>
          <TextBox editor={editor} unit={unit} field="told" label={say.told} hint={say.toldHint} length="short" />
          <ToldAt
            value={valueIn<ConcernValue>(editor, unit).toldAt}
            now={() => localTime(nowMs(laptop))}
            onChange={(toldAt) => act<ConcernValue>(editor, unit, { toldAt })}
          />
          <TextBox editor={editor} unit={unit} field="how" label={say.how} hint={say.howHint} length="short" />
        </div>
      )}
    </>
  );
}

interface ToldAtProps {
  readonly value: string | null;
  readonly now: () => string;
  readonly onChange: (value: string | null) => void;
}

function ToldAt({ value, now, onChange }: ToldAtProps) {
  const id = fieldId(unit, 'toldAt');
  return (
    <div class="govuk-form-group">
      <label class="govuk-label govuk-label--s" for={id}>
        {say.toldAt}
      </label>
      <div class="app-told-at">
        <input
          id={id}
          class="govuk-input"
          type="datetime-local"
          autocomplete="off"
          value={value ?? ''}
          onChange={(event) =>
            onChange(event.currentTarget.value === '' ? null : event.currentTarget.value.slice(0, 16))
          }
        />
        <Button kind="secondary" small onClick={() => onChange(now())}>
          {say.toldNow}
        </Button>
      </div>
    </div>
  );
}
