/** What the practitioner, the child and a parent said; or, honestly, why that was not obtained. */
import type { Voice } from '../../domain/tool.ts';
import { voiceUnit } from '../../domain/unit-names.ts';
import type { VoiceValue } from '../../domain/values.ts';
import { Radios } from '../parts/radios.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { act, valueIn, type FormContext } from './form-context.ts';
import { fieldId, TextBox } from './text-box.tsx';

export function VoicesPanel(form: FormContext) {
  return (
    <>
      <p class="govuk-body">{say.voicesLead}</p>
      {form.tool.voices.map((voice) => (
        <VoiceQuestion key={voice} {...form} voice={voice} />
      ))}
    </>
  );
}

function VoiceQuestion({ editor, voice }: FormContext & { readonly voice: Voice }) {
  const unit = voiceUnit(voice);
  const { obtained } = valueIn<VoiceValue>(editor, unit);
  const { title, asked, words } = say.voice[voice];
  const box = { editor, unit } as const;
  return (
    <section class="app-voice" aria-label={title}>
      <h3 class="govuk-heading-s">{title}</h3>
      <Radios
        id={fieldId(unit, 'obtained')}
        label={asked}
        inline
        small
        value={obtained === null ? null : obtained ? 'yes' : 'no'}
        onChange={(answer) => act<VoiceValue>(editor, unit, { obtained: answer === 'yes' })}
        choices={[
          { value: 'yes', label: say.obtained },
          { value: 'no', label: say.notObtained },
        ]}
      />
      {obtained === true && <TextBox {...box} field="words" label={words} length="long" rows={3} />}
      {obtained === false && <TextBox {...box} field="because" label={say.because} length="short" />}
    </section>
  );
}
