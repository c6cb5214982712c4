/** The laptop's storage cannot be opened: says why and what to do. No editor is shown that could not save. */
import type { StoreProblem } from '../../protocol/problem.ts';
import { Door } from '../frame/door.tsx';
import { Button } from '../parts/button.tsx';
import { words } from '../words.ts';

export function Refused({ problem }: { readonly problem: StoreProblem }) {
  return (
    <Door title={words.doors.refusedTitle}>
      <p class="govuk-body">{words.problems.store(problem)}</p>
      <Button onClick={() => location.reload()}>{words.doors.reload}</Button>
    </Door>
  );
}
