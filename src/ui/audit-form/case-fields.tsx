/**
 * The case reference, initials and age band of an audit, to be corrected. A text that cannot be kept stays in its box and
 * says why, and what is kept instead; it gives way when the unit changes in another way.
 */
import { useState } from 'preact/hooks';
import { ageBands, type AgeBand, type CaseValue } from '../../domain/values.ts';
import { Select } from '../parts/select.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { audits } from '../words/audits.ts';
import { caseLineProblem, oneLine, type CaseLine } from './case-lines.ts';
import { act, valueIn } from './form-context.ts';
import { fieldId } from './text-box.tsx';
import { useRefused } from './refused-boxes.ts';
import type { UnitEditor } from './unit-editor.ts';

export const caseUnit = 'case';

/** What is in a box, and the kept text it was typed over. */
interface Typed {
  readonly text: string;
  readonly over: string;
}

type TypedLines = Readonly<Record<CaseLine, Typed | null>>;

export function CaseFields({ editor }: { readonly editor: UnitEditor }) {
  const [typed, setTyped] = useState<TypedLines>({ reference: null, initials: null });
  const value = valueIn<CaseValue>(editor, caseUnit);

  const lineOf = (line: CaseLine) => {
    const kept = value[line] ?? '';
    const own = typed[line]?.over === kept ? typed[line] : null;
    const problem = own === null ? null : caseLineProblem(line, own.text);
    return { text: own?.text ?? kept, error: problem === null ? null : say.keptUntilThen(problem, kept) };
  };
  const type = (line: CaseLine, text: string): void => {
    if (caseLineProblem(line, text) === null) keep(editor, line, oneLine(text));
    const over = valueIn<CaseValue>(editor, caseUnit)[line] ?? '';
    setTyped((before) => ({ ...before, [line]: { text, over } }));
  };
  const leave = (line: CaseLine): void => {
    if (lineOf(line).error === null) setTyped((before) => ({ ...before, [line]: null }));
  };
  const [reference, initials] = [lineOf('reference'), lineOf('initials')];
  useRefused(editor.refused, caseUnit, 'reference', reference.error !== null);
  useRefused(editor.refused, caseUnit, 'initials', initials.error !== null);

  const box = (line: CaseLine, { text, error }: ReturnType<typeof lineOf>) => ({
    id: fieldId(caseUnit, line),
    value: text,
    error,
    labelSize: 's' as const,
    onInput: (next: string) => type(line, next),
    onBlur: () => leave(line),
  });
  return (
    <div class="app-text-box" onFocusIn={() => editor.hold(caseUnit)} onFocusOut={() => editor.release(caseUnit)}>
      <TextInput {...box('reference', reference)} label={say.caseReference} hint={audits.referenceHint} width={20} />
      {value.reference !== '' && (
        <>
          <TextInput {...box('initials', initials)} label={audits.initialsLabel} hint={audits.initialsHint} width={5} />
          <Select<AgeBand>
            id={fieldId(caseUnit, 'ageBand')}
            label={audits.ageBandLabel}
            labelSize="s"
            empty={audits.noAgeBand}
            value={value.ageBand ?? ''}
            onChange={(ageBand) => act<CaseValue>(editor, caseUnit, { ageBand: ageBand === '' ? null : ageBand })}
            choices={ageBands.map((band) => ({ value: band, label: words.names.ageBands[band] }))}
          />
        </>
      )}
    </div>
  );
}

function keep(editor: UnitEditor, line: CaseLine, text: string): void {
  editor.change(caseUnit, () => ({ [line]: line === 'initials' && text === '' ? null : text }), 'typing');
}
