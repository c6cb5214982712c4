/** A QA lead gives audits out, one after another: after each the form is ready for the next. */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import { hasRole } from '../../domain/rights.ts';
import { recordEdits } from '../../store/record.ts';
import { allocationEdits, allocationErrors, emptyAllocation, nextAllocation } from '../data/allocation-form.ts';
import { today } from '../data/clock.ts';
import { isOpen, personById, standingIn, toolById, useOrganisation } from '../data/organisation.ts';
import { hasOpenAudit } from '../data/recent-audits.ts';
import { SetUpList } from '../first-run/set-up-list.tsx';
import { AllocationFields } from '../organisation/allocation-fields.tsx';
import { RecentAllocations } from '../organisation/recent-allocations.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Notification } from '../parts/notification.tsx';
import { Page } from '../parts/page.tsx';
import { words } from '../words.ts';

export function Allocate({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const day = today(laptop);
  const { allocate: text } = words;
  if (!hasRole(standingIn(organisation, laptop.store.person, day), 'qa-lead')) {
    return (
      <Page title={text.title}>
        <p class="govuk-body">{text.notForYou}</p>
      </Page>
    );
  }
  const hasAuditor = organisation.people.some(({ id }) => hasRole(standingIn(organisation, id, day), 'auditor'));
  if (!organisation.teams.some((team) => isOpen(team, day)) || !hasAuditor) {
    return (
      <Page title={text.title}>
        <p class="govuk-body">{text.needsSetUp}</p>
        <SetUpList laptop={laptop} />
      </Page>
    );
  }
  return (
    <Page title={text.title} width="wide">
      <p class="govuk-body">{text.lead}</p>
      <div class="app-allocate">
        <AllocateForm laptop={laptop} />
        <RecentAllocations laptop={laptop} />
      </div>
    </Page>
  );
}

function AllocateForm({ laptop }: { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const [form, setForm] = useState(emptyAllocation);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  /** The case and tool a second audit of which has been asked about; pressing again means yes. */
  const [askedAgain, setAskedAgain] = useState<string | null>(null);
  const { allocate: text } = words;
  const day = today(laptop);

  const show = (next: readonly FieldError[]): void => {
    setErrors(next);
    setAttempt((before) => before + 1);
  };
  const submit = async (): Promise<void> => {
    const wrong = allocationErrors(form, day);
    setDone(null);
    if (wrong.length > 0 || form.tool === '' || form.auditor === '') return show(wrong);
    setBusy(true);
    const asking = `${form.reference.trim()} ${form.tool}`;
    const known = askedAgain !== asking && (await hasOpenAudit(laptop.store, form.reference, form.tool));
    const tool = toolById(organisation, form.tool)?.name ?? words.names.unknownTool;
    if (known) {
      setBusy(false);
      setAskedAgain(asking);
      return show([{ id: 'reference', text: text.already(form.reference.trim(), tool) }]);
    }
    const edits = allocationEdits(laptop.store.newId() as RecordId, form);
    const result = await recordEdits(laptop.store, edits, 'act');
    setBusy(false);
    if (!result.ok) return show([{ id: null, text: words.problems.store(result.problem) }]);
    const auditor = personById(organisation, form.auditor)?.name ?? words.names.unknownPerson;
    show([]);
    setDone(text.allocated(form.reference.trim(), auditor));
    setForm(nextAllocation(form));
    document.getElementById('reference')?.focus();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <ErrorSummary errors={errors} attempt={attempt} />
      {done !== null && (
        <Notification key={attempt} kind="success" heading={done}>
          <p class="govuk-body app-small">{words.homes[laptop.home.name].allocatedMore}</p>
        </Notification>
      )}
      <AllocationFields
        form={form}
        today={day}
        errorOf={(id) => errors.find((error) => error.id === id)?.text ?? null}
        onChange={(fields) => setForm((before) => ({ ...before, ...fields }))}
      />
      <Button type="submit" busy={busy}>
        {text.submit}
      </Button>
    </form>
  );
}
