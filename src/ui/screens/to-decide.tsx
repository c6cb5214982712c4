/** What others wrote and did not enter the record, for the lead who decides about it; and where two people's versions stand. */
import type { Laptop } from '../../bridge/laptop.ts';
import { DecidedList } from '../held/decided-list.tsx';
import { OverlapList } from '../held/overlap-list.tsx';
import { useHeldList } from '../held/use-held-list.ts';
import { WaitingList } from '../held/waiting-list.tsx';
import { Page } from '../parts/page.tsx';
import { held as say } from '../words/held.ts';

export function ToDecide({ laptop }: { readonly laptop: Laptop }) {
  const { answer: list, away, ask } = useHeldList(laptop);
  const last = (what: string) => list?.groups.filter(({ decisions }) => decisions.at(-1)?.what === what) ?? [];
  const returned = last('returned');
  const decided = list?.groups.filter((group) => group.decisions.length > 0 && !returned.includes(group)) ?? [];
  return (
    <Page title={say.title}>
      {list === null ? (
        <p class="govuk-body" role="status">
          {away ? say.offline : say.asking}
        </p>
      ) : (
        <>
          <WaitingList laptop={laptop} list={list} onDecided={() => void ask()} />
          {returned.length > 0 && (
            <DecidedList laptop={laptop} title={say.returnedTitle(returned.length)} groups={returned} />
          )}
          {decided.length > 0 && (
            <DecidedList laptop={laptop} title={say.decidedTitle(decided.length)} groups={decided} />
          )}
        </>
      )}
      <OverlapList laptop={laptop} />
    </Page>
  );
}
