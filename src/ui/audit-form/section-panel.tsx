/** One section: its grade with the descriptors, evidence beside the prompts, rationale, and apart from them its checks. */
import type { Section } from '../../domain/tool.ts';
import { sectionUnit } from '../../domain/unit-names.ts';
import type { SectionValue } from '../../domain/values.ts';
import { Checkbox } from '../parts/checkboxes.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { ChecksPanel } from './checks-panel.tsx';
import { act, valueIn, type FormContext } from './form-context.ts';
import { GradeControl, gradeHint } from './grade-control.tsx';
import { fieldId, TextBox } from './text-box.tsx';

export function SectionPanel({ editor, tool, section }: FormContext & { readonly section: Section }) {
  const unit = sectionUnit(section.id);
  const { grade, notApplicable } = valueIn<SectionValue>(editor, unit);
  return (
    <>
      <GradeControl
        id={fieldId(unit, 'grade')}
        legend={say.gradeLegend}
        hint={notApplicable ? say.notApplicableInstead : gradeHint(tool.scale)}
        scale={tool.scale}
        value={notApplicable ? null : grade}
        descriptors={section.descriptors}
        onGrade={(given) => act<SectionValue>(editor, unit, { grade: given, notApplicable: false })}
      />
      {(section.mayBeNotApplicable || notApplicable) && (
        <div class="app-not-applicable">
          <Checkbox
            id={fieldId(unit, 'not-applicable')}
            label={say.notApplicable}
            hint={say.notApplicableHint}
            small
            checked={notApplicable}
            onChange={(on) => act<SectionValue>(editor, unit, { notApplicable: on, grade: null })}
          />
          {notApplicable && (
            <TextBox
              editor={editor}
              unit={unit}
              field="notApplicableReason"
              label={say.notApplicableReason}
              length="short"
            />
          )}
        </div>
      )}
      <div class="app-writing">
        <div class="app-writing__texts">
          <TextBox
            editor={editor}
            unit={unit}
            field="evidence"
            label={say.evidence}
            hint={say.evidenceHint}
            length="long"
            rows={7}
          />
          <TextBox
            editor={editor}
            unit={unit}
            field="rationale"
            label={say.rationale}
            hint={say.rationaleHint}
            length="long"
          />
        </div>
        {section.prompts.length > 0 && <Prompts section={section} />}
      </div>
      {section.checks.length > 0 && <ChecksPanel editor={editor} section={section} />}
    </>
  );
}

function Prompts({ section }: { readonly section: Section }) {
  return (
    <aside class="app-prompts" aria-labelledby="prompts-title">
      <h3 id="prompts-title" class="app-prompts__title">
        {say.prompts}
      </h3>
      <ul class="app-prompts__list">
        {section.prompts.map(({ text, impact }) => (
          <li key={text} class={impact ? 'app-prompts__impact' : undefined}>
            {impact && <strong>{say.impact} </strong>}
            {text}
          </li>
        ))}
      </ul>
    </aside>
  );
}
