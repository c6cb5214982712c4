/** Corrects the case of an audit that is otherwise only read, for a QA lead: folded away until asked for. */
import { useState } from 'preact/hooks';
import { Details } from '../parts/details.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { CaseFields, caseUnit } from './case-fields.tsx';
import { SaveLine, SaveProblem } from './save-line.tsx';
import type { FormContext } from './form-context.ts';

const units = [caseUnit];

export function CorrectCase({ editor, laptop }: Pick<FormContext, 'editor' | 'laptop'>) {
  const [open, setOpen] = useState(false);
  return (
    <Details summary={say.correctCase} open={open} onToggle={setOpen}>
      <CaseFields editor={editor} />
      <SaveProblem editor={editor} laptop={laptop} />
      <SaveLine editor={editor} units={units} />
    </Details>
  );
}
