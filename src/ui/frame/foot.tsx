/** The foot of every page: the accessibility statement. */
import { accessibility as say } from '../words/accessibility.ts';

interface FootProps {
  /** Before a laptop is open: what was typed, or is shown once, stays where it is, and the statement gets a tab of its own. */
  readonly isDoor?: boolean;
}

export function Foot({ isDoor = false }: FootProps) {
  return (
    <footer class={`app-foot ${isDoor ? 'app-foot--door' : ''}`}>
      {isDoor ? (
        <a class="govuk-link" href={say.href} target="_blank" rel="noopener noreferrer">
          {say.linkNewTab}
        </a>
      ) : (
        <a class="govuk-link" href={say.href}>
          {say.link}
        </a>
      )}
    </footer>
  );
}
