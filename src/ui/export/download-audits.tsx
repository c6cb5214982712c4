/**
 * Takes all the audits behind a figure away as a file, not only those of the page on screen. It takes a while for many: how
 * far it is shows, and it can be stopped; leaving the screen stops it too.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { Figure } from '../../domain/summary.ts';
import { nowMs } from '../data/clock.ts';
import { useOrganisation } from '../data/organisation.ts';
import { dayAt } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { Checkbox } from '../parts/checkboxes.tsx';
import { Details } from '../parts/details.tsx';
import { Progress } from '../parts/progress.tsx';
import { mayBeMissing, readMayBeMissing } from '../percentages/may-be-missing.ts';
import { queryOf, type Question } from '../percentages/question.ts';
import { words } from '../words.ts';
import { exporting as say } from '../words/export.ts';
import { auditLine, auditsRows } from './audits-rows.ts';
import { csvParts } from './csv-parts.ts';
import { exportFile } from './download.ts';
import { readAudits } from './read-audits.ts';

interface DownloadAuditsProps {
  readonly laptop: Laptop;
  readonly question: Question;
  readonly figure: Figure;
  /** How many there are. */
  readonly total: number;
  /** What the figure is, and of which group. */
  readonly figureName: string;
  readonly groupName: string;
}

interface Progress {
  readonly done: number;
  readonly of: number;
}

const startId = 'export-start';

export function DownloadAudits({ laptop, question, figure, total, figureName, groupName }: DownloadAuditsProps) {
  const organisation = useOrganisation();
  const [withAuditors, setWithAuditors] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [said, setSaid] = useState('');
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);
  // The progress took the focus: back to what began it.
  const wasWriting = useRef(false);
  useLayoutEffect(() => {
    if (wasWriting.current && progress === null) document.getElementById(startId)?.focus();
    wasWriting.current = progress !== null;
  }, [progress === null]);

  const start = async (): Promise<void> => {
    stopped.current = false;
    setSaid('');
    setProgress({ done: 0, of: total });
    const sentence = await write();
    setProgress(null);
    setSaid(sentence);
  };

  /** Answers what to say of it. */
  async function write(): Promise<string> {
    const countedMs = nowMs(laptop);
    const { store } = laptop;
    // Before the audits: what arrives while they are read may not be among them.
    const missing = mayBeMissing({ ...(await readMayBeMissing(store)), nowMs: countedMs });
    const read = await readAudits(laptop, {
      query: queryOf(question),
      figure,
      lineOf: (record) => auditLine(record, organisation, withAuditors),
      onProgress: (done, of) => {
        setProgress({ done, of });
        return !stopped.current;
      },
    });
    if (read.kind === 'not-found') return say.notFound;
    if (read.kind === 'problem') return words.problems.store(read.problem);
    if (read.kind === 'stopped') return say.stopped;
    const isNamed = question.by !== 'auditor' || withAuditors || figure.group == null;
    const about = [say.figure, say.figureOf(figureName, isNamed ? groupName : say.oneAuditor)];
    const authorityName = organisation.authorityName ?? laptop.entry.authorityName;
    const asked = { question, organisation, authorityName, countedMs, withAuditors, missing };
    const parts = await csvParts(auditsRows(asked, about, read.lines));
    if (stopped.current) return say.stopped;
    const name = say.auditsFile(dayAt(countedMs));
    exportFile(laptop, name, parts, { what: 'audits', rows: read.lines.length, namesAuditors: withAuditors });
    return say.downloaded(name);
  }

  return (
    <Details summary={say.download}>
      <p class="govuk-body">{say.auditsLead(total)}</p>
      <Checkbox
        id="with-auditors"
        label={say.withAuditors}
        hint={say.withAuditorsHint}
        small
        checked={withAuditors}
        onChange={setWithAuditors}
      />
      <Button id={startId} kind="secondary" small busy={progress !== null} onClick={() => void start()}>
        {say.download}
      </Button>
      {progress !== null && (
        <Progress
          label={say.progress}
          text={say.written(progress.done, progress.of)}
          share={progress.of > 0 ? progress.done / progress.of : null}
          onStop={() => {
            stopped.current = true;
          }}
        />
      )}
      <p class="govuk-body" role="status">
        {said}
      </p>
    </Details>
  );
}
