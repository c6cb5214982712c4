/** What would come in and what would not. Nothing has been written yet. */
import type { BringInReport } from '../../store/backup/bring-in.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { words } from '../words.ts';
import { ReportTables } from './report-tables.tsx';

interface CheckStepProps {
  readonly report: BringInReport;
  readonly onWrite: () => void;
  readonly onBack: () => void;
}

export function CheckStep({ report, onWrite, onBack }: CheckStepProps) {
  const { backup: text } = words;
  const isNothing = report.comes.size === 0 && report.out.size === 0;
  return (
    <>
      <p class="govuk-body">{report.comes.size === 0 ? text.comesNothing : text.checkLead}</p>
      <ReportTables report={report} />
      <ButtonGroup>
        {!isNothing && <Button onClick={onWrite}>{report.comes.size === 0 ? text.keepOnly : text.write}</Button>}
        <Button kind="secondary" onClick={onBack}>
          {words.parts.back}
        </Button>
      </ButtonGroup>
    </>
  );
}
