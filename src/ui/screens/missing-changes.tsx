/** What a restore of the council's server did not bring back, for the QA lead: whose, of which audit, when made, what to do. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { MissingList } from '../../protocol/missing.ts';
import { momentText } from '../format.ts';
import { Details } from '../parts/details.tsx';
import { Page } from '../parts/page.tsx';
import { MissingTable } from '../restored/missing-table.tsx';
import { useMissing } from '../restored/use-missing.ts';
import { restored as say } from '../words/restored.ts';

export function MissingChanges({ laptop }: { readonly laptop: Laptop }) {
  const { answer, away } = useMissing(laptop);
  return (
    <Page title={say.title} back={{ href: '/organisation' }}>
      {answer === null ? (
        <p class="govuk-body" role="status">
          {away ? say.offline : say.asking}
        </p>
      ) : (
        <Listed laptop={laptop} list={answer} />
      )}
    </Page>
  );
}

function Listed({ laptop, list }: { readonly laptop: Laptop; readonly list: MissingList }) {
  const { noticedMs, changes, waiting, groups } = list;
  if (noticedMs === null) return <p class="govuk-body">{say.never}</p>;
  const open = groups.filter(({ again }) => !again);
  const again = groups.filter((group) => group.again);
  const shown = open.reduce((sum, group) => sum + group.changes, 0);
  return (
    <>
      <p class="govuk-body">{say.noticed(momentText(noticedMs))}</p>
      {waiting > 0 && <p class="govuk-body">{say.waiting(waiting)}</p>}
      {changes === 0 ? (
        <p class="govuk-body">{say.none}</p>
      ) : (
        <>
          <h2 class="govuk-heading-m">{say.doTitle}</h2>
          <ol class="govuk-list govuk-list--number">
            {say.todo.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
          {shown < changes && <p class="govuk-body">{say.more(shown, changes)}</p>}
          <MissingTable laptop={laptop} caption={say.tableTitle(changes)} groups={open} />
        </>
      )}
      {again.length > 0 && (
        <Details summary={say.againTitle}>
          <p class="govuk-body">{say.againLead}</p>
          <MissingTable laptop={laptop} caption={say.againTitle} groups={again} />
        </Details>
      )}
    </>
  );
}
