/** What a search found: nothing and what was looked through, or the audits, everything held of them, and the two files. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { SearchReply } from '../../protocol/subject-access.ts';
import { nowMs } from '../data/clock.ts';
import { useOrganisation } from '../data/organisation.ts';
import { exportFile } from '../export/download.ts';
import { dayAt } from '../format.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Progress } from '../parts/progress.tsx';
import { WarningText } from '../parts/warning-text.tsx';
import { words } from '../words.ts';
import { subjectAccess as say } from '../words/subject-access.ts';
import { AccountReading } from './account-reading.tsx';
import { collect } from './collect.ts';
import { contentsLines, contentsOf } from './contents.ts';
import { accountOf, type Collected } from './disclosure.ts';
import { dataFile, readableFile } from './files.ts';
import { choiceId, FoundChoice, surelyOf } from './found-choice.tsx';
import { personName } from './value-lines.ts';

interface ResultProps {
  readonly laptop: Laptop;
  readonly reference: string;
  readonly reply: SearchReply;
}

export function Result({ laptop, reference, reply }: ResultProps) {
  const { found, total, looked, erased } = reply;
  const [chosen, setChosen] = useState<readonly RecordId[]>(surelyOf(reply));
  const [attempt, setAttempt] = useState(0);
  const [done, setDone] = useState<number | null>(null);
  const [collected, setCollected] = useState<readonly Collected[] | null>(null);
  const [said, setSaid] = useState('');
  const stopped = useRef(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    return () => void (stopped.current = true);
  }, []);
  const wanted = found.filter(({ record }) => chosen.includes(record));
  const of = wanted.reduce((sum, { changes }) => sum + changes, 0);
  const errors = attempt > 0 && wanted.length === 0 ? [{ id: choiceId, text: say.chooseNone }] : [];

  const read = async (): Promise<void> => {
    setAttempt(attempt + 1);
    if (wanted.length === 0) return;
    stopped.current = false;
    setDone(0);
    setSaid('');
    const answer = await collect(laptop.sync, reply.search, wanted, (so) => {
      setDone(so);
      return !stopped.current;
    });
    setDone(null);
    if (!answer.ok) setSaid(words.problems.sync(answer.problem));
    else if (answer.value === null) setSaid(say.stopped);
    else setCollected(answer.value);
  };
  return (
    <section aria-labelledby="subject-found">
      <h2 id="subject-found" class="govuk-heading-m" tabIndex={-1} ref={heading}>
        {total === 0 ? say.nothing : say.found(total)}
      </h2>
      <p class="govuk-body">{say.checked(looked.changes, looked.decisions)}</p>
      <p class="govuk-body">{say.erased(erased)}</p>
      {say.limits.map((limit) => (
        <p key={limit} class="govuk-body">
          {limit}
        </p>
      ))}
      {total > 0 && (
        <>
          <ErrorSummary errors={errors} attempt={attempt} />
          {total > found.length && <p class="govuk-body">{say.more(found.length, total)}</p>}
          <FoundChoice
            found={found}
            chosen={chosen}
            error={errors[0]?.text ?? null}
            disabled={done !== null}
            onChange={(next) => {
              setChosen(next);
              setCollected(null);
            }}
          />
          <Button busy={done !== null} onClick={() => void read()}>
            {say.readAll}
          </Button>
        </>
      )}
      {done !== null && (
        <Progress
          label={say.reading}
          text={say.read(done, of)}
          share={of > 0 ? done / of : null}
          onStop={() => {
            stopped.current = true;
          }}
        />
      )}
      <p class="govuk-body" role="status">
        {said}
      </p>
      {collected !== null && <Everything {...{ laptop, reference, reply, collected }} />}
    </section>
  );
}

interface EverythingProps extends ResultProps {
  readonly collected: readonly Collected[];
}

function Everything({ laptop, reference, reply, collected }: EverythingProps) {
  const organisation = useOrganisation();
  const [said, setSaid] = useState('');
  const accounts = collected.map((one) => accountOf(one, organisation));
  const passages = accounts.flatMap(({ chapters }) => chapters.flatMap((chapter) => chapter.passages));
  const marked = passages.flatMap(({ lines }) => lines).filter(({ review }) => review !== null).length;
  const contents = contentsOf(
    reply,
    collected.map(({ found }) => found.record),
  );
  const about = () => ({
    authorityName: organisation.authorityName ?? laptop.entry.authorityName,
    reference,
    search: reply.search,
    by: personName(organisation, laptop.store.person),
    atMs: nowMs(laptop),
    contents,
  });
  const download = (name: string, text: string, type: string): void => {
    exportFile(laptop, name, [text], { what: 'subject', rows: accounts.length, namesAuditors: true, type });
    setSaid(say.downloaded(name));
  };
  return (
    <>
      <p class="govuk-body" role="status">
        {say.ready(accounts.length, marked)}
      </p>
      <h3 class="govuk-heading-s">{say.contents}</h3>
      <ul class="govuk-list govuk-list--bullet">
        {contentsLines(contents).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {say.reviewNotes.map((note) => (
        <WarningText key={note}>{note}</WarningText>
      ))}
      <ButtonGroup>
        <Button
          kind="secondary"
          onClick={() =>
            download(say.readableFile(dayAt(nowMs(laptop))), readableFile(about(), accounts), 'text/html;charset=utf-8')
          }
        >
          {say.readable}
        </Button>
        <Button
          kind="secondary"
          onClick={() =>
            download(
              say.dataFile(dayAt(nowMs(laptop))),
              dataFile(about(), collected, organisation),
              'application/json;charset=utf-8',
            )
          }
        >
          {say.data}
        </Button>
      </ButtonGroup>
      <p class="govuk-body" role="status">
        {said}
      </p>
      {accounts.map((account, at) => (
        <AccountReading key={collected[at]?.found.record ?? at} account={account} />
      ))}
    </>
  );
}
