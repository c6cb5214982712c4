/** The audits of the person in front of the laptop: what there is to do, most urgent first, and what has been submitted. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { hasRole } from '../../domain/rights.ts';
import { readMyAudits } from '../../store/view.ts';
import { listAudits, type ListedAudit } from '../audit-form/listed-audit.ts';
import { StateTag } from '../audit-form/state-tag.tsx';
import { nowMs, today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { SetUpList } from '../first-run/set-up-list.tsx';
import { setUpSteps } from '../first-run/set-up-steps.ts';
import { DroppingBrowser } from '../first-run/dropping-browser.tsx';
import { StorageNotice } from '../first-run/storage-notice.tsx';
import { daysBetween, dayAt, dayText } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { Pagination } from '../parts/pagination.tsx';
import { SaveState, saveStep } from '../parts/save-state.tsx';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';
import { audits as say } from '../words/audits.ts';

const pageSize = 50;

export function MyAudits({ laptop }: { readonly laptop: Laptop }) {
  const records = useLive(laptop.store, () => readMyAudits(laptop.store), laptop.store.person);
  const organisation = useOrganisation();
  const start = <Button href="/new">{say.start}</Button>;
  if (records === null) {
    return (
      <Page title={say.title} width="wide" actions={start}>
        <p class="govuk-body">{say.reading}</p>
      </Page>
    );
  }
  const { toDo, done } = listAudits(records, organisation);
  return (
    <Page title={say.title} width="wide" actions={start}>
      <DroppingBrowser laptop={laptop} />
      <StorageNotice laptop={laptop} />
      {toDo.length + done.length === 0 && <NothingYet laptop={laptop} />}
      {done.length > 0 && toDo.length === 0 && <p class="govuk-body">{words.homes[laptop.home.name].allDone}</p>}
      {toDo.length > 0 && (
        <Paged title={say.toDo(toDo.length)} rows={toDo}>
          {(page) => <ToDo laptop={laptop} rows={page} />}
        </Paged>
      )}
      {done.length > 0 && (
        <Paged title={say.submitted(done.length)} rows={done}>
          {(page) => <Done laptop={laptop} rows={page} />}
        </Paged>
      )}
    </Page>
  );
}

function NothingYet({ laptop }: { readonly laptop: Laptop }) {
  const said = words.homes[laptop.home.name];
  const organisation = useOrganisation();
  const day = today(laptop);
  const isToSetUp =
    hasRole(standingIn(organisation, laptop.store.person, day), 'qa-lead') &&
    setUpSteps(organisation, laptop.home, day).some(({ id, isDone }) => id !== 'first-audit' && !isDone);
  return (
    <>
      <h2 class="govuk-heading-m">{say.nothingTitle}</h2>
      <p class="govuk-body">{said.nothingAllocated}</p>
      <p class="govuk-body">{said.nothingStart}</p>
      {isToSetUp && <SetUpList laptop={laptop} />}
    </>
  );
}

interface PagedProps {
  readonly title: string;
  readonly rows: readonly ListedAudit[];
  readonly children: (page: readonly ListedAudit[]) => ComponentChildren;
}

function Paged({ title, rows, children }: PagedProps) {
  const [asked, setPage] = useState(1);
  const pages = Math.ceil(rows.length / pageSize);
  const page = Math.min(asked, pages);
  return (
    <section class="app-audit-list">
      <h2 class="govuk-heading-m">{title}</h2>
      {children(rows.slice((page - 1) * pageSize, page * pageSize))}
      <Pagination page={page} pages={pages} onPage={setPage} />
    </section>
  );
}

interface RowsProps {
  readonly laptop: Laptop;
  readonly rows: readonly ListedAudit[];
}

function ToDo({ laptop, rows }: RowsProps) {
  const day = today(laptop);
  return (
    <Table
      caption={say.toDoCaption}
      captionSize="hidden"
      columns={[
        { text: say.caseReference },
        { text: say.tool },
        { text: say.team },
        { text: say.due },
        { text: say.progress },
        { text: say.stateColumn },
        { text: say.saved },
      ]}
      rows={rows.map((audit) => ({
        key: audit.id,
        cells: [
          <CaseLink key="case" audit={audit} />,
          audit.tool,
          audit.team,
          <Due key="due" audit={audit} today={day} />,
          audit.graded === null ? '' : say.sectionsGraded(audit.graded.done, audit.graded.of),
          <StateTag key="state" state={audit.state} exempt={audit.exempt} />,
          <Saved key="saved" laptop={laptop} audit={audit} />,
        ],
      }))}
    />
  );
}

function Done({ laptop, rows }: RowsProps) {
  return (
    <Table
      caption={say.submittedCaption}
      captionSize="hidden"
      dense
      columns={[
        { text: say.caseReference },
        { text: say.tool },
        { text: say.team },
        { text: say.submittedOn },
        { text: say.stateColumn },
        { text: say.saved },
      ]}
      rows={rows.map((audit) => ({
        key: audit.id,
        cells: [
          <CaseLink key="case" audit={audit} />,
          audit.tool,
          audit.team,
          audit.submittedMs === null ? '' : dayText(dayAt(audit.submittedMs)),
          <StateTag key="state" state={audit.state} exempt={audit.exempt} />,
          <Saved key="saved" laptop={laptop} audit={audit} />,
        ],
      }))}
    />
  );
}

const CaseLink = ({ audit }: { readonly audit: ListedAudit }) => (
  <a class="govuk-link" href={`/audit/${audit.id}`}>
    {audit.reference === '' ? words.names.noReference : audit.reference}
  </a>
);

function Saved({ laptop, audit }: { readonly laptop: Laptop; readonly audit: ListedAudit }) {
  const sync = laptop.sync.state.value;
  return <SaveState step={saveStep(audit, sync)} atMs={sync.provedEqualMs} nowMs={nowMs(laptop)} />;
}

function Due({ audit, today }: { readonly audit: ListedAudit; readonly today: string }) {
  if (audit.due === null) return <span class="app-quiet-text">{say.noDue}</span>;
  const left = daysBetween(today, audit.due);
  const day = dayText(audit.due);
  return (
    <span>
      {left < 0 && <strong class="app-overdue">{say.overdue(-left)}</strong>}
      {left === 0 && <strong>{say.dueToday}</strong>}
      {left === 1 && <strong>{say.dueTomorrow}</strong>}
      {left <= 1 ? <span class="app-quiet-text"> {day}</span> : day}
      {audit.extended && <span class="app-quiet-text"> ({say.extended})</span>}
    </span>
  );
}
