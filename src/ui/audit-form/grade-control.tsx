/**
 * The grades of a scale as a row of cards with their descriptors: one key or one press each. A grade that may not be
 * given says why in words.
 */
import type { Grade, GradeId, Scale } from '../../domain/grade.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { GradeShape, gradeTone } from '../parts/grade-mark.tsx';

interface GradeControlProps {
  readonly id: string;
  readonly legend: string;
  readonly hint: string;
  readonly scale: Scale;
  readonly value: GradeId | null;
  /** This section's own words for its grades, where it has them. */
  readonly descriptors?: Readonly<Record<GradeId, string>> | undefined;
  /** Why a grade may not be given; null when it may. */
  readonly refused?: (grade: GradeId) => string | null;
  readonly onGrade: (grade: GradeId) => void;
}

export function GradeControl(props: GradeControlProps) {
  const { id, legend, hint, scale } = props;
  return (
    <fieldset class="govuk-fieldset app-grades" aria-describedby={`${id}-hint`}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
      <div id={`${id}-hint`} class="govuk-hint">
        {hint}
      </div>
      <div class="app-grades__row">
        {scale.grades.map((grade, at) => (
          <GradeCard key={grade.id} {...props} grade={grade} inputId={at === 0 ? id : `${id}-${grade.id}`} />
        ))}
      </div>
    </fieldset>
  );
}

function GradeCard(props: GradeControlProps & { readonly grade: Grade; readonly inputId: string }) {
  const { id, inputId, grade, scale, value, descriptors, refused, onGrade } = props;
  const why = refused?.(grade.id) ?? null;
  const tone = gradeTone(scale, grade.id);
  return (
    <div class={`app-grade-card app-grade-card--${tone} ${why === null ? '' : 'app-grade-card--refused'}`}>
      <input
        id={inputId}
        class="app-grade-card__input"
        type="radio"
        autocomplete="off"
        name={id}
        value={grade.id}
        checked={value === grade.id}
        disabled={why !== null}
        aria-describedby={`${inputId}-descriptor`}
        onChange={() => onGrade(grade.id)}
      />
      <label class="app-grade-card__label" for={inputId}>
        <span class="app-grade-card__top">
          <span class="app-grade-card__dot" aria-hidden="true" />
          <GradeShape tone={tone} />
          <kbd class="app-key" aria-hidden="true">
            {grade.key}
          </kbd>
        </span>
        <span class="app-grade-card__name">{grade.name}</span>
        <span id={`${inputId}-descriptor`} class="app-grade-card__descriptor">
          {why ?? descriptors?.[grade.id] ?? grade.descriptor}
        </span>
      </label>
    </div>
  );
}

/** The hint that names the grade keys. */
export function gradeHint(scale: Scale): string {
  const [first, last] = [scale.grades[0]?.key ?? '', scale.grades.at(-1)?.key ?? ''];
  return say.gradeHint(first, last);
}
