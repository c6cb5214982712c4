/** The overall grade: what the tool's rules suggest and why, and what the auditor chooses. Kept together, with the rule. */
import { sectionResults } from '../../domain/completeness.ts';
import { gradeById, type GradeId } from '../../domain/grade.ts';
import { mayChoose, suggestOverall, type OverallResult } from '../../domain/overall.ts';
import { sectionById, type Tool } from '../../domain/tool.ts';
import type { OverallValue } from '../../domain/values.ts';
import { Button } from '../parts/button.tsx';
import { GradeMark } from '../parts/grade-mark.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { act, valueIn, type FormContext } from './form-context.ts';
import { GradeControl, gradeHint } from './grade-control.tsx';
import { fieldId, TextBox } from './text-box.tsx';
import type { UnitEditor } from './unit-editor.ts';

const unit = 'overall';

export function OverallPanel({ editor, tool }: FormContext) {
  const result = overallNow(editor, tool);
  const { chosen, suggested, reason } = valueIn<OverallValue>(editor, unit);
  const { suggested: suggestedNow } = result;
  const choose = (grade: GradeId): string | null => chooseOverall(editor, tool, grade);
  if (tool.overall === 'given') return <Chosen tool={tool} chosen={chosen} onGrade={choose} />;
  if (suggestedNow === null) return <Waiting tool={tool} result={result} />;
  const problem = chosen === null ? null : mayChoose(result, tool, chosen, reason);
  const suggestion = gradeById(tool.scale, suggestedNow)?.name ?? '';
  return (
    <>
      <Suggestion tool={tool} result={result} />
      {chosen !== null && suggested !== suggestedNow && <InsetText>{say.suggestionMoved(suggestion)}</InsetText>}
      {chosen !== suggestedNow && (
        <Button kind="secondary" onClick={() => choose(suggestedNow)}>
          {say.takeSuggestion(suggestion)}
        </Button>
      )}
      <Chosen
        tool={tool}
        chosen={chosen}
        hint={say.chosenHint}
        refused={(grade) => (isAboveLimit(result, tool, grade) ? say.aboveLimit : null)}
        onGrade={choose}
      />
      {problem !== null && <p class="govuk-error-message app-overall__problem">{say.choiceProblem[problem]}</p>}
      {chosen !== null && chosen !== suggestedNow && (
        <TextBox editor={editor} unit={unit} field="reason" label={say.overallReason} length="short" rows={3} />
      )}
    </>
  );
}

interface ChosenProps {
  readonly tool: Tool;
  readonly chosen: GradeId | null;
  readonly hint?: string;
  readonly refused?: (grade: GradeId) => string | null;
  readonly onGrade: (grade: GradeId) => void;
}

function Chosen({ tool, chosen, hint = gradeHint(tool.scale), ...rest }: ChosenProps) {
  return (
    <GradeControl
      {...rest}
      id={fieldId(unit, 'grade')}
      legend={say.chosenLegend}
      hint={hint}
      scale={tool.scale}
      value={chosen}
    />
  );
}

const overallNow = (editor: UnitEditor, tool: Tool): OverallResult =>
  suggestOverall(tool, sectionResults(tool, editor.units()));

/** Chooses an overall grade, keeping what the rules suggest and by which rule; where they refuse it, answers why. */
export function chooseOverall(editor: UnitEditor, tool: Tool, chosen: GradeId): string | null {
  const result = overallNow(editor, tool);
  if (result.suggested === null && tool.overall !== 'given') return say.choiceProblem['sections-missing'];
  if (isAboveLimit(result, tool, chosen)) return say.choiceProblem['above-hard-limit'];
  act<OverallValue>(editor, unit, { chosen, suggested: result.suggested, rule: result.rule });
  return null;
}

const isAboveLimit = (result: OverallResult, tool: Tool, grade: GradeId): boolean =>
  mayChoose(result, tool, grade, 'with a reason') === 'above-hard-limit';

function Suggestion({ tool, result }: { readonly tool: Tool; readonly result: OverallResult }) {
  return (
    <div class="app-suggestion">
      <p class="app-suggestion__title">{say.suggestion}</p>
      <p class="app-suggestion__grade">
        <GradeMark scale={tool.scale} grade={result.suggested} />
      </p>
      {result.rule !== '' && <p class="app-suggestion__rule">{say.rule[result.rule]}</p>}
    </div>
  );
}

function Waiting({ tool, result }: { readonly tool: Tool; readonly result: OverallResult }) {
  if (result.waitingFor.length === 0) return <InsetText>{say.nothingGraded}</InsetText>;
  const titles = result.waitingFor.map((id) => sectionById(tool, id)?.title ?? id);
  return (
    <InsetText>
      <p class="govuk-body">{say.waitingLead}</p>
      <ul class="govuk-list govuk-list--bullet">
        {titles.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
    </InsetText>
  );
}
