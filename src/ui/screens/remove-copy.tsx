/**
 * Has the copy on a laptop removed: what has happened to it, why, and for a stolen one the password of whoever says so, and once
 * more whether what it has not sent is given up. One that has said that its copy is removed can still be reported stolen.
 */
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import { reasonMaximum, type LaptopShown, type RevokeForm } from '../../protocol/laptops.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import { tidyText } from '../../protocol/text.ts';
import { nowMs } from '../data/clock.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { contactText, nameOf, unsentText } from '../laptops/laptop-text.ts';
import { useLaptops } from '../laptops/use-laptops.ts';
import { AccountName } from '../parts/account-name.tsx';
import { useAnnounce } from '../parts/announce.tsx';
import { Button } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { Radios } from '../parts/radios.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { words } from '../words.ts';
import { laptops as say } from '../words/laptops.ts';

interface RemoveCopyProps {
  readonly laptop: Laptop;
  readonly server: CouncilServer;
  readonly device: string;
}

export function RemoveCopy({ laptop, server, device }: RemoveCopyProps) {
  const { list, problem } = useLaptops(server);
  const found = list?.find((one) => one.device === device);
  const back = { href: say.href, text: say.back };
  if (found !== undefined && found.revoked?.form !== 'stolen')
    return <RemoveForm laptop={laptop} server={server} found={found} />;
  const why = list === null ? (problem === null ? say.asking : words.problems.sync(problem)) : say.notThere;
  return (
    <Page title={say.removeTitle} back={back}>
      <p class="govuk-body" role="status">
        {found === undefined ? why : say.strongest}
      </p>
    </Page>
  );
}

interface RemoveFormProps {
  readonly laptop: Laptop;
  readonly server: CouncilServer;
  readonly found: LaptopShown;
}

function RemoveForm({ laptop, server, found }: RemoveFormProps) {
  const organisation = useOrganisation();
  const announce = useAnnounce();
  const { route } = useLocation();
  const { gone } = found;
  const [form, setForm] = useState<RevokeForm | null>(gone === null ? null : 'stolen');
  const [reason, setReason] = useState('');
  const [hasPassword, setHasPassword] = useState(true);
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const now = nowMs(laptop);
  const { account } = server;
  const asksPassword = form === 'stolen' && hasPassword;
  useEffect(() => {
    void account.session().then((asked) => setHasPassword(!asked.ok || asked.value.hasPassword !== false));
  }, [account]);
  const errorOf = (id: string): string | null => errors.find((error) => error.id === id)?.text ?? null;
  const fail = (found: readonly FieldError[]): void => {
    setErrors(found);
    setAttempt((count) => count + 1);
  };

  async function remove(how: RevokeForm): Promise<void> {
    setBusy(true);
    const shown = asksPassword ? password : undefined;
    const reply = await account.revokeLaptop(found.device, how, tidyText(reason).trim(), shown);
    setBusy(false);
    setAsking(false);
    if (!reply.ok) return fail([errorOn(reply.problem)]);
    announce(say.done);
    route(say.href);
  }

  function submit(): void {
    const given = tidyText(reason).trim();
    const wrong: FieldError[] = [
      ...(form === null ? [{ id: 'form', text: say.formMissing }] : []),
      ...(form === 'stolen' && given === '' ? [{ id: 'reason', text: say.reasonMissing }] : []),
      ...(given.length > reasonMaximum ? [{ id: 'reason', text: say.reasonTooLong }] : []),
      ...(asksPassword && password === '' ? [{ id: 'password', text: words.doors.enterPassword }] : []),
    ];
    if (wrong.length > 0 || form === null) return fail(wrong);
    setErrors([]);
    if (form === 'stolen') setAsking(true);
    else void remove('lost');
  }

  const said = unsentText(found, now);
  const givesUp =
    found.unsent === null ? say.confirmUnknown : found.unsent.count > 0 ? say.confirmSome(said) : say.confirmNone(said);
  return (
    <Page
      title={gone === null ? say.removeTitle : say.reportTitle}
      back={{ href: say.href, text: say.back }}
      hasError={errors.length > 0}
    >
      <ErrorSummary errors={errors} attempt={attempt} />
      <SummaryList
        rows={[
          { name: say.which, value: nameOf(found) },
          { name: say.whose, value: personById(organisation, found.person)?.name ?? say.nobody },
          { name: say.lastContact, value: contactText(found, now) },
          { name: say.unsent, value: said },
        ]}
      />
      <p class="govuk-body">{gone === null ? say.removeWhat : say.reportWhat(momentText(gone.atMs))}</p>
      <InsetText>{say.removeOffline}</InsetText>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {gone === null && (
          <Radios<RevokeForm>
            id="form"
            label={say.formLabel}
            value={form}
            error={errorOf('form')}
            choices={[
              { value: 'lost', label: say.lost, hint: say.lostHint },
              { value: 'stolen', label: say.stolen, hint: say.stolenHint },
            ]}
            onChange={setForm}
          />
        )}
        <TextArea
          id="reason"
          label={form === 'stolen' ? say.reason : say.reasonOptional}
          hint={say.reasonHint}
          rows={3}
          limit={reasonMaximum}
          value={reason}
          error={errorOf('reason')}
          onInput={setReason}
        />
        {asksPassword && (
          <>
            <AccountName email={laptop.session.email} />
            <PasswordInput
              id="password"
              label={say.password}
              hint={say.passwordHint}
              autocomplete="current-password"
              value={password}
              error={errorOf('password')}
              onInput={setPassword}
            />
          </>
        )}
        <Button type="submit" kind="warning" busy={busy}>
          {form === 'stolen' ? say.continue : say.remove}
        </Button>
      </form>
      <ConfirmDialog
        open={asking}
        title={say.confirmTitle}
        confirm={say.confirm}
        warning
        busy={busy}
        onConfirm={() => void remove('stolen')}
        onCancel={() => setAsking(false)}
      >
        <p class="govuk-body">{givesUp}</p>
      </ConfirmDialog>
    </Page>
  );
}

const errorOn = (problem: SyncProblem): FieldError =>
  problem.kind === 'wrong-credentials'
    ? { id: 'password', text: words.account.passwordWrong }
    : { id: null, text: words.problems.sync(problem) };
