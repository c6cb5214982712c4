/** The audits that a search found, each with how; whoever answers the request says which of them are about the person. */
import type { RecordId } from '../../domain/ids.ts';
import type { Found, SearchReply } from '../../protocol/subject-access.ts';
import { Checkboxes } from '../parts/checkboxes.tsx';
import { subjectAccess as say } from '../words/subject-access.ts';
import { notesOf, titleOf } from './disclosure.ts';

export const choiceId = 'subject-audits';

/** What is ticked at first: what is surely of this case, and may be read. */
export const surelyOf = ({ found }: SearchReply): readonly RecordId[] =>
  found.filter(({ in: places, blind }) => places.includes('current') && !blind).map(({ record }) => record);

interface FoundChoiceProps {
  readonly found: readonly Found[];
  readonly chosen: readonly RecordId[];
  readonly error: string | null;
  readonly disabled: boolean;
  readonly onChange: (chosen: readonly RecordId[]) => void;
}

export function FoundChoice({ found, chosen, error, disabled, onChange }: FoundChoiceProps) {
  return (
    <Checkboxes<RecordId>
      id={choiceId}
      label={say.choose}
      hint={say.chooseHint}
      error={error}
      small
      disabled={disabled}
      values={chosen}
      onChange={onChange}
      choices={found.map((one) => ({
        value: one.record,
        label: titleOf(one),
        hint: notesOf(one).join(' '),
        disabled: one.blind,
      }))}
    />
  );
}
