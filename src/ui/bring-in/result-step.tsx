/** What has come in, what has not, and where to go from here. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { BroughtIn } from '../../store/backup/bring-in.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { words } from '../words.ts';
import { ReportTables } from './report-tables.tsx';

interface ResultStepProps {
  readonly laptop: Laptop;
  readonly brought: BroughtIn;
  readonly onAnother: () => void;
}

export function ResultStep({ laptop, brought: { report, isPart }, onAnother }: ResultStepProps) {
  const { backup: text } = words;
  return (
    <>
      <p class="govuk-body">
        {isPart
          ? text.resultPart
          : report.comes.size === 0
            ? text.resultNothing
            : laptop.home.server === null
              ? text.resultHere
              : text.resultSent}
      </p>
      <ReportTables report={report} done />
      {report.out.size > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href="/this-laptop">
            {text.resultOut}
          </a>
        </p>
      )}
      <ButtonGroup>
        <Button href="/">{text.toWork}</Button>
        <Button kind="secondary" onClick={onAnother}>
          {text.another}
        </Button>
      </ButtonGroup>
    </>
  );
}
