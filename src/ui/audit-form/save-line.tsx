/**
 * Whether what is on screen is kept, in words: "Saved on this laptop" only after the store has answered so. A save that
 * failed says why, that nothing is lost, and offers to try at once.
 */
import { isForGood } from '../../store/problems.ts';
import { SaveState } from '../parts/save-state.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import type { FormContext } from './form-context.ts';
import type { UnitEditor } from './unit-editor.ts';

interface SaveLineProps {
  readonly editor: UnitEditor;
  readonly units: readonly string[];
}

export function SaveLine({ editor, units }: SaveLineProps) {
  const states = units.map((unit) => editor.status(unit));
  if (states.includes('failed')) return <span class="app-save-line app-save-line--failed">{say.notSaved}</span>;
  if (states.every((state) => state === 'empty')) return <span class="app-save-line" />;
  return (
    <span class="app-save-line">
      <SaveState step={states.includes('unsaved') ? 'saving' : 'laptop'} />
    </span>
  );
}

/** In sight for as long as something of the audit could not be saved, wherever in it that is. */
export function SaveProblem({ editor, laptop }: Pick<FormContext, 'editor' | 'laptop'>) {
  const problem = editor.failure();
  if (problem === null) return null;
  if (isForGood(problem)) {
    return (
      <div class="app-save-problem" role="alert">
        <p class="app-save-problem__what">{words.problems.store(problem)}</p>
        <p>{laptop.unsaved.isKept.value ? say.notSavedBack : say.notSavedCopy}</p>
      </div>
    );
  }
  return (
    <div class="app-save-problem" role="alert">
      <p class="app-save-problem__what">{words.problems.store(problem)}</p>
      <p>
        {say.notSavedKept}{' '}
        <button type="button" class="app-link-button" onClick={() => editor.retry()}>
          {say.tryAgain}
        </button>
      </p>
    </div>
  );
}
