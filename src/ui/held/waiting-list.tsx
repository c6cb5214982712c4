/** The held groups that wait for this lead, record by record: accept on the author's behalf, or return with a note. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { Decided, HeldGroup, HeldList, LeadDecision } from '../../protocol/held.ts';
import { useOrganisation, type Organisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { words } from '../words.ts';
import { held as say } from '../words/held.ts';
import { authorName, GroupReading } from './group-reading.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { nameRecords, recordOf } from './record-names.ts';

interface WaitingListProps {
  readonly laptop: Laptop;
  readonly list: HeldList;
  readonly onDecided: () => void;
}

interface Asking {
  readonly what: LeadDecision;
  readonly groups: readonly HeldGroup[];
}

export function WaitingList({ laptop, list, onDecided }: WaitingListProps) {
  const organisation = useOrganisation();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [said, setSaid] = useState('');
  const waiting = list.groups.filter(({ decisions }) => decisions.length === 0);
  const key = waiting.map(({ group }) => group).join(' ');
  const names = useLive(laptop.store, () => nameRecords(laptop.store, waiting), key);
  const records = [...new Set(waiting.map(recordOf))];

  const decide = async ({ what, groups }: Asking, why: string): Promise<void> => {
    setAsking(null);
    setSaid('');
    const keys = groups.map(({ device, group }) => ({ device, group }));
    const reply = await laptop.sync.decide({ groups: keys, what, why });
    setSaid(
      reply.ok ? outcomeText(reply.value, what, laptop.store.person, organisation) : words.problems.sync(reply.problem),
    );
    onDecided();
    void laptop.sync.syncNow();
  };

  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" class="govuk-heading-m" tabIndex={-1}>
        {say.waitingTitle(list.waiting)}
      </h2>
      <p class="govuk-body" role="status">
        {said}
      </p>
      <p class="govuk-body">{waiting.length === 0 ? say.none : say.lead}</p>
      {waiting.length < list.waiting && <p class="govuk-body">{say.more(waiting.length, list.waiting)}</p>}
      {records.map((record) => {
        const groups = waiting.filter((group) => recordOf(group) === record);
        const named = record && names?.get(record);
        return (
          <section key={record} class="app-held" aria-labelledby={`waiting-${record}`}>
            <h3 id={`waiting-${record}`} class="govuk-heading-s">
              {named?.href ? <a href={named.href}>{named.name}</a> : named?.name}
            </h3>
            {groups.map((group) => (
              <article key={group.group} class="app-held__item">
                <GroupReading group={group} named={named} />
                <ButtonGroup>
                  <Button
                    small
                    about={named?.name ?? ''}
                    onClick={() => setAsking({ what: 'accepted', groups: [group] })}
                  >
                    {say.accept}
                  </Button>
                  <Button
                    kind="secondary"
                    small
                    about={named?.name ?? ''}
                    onClick={() => setAsking({ what: 'returned', groups: [group] })}
                  >
                    {say.return}
                  </Button>
                </ButtonGroup>
              </article>
            ))}
            {groups.length > 1 && (
              <Button
                kind="secondary"
                small
                about={named?.name ?? ''}
                onClick={() => setAsking({ what: 'accepted', groups })}
              >
                {say.acceptAll(groups.length)}
              </Button>
            )}
          </section>
        );
      })}
      {asking !== null && (
        <ReasonDialog
          open
          {...dialogWords(asking, organisation)}
          onConfirm={(why) => void decide(asking, why)}
          onCancel={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function dialogWords({ what, groups }: Asking, organisation: Organisation) {
  const [first] = groups;
  const name = first ? authorName(organisation, first.person) : words.names.unknownPerson;
  return what === 'accepted'
    ? { title: say.acceptTitle, lead: say.acceptLead(name), label: say.acceptWhy, confirm: say.accept }
    : { title: say.returnTitle, lead: say.returnLead(name), label: say.returnWhy, confirm: say.return };
}

/** What to say of the answers: first what did not go as asked. */
function outcomeText(results: readonly Decided[], what: LeadDecision, me: string, organisation: Organisation): string {
  const texts = results.map((result) => {
    switch (result.outcome) {
      case 'not-found':
        return say.gone;
      case 'refused':
        return say.refused(say.refusedBecause[result.why] ?? say.refusedOtherwise);
      case 'decided': {
        const { decision } = result;
        if (decision.by === me && decision.what === what) return say.decidedNow;
        const name = authorName(organisation, decision.by);
        return say.decidedBefore(say.decided[decision.what](name, momentText(decision.atMs)));
      }
      default:
        return result satisfies never;
    }
  });
  return [...new Set(texts)].sort((a, b) => Number(a === say.decidedNow) - Number(b === say.decidedNow)).join(' ');
}
