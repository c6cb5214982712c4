/** A recovery code as it is written down: eight numbered groups. On paper also whose it is, what it is for and where to keep it. */
import type { NewPerson } from '../../store/first-edits.ts';
import { dayAt, dayText } from '../format.ts';
import { words } from '../words.ts';

interface CodeSheetProps {
  readonly who: NewPerson;
  readonly code: readonly string[];
  readonly madeMs: number;
}

export function CodeSheet({ who, code, madeMs }: CodeSheetProps) {
  const { doors } = words;
  const whose = [who.name, who.email, who.authorityName].filter((part) => part !== '').join(', ');
  return (
    <section class="app-code-sheet" aria-label={doors.codeLabel}>
      <h2 class="app-code-sheet__title app-print-only">{doors.codeSheetTitle}</h2>
      <ol class="app-code">
        {code.map((group, at) => (
          <li key={group} class="app-code__group">
            <span class="app-code__number" aria-hidden="true">
              {at + 1}
            </span>
            <span class="govuk-visually-hidden">{doors.codeGroup(at + 1)} </span>
            <span class="app-code__symbols">{group}</span>
          </li>
        ))}
      </ol>
      <div class="app-print-only">
        <p>
          {doors.codeOf}: {whose}
        </p>
        <p>
          {doors.codeMade}: {dayText(dayAt(madeMs))}
        </p>
        <p>{doors.codeKeepWhere}</p>
        <p>{doors.codeUse}</p>
      </div>
    </section>
  );
}
