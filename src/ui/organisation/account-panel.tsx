/** What a QA lead or an administrator sees and does of a person's account, apart from their link. All of it needs the council's server. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import type { Account } from '../../protocol/session.ts';
import type { Person } from '../data/organisation.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { words } from '../words.ts';

interface AccountPanelProps {
  readonly laptop: Laptop;
  readonly server: CouncilServer;
  readonly person: Person;
  readonly onDone: () => void;
}

export function AccountPanel({ laptop, server, person, onDone }: AccountPanelProps) {
  const [account, setAccount] = useState<Account | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState<'stop' | 'reset' | 'unlink' | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const announce = useAnnounce();
  const { account: text } = words;
  const fail = (why: SyncProblem): void => {
    const away = why.kind === 'unreachable' || why.kind === 'timed-out';
    setProblem(away ? text.manageOffline : words.problems.sync(why));
  };
  const read = async (): Promise<void> => {
    const reply = await server.account.accounts();
    if (!reply.ok) return fail(reply.problem);
    setProblem(null);
    const none = { person: person.id, hasPassword: false, blocked: false, secondFactor: false };
    setAccount(reply.value.accounts.find((one) => one.person === person.id) ?? none);
  };
  useEffect(() => {
    heading.current?.focus();
    void read();
  }, [server, person.id]);
  const act = async (asked: ReturnType<CouncilServer['account']['access']>, said: string): Promise<void> => {
    const reply = await asked;
    setAsking(null);
    if (!reply.ok) return fail(reply.problem);
    announce(said);
    await read();
  };
  const access = (allowed: boolean): Promise<void> =>
    act(server.account.access(person.id, allowed), (allowed ? text.saidAllowed : text.saidStopped)(person.name));
  const isOwn = person.id === laptop.store.person;
  return (
    <section class="app-panel" aria-labelledby="account-title">
      <h2 class="govuk-heading-m app-focus-quiet" id="account-title" tabIndex={-1} ref={heading}>
        {text.manageTitle(person.name)}
      </h2>
      {problem !== null && (
        <p class="govuk-error-message" role="alert">
          {problem}
        </p>
      )}
      {account === null && problem === null && <p class="govuk-body">{text.loading}</p>}
      {account !== null && (
        <SummaryList
          rows={[
            { name: text.password, value: account.hasPassword ? text.passwordSet : text.passwordNone },
            { name: text.factor, value: account.secondFactor ? text.factorOn : text.factorOff },
            ...(account.council === true ? [{ name: text.councilAccount, value: text.councilTied }] : []),
            { name: text.signIn, value: account.blocked ? text.stopped : text.allowed },
          ]}
        />
      )}
      {isOwn && <InsetText>{text.yourOwn}</InsetText>}
      <ButtonGroup>
        {account?.blocked === true && <Button onClick={() => void access(true)}>{text.allow}</Button>}
        {account?.blocked === false && !isOwn && (
          <Button kind="warning" onClick={() => setAsking('stop')}>
            {text.stop}
          </Button>
        )}
        {account?.secondFactor === true && !isOwn && (
          <Button kind="secondary" onClick={() => setAsking('reset')}>
            {text.reset}
          </Button>
        )}
        {account?.council === true && !isOwn && (
          <Button kind="secondary" onClick={() => setAsking('unlink')}>
            {text.unlink}
          </Button>
        )}
        <Button kind="secondary" onClick={onDone}>
          {words.parts.close}
        </Button>
      </ButtonGroup>
      <ConfirmDialog
        open={asking === 'stop'}
        title={text.stopTitle(person.name)}
        confirm={text.stop}
        warning
        onConfirm={() => void access(false)}
        onCancel={() => setAsking(null)}
      >
        <p class="govuk-body">{text.stopBody}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'reset'}
        title={text.resetTitle(person.name)}
        confirm={text.reset}
        warning
        onConfirm={() => void act(server.account.resetFactor(person.id), text.saidReset(person.name))}
        onCancel={() => setAsking(null)}
      >
        <p class="govuk-body">{text.resetBody}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'unlink'}
        title={text.unlinkTitle(person.name)}
        confirm={text.unlink}
        warning
        onConfirm={() => void act(server.account.unlinkCouncil(person.id), text.saidUnlinked(person.name))}
        onCancel={() => setAsking(null)}
      >
        <p class="govuk-body">{text.unlinkBody}</p>
      </ConfirmDialog>
    </section>
  );
}
