/** The legal hold of one audit, and that it was erased, where it is read. A QA lead puts a hold on and lifts it, with a reason. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { basisOf, shownValue } from '../../domain/fold.ts';
import { hasRole } from '../../domain/rights.ts';
import type { ErasedValue, HoldValue } from '../../domain/values.ts';
import type { ShownRecord } from '../../store/view.ts';
import { nowMs, today } from '../data/clock.ts';
import { personById, standingIn, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { ReasonDialog } from '../held/reason-dialog.tsx';
import { useSave } from '../organisation/use-save.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { InsetText } from '../parts/inset-text.tsx';
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
  const erased = shownValue<ErasedValue>(record.units, 'erased');
  if (erased !== undefined) return <InsetText>{say.erasedSentence(momentText(erased.at))}</InsetText>;
  const stands = shownValue<HoldValue>(record.units, 'hold');
  const hold = stands?.on === true ? stands : null;
  const taken = record.units['hold']?.confirmed;
  const isInForce = taken !== undefined && [taken, ...taken.others].some(({ value }) => value['on'] === true);
  const { person } = laptop.store;
  const isLead = laptop.home.hasOthers && hasRole(standingIn(organisation, person, today(laptop)), 'qa-lead');
  const write = async (why: string): Promise<void> => {
    const wanted = act;
    setAct(null);
    if (wanted === null) return;
    const isLifting = wanted === 'lift';
    const wholeCase = isLifting ? (hold?.wholeCase ?? false) : wanted === 'case';
    const value = { on: !isLifting, wholeCase, by: person, at: nowMs(laptop), why };
    const edit = { record: record.id, kind: 'audit', unit: 'hold', value, ...basisOf(record.units['hold']) } as const;
    setProblem(await save([edit], isLifting ? say.lifted : say.held));
  };
  return (
    <div class="app-no-print">
      {hold !== null && (
        <InsetText>
          <p class="govuk-body">
            {isInForce
              ? say.heldSentence(
                  personById(organisation, hold.by)?.name ?? words.names.unknownPerson,
                  momentText(hold.at),
                  hold.wholeCase,
                )
              : say.holdAsked}
          </p>
          {hold.why !== undefined && hold.why !== '' && <p class="govuk-body">{say.heldReason(hold.why)}</p>}
        </InsetText>
      )}
      {problem !== null && <p class="govuk-error-message">{problem}</p>}
      {isLead && (
        <ButtonGroup>
          {hold === null ? (
            <>
              <Button kind="secondary" small onClick={() => setAct('audit')}>
                {say.hold}
              </Button>
              <Button kind="secondary" small onClick={() => setAct('case')}>
                {say.holdCase}
              </Button>
            </>
          ) : (
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
