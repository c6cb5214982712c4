/**
 * Bringing a backup file in, step by step.
 *
 *   choose --opened--> look --continue--> names (services, teams, tools, people) --> check --bring it in--> result
 *      ^                 \------------- own work of this council ---------------------^
 *      \--stopped, or something is wrong with the file
 *
 * Nothing is written before "bring it in". Stopping after that keeps what has come in, each record whole.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { askedInTurn, askedOf, type Choices } from '../../domain/bring-in/choices.ts';
import type { Standing } from '../../domain/rights.ts';
import { bringIn, countBringIn, type BringInReport, type BroughtIn } from '../../store/backup/bring-in.ts';
import { CheckStep } from '../bring-in/check-step.tsx';
import { ContentsList } from '../bring-in/contents-list.tsx';
import { fileErrorId, FileStep } from '../bring-in/file-step.tsx';
import { lookInto, oursIn, wayOf, type LookedAt } from '../bring-in/looked-at.ts';
import { NamesStep } from '../bring-in/names-step.tsx';
import { ResultStep } from '../bring-in/result-step.tsx';
import { useLongJob } from '../bring-in/use-long-job.ts';
import { useOrganisation } from '../data/organisation.ts';
import { useRouteFocus } from '../frame/route-focus.ts';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Page, pageHeadingId } from '../parts/page.tsx';
import { Progress } from '../parts/progress.tsx';
import { words } from '../words.ts';

type Step =
  | { readonly kind: 'choose'; readonly error?: FieldError }
  | { readonly kind: 'look' }
  | { readonly kind: 'names'; readonly at: number }
  | { readonly kind: 'check'; readonly report: BringInReport }
  | { readonly kind: 'result'; readonly brought: BroughtIn };

interface BringInProps {
  readonly laptop: Laptop;
  readonly standing: Standing;
}

export function BringIn({ laptop, standing }: BringInProps) {
  const organisation = useOrganisation();
  const job = useLongJob();
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [looked, setLooked] = useState<LookedAt | null>(null);
  const [choices, setChoices] = useState<Choices>(new Map());
  const { backup: text, problems } = words;
  const ours = oursIn(organisation);
  useRouteFocus(titleOf(step));
  useEffect(() => () => job.stop(), []);

  const open = async (file: File, passphrase: string): Promise<FieldError | null> => {
    const found = await job.run(text.reading, (signal, onProgress) =>
      lookInto(signal, laptop, file, passphrase, onProgress),
    );
    if (!found.ok) return { id: fileErrorId(found.problem.kind), text: problems.backup(found.problem) };
    setLooked(found.value);
    setChoices(new Map());
    setStep({ kind: 'look' });
    return null;
  };

  const count = async (file: LookedAt, with_: Choices): Promise<void> => {
    const way = wayOf(file, laptop, standing, with_);
    const counted = await job.run(text.counting, (signal, onProgress) =>
      countBringIn(signal, laptop.store, file.backup, way, onProgress),
    );
    if (counted.ok) setStep({ kind: 'check', report: counted.value });
    else if (counted.problem.kind === 'cancelled') document.getElementById(pageHeadingId)?.focus();
    else fail(problems.backup(counted.problem));
  };

  const write = async (file: LookedAt): Promise<void> => {
    const way = wayOf(file, laptop, standing, choices);
    const brought = await job.run(text.writing, (signal, onProgress) =>
      bringIn(signal, laptop.store, file.backup, way, onProgress),
    );
    if (brought.ok) setStep({ kind: 'result', brought: brought.value });
    else fail(problems.backup(brought.problem));
  };

  const fail = (sentence: string): void => setStep({ kind: 'choose', error: { id: null, text: sentence } });

  /** The next names that have to be said, from place `at` in their turn on; then the check. */
  const goOn = (file: LookedAt, with_: Choices, at: number): void => {
    setChoices(with_);
    const { named, who } = file.contents;
    const next = askedInTurn.findIndex((what, i) => i >= at && askedOf(named, what, with_, who.person).length > 0);
    if (file.how === 'same' || next < 0) void count(file, with_);
    else setStep({ kind: 'names', at: next });
  };
  const goBack = ({ contents: { named, who } }: LookedAt, at: number): void => {
    const before = askedInTurn.findLastIndex(
      (what, i) => i < at && askedOf(named, what, choices, who.person).length > 0,
    );
    setStep(before < 0 ? { kind: 'look' } : { kind: 'names', at: before });
  };

  const content = (): preact.JSX.Element => {
    if (step.kind === 'choose' || looked === null) {
      return (
        <>
          {step.kind === 'choose' && step.error && <ErrorSummary errors={[step.error]} />}
          <p class="govuk-body">{text.bringInLead}</p>
          <FileStep ask={open} />
        </>
      );
    }
    switch (step.kind) {
      case 'look':
        return (
          <>
            <ContentsList contents={looked.contents} />
            <p class="govuk-body">{looked.how === 'same' ? text.lookSame : text.lookJoin}</p>
            {looked.how === 'join' && <p class="govuk-body">{text.meIs(looked.contents.who.name)}</p>}
            <Button onClick={() => goOn(looked, choices, 0)}>{text.continue}</Button>
          </>
        );
      case 'names': {
        const what = askedInTurn[step.at] ?? 'service';
        const { named, who } = looked.contents;
        return (
          <NamesStep
            key={what}
            what={what}
            rows={askedOf(named, what, choices, who.person)}
            theirs={named}
            ours={ours}
            choices={choices}
            standing={standing}
            onBack={() => goBack(looked, step.at)}
            onDone={(chosen) => goOn(looked, chosen, step.at + 1)}
          />
        );
      }
      case 'check':
        return (
          <CheckStep
            report={step.report}
            onWrite={() => void write(looked)}
            onBack={() => goBack(looked, askedInTurn.length)}
          />
        );
      case 'result':
        return <ResultStep laptop={laptop} brought={step.brought} onAnother={() => setStep({ kind: 'choose' })} />;
      default:
        return step satisfies never;
    }
  };

  return (
    <Page title={titleOf(step)} back={{ href: '/this-laptop', text: words.thisLaptop.title }} width="reading">
      {job.running !== null && <Progress {...job.running} onStop={job.stop} />}
      <div hidden={job.running !== null}>{content()}</div>
    </Page>
  );
}

function titleOf(step: Step): string {
  const { backup: text } = words;
  switch (step.kind) {
    case 'choose':
      return text.bringInTitle;
    case 'look':
      return text.lookTitle;
    case 'names':
      return text.namesTitle(askedInTurn[step.at] ?? 'service');
    case 'check':
      return text.checkTitle;
    case 'result':
      return step.brought.isPart ? text.resultPartTitle : text.resultTitle;
    default:
      return step satisfies never;
  }
}
