/** The legal hold of one audit, with every version of it that nobody has settled. A QA lead puts a hold on and lifts it, with a reason. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { hasRole } from '../../domain/rights.ts';
import type { HoldValue } from '../../domain/values.ts';
import type { ShownRecord } from '../../store/view.ts';
import { nowMs, today } from '../data/clock.ts';
import { personById, standingIn, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { ReasonDialog } from '../held/reason-dialog.tsx';
import { useSave } from '../organisation/use-save.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { holdVersionsOf } from './hold-versions.ts';
import { words } from '../words.ts';
import { retention as say } from '../words/retention.ts';

type Act = 'audit' | 'case' | 'lift';

const dialogs = {
  audit: { title: say.holdTitle, lead: say.holdLead, label: say.holdWhy, confirm: say.hold },
  case: { title: say.holdCaseTitle, lead: say.holdCaseLead, label: say.holdWhy, confirm: say.holdCase },
  lift: { title: say.liftTitle, lead: say.liftLead, label: say.liftWhy, confirm: say.lift },
} as const;

export function HoldPanel({ laptop, record }: { readonly laptop: Laptop; readonly record: ShownRecord }) {
  const organisation = useOrganisation();
  const [act, setAct] = useState<Act | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = useSave(laptop);
  const { versions, stands, basis } = holdVersionsOf(record.units['hold']);
  const shown = versions.length > 1 ? versions : versions.filter(({ on }) => on === true);
  const taken = record.units['hold']?.confirmed;
  const isInForce = taken !== undefined && [taken, ...taken.others].some(({ value }) => value['on'] === true);
  const { person } = laptop.store;
  const isLead = laptop.home.hasOthers && hasRole(standingIn(organisation, person, today(laptop)), 'qa-lead');
  const sentenceOf = ({ on, by, at = 0, wholeCase = false }: Partial<HoldValue>): string => {
    const name = personById(organisation, by)?.name ?? words.names.unknownPerson;
    return on === true ? say.heldSentence(name, momentText(at), wholeCase) : say.liftedSentence(name, momentText(at));
  };
  const write = async (why: string): Promise<void> => {
    const wanted = act;
    setAct(null);
    if (wanted === null) return;
    const isLifting = wanted === 'lift';
    const wholeCase = isLifting ? (stands?.wholeCase ?? false) : wanted === 'case';
    const value = { on: !isLifting, wholeCase, by: person, at: nowMs(laptop), why };
    const edit = { record: record.id, kind: 'audit', unit: 'hold', value, ...basis } as const;
    setProblem(await save([edit], isLifting ? say.lifted : say.held));
  };
  return (
    <div class="app-no-print">
      {shown.length > 0 && (
        <InsetText>
          {versions.length > 1 && <p class="govuk-body">{say.heldTwice}</p>}
          {shown.map((version, at) => (
            <div key={at}>
              <p class="govuk-body">{isInForce ? sentenceOf(version) : say.holdAsked}</p>
              {version.why !== undefined && version.why !== '' && (
                <p class="govuk-body">{say.heldReason(version.why)}</p>
              )}
            </div>
          ))}
        </InsetText>
      )}
      {problem !== null && <p class="govuk-error-message">{problem}</p>}
      {isLead && (
        <ButtonGroup>
          {(stands === null || versions.length > 1) && (
            <>
              <Button kind="secondary" small onClick={() => setAct('audit')}>
                {say.hold}
              </Button>
              <Button kind="secondary" small onClick={() => setAct('case')}>
                {say.holdCase}
              </Button>
            </>
          )}
          {stands !== null && (
            <Button kind="secondary" small onClick={() => setAct('lift')}>
              {say.lift}
            </Button>
          )}
        </ButtonGroup>
      )}
      {act !== null && (
        <ReasonDialog
          open
          {...dialogs[act]}
          warning={act === 'lift'}
          onConfirm={(why) => void write(why)}
          onCancel={() => setAct(null)}
        />
      )}
    </div>
  );
}
