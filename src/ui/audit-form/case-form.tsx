/** Case reference, initials and age band in a form that is sent as a whole: of a new audit, and to correct one that is closed. */
import { ageBands, type AgeBand } from '../../domain/values.ts';
import type { CaseAsked } from '../data/audit-edits.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { Select } from '../parts/select.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { audits as say } from '../words/audits.ts';

interface CaseFormProps {
  /** The id of each field is this, a dash and its name. */
  readonly prefix: string;
  readonly asked: CaseAsked;
  readonly errors: readonly FieldError[];
  readonly onChange: (fields: Partial<CaseAsked>) => void;
}

export const errorOf = (errors: readonly FieldError[], id: string): string | null =>
  errors.find((error) => error.id === id)?.text ?? null;

export function CaseForm({ prefix, asked, errors, onChange }: CaseFormProps) {
  return (
    <>
      <TextInput
        id={`${prefix}-reference`}
        label={say.referenceLabel}
        hint={say.referenceHint}
        width={20}
        value={asked.reference}
        error={errorOf(errors, `${prefix}-reference`)}
        onInput={(reference) => onChange({ reference })}
      />
      <TextInput
        id={`${prefix}-initials`}
        label={say.initialsLabel}
        hint={say.initialsHint}
        width={5}
        value={asked.initials}
        error={errorOf(errors, `${prefix}-initials`)}
        onInput={(initials) => onChange({ initials })}
      />
      <Select<AgeBand>
        id={`${prefix}-ageBand`}
        label={say.ageBandLabel}
        empty={say.noAgeBand}
        value={asked.ageBand}
        onChange={(ageBand) => onChange({ ageBand })}
        choices={ageBands.map((value) => ({ value, label: words.names.ageBands[value] }))}
      />
    </>
  );
}
