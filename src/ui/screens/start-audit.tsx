/** Starts an audit nobody allocated, with the person in front of the laptop as its auditor; works offline. */
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import { hasRole } from '../../domain/rights.ts';
import { selectionMethods, type SelectionMethod } from '../../domain/values.ts';
import { recordEdits } from '../../store/record.ts';
import { CaseForm, errorOf } from '../audit-form/case-form.tsx';
import { blankNewAudit, newAuditEdits, newAuditErrors, type NewAudit } from '../audit-form/new-audit.ts';
import { today } from '../data/clock.ts';
import { gradingTools, isOpen, standingIn, useOrganisation } from '../data/organisation.ts';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { Page } from '../parts/page.tsx';
import { Radios } from '../parts/radios.tsx';
import { Select } from '../parts/select.tsx';
import { words } from '../words.ts';
import { audits as say } from '../words/audits.ts';

export function StartAudit({ laptop }: { readonly laptop: Laptop }) {
  const standing = standingIn(useOrganisation(), laptop.store.person, today(laptop));
  if (hasRole(standing, 'auditor')) return <StartForm laptop={laptop} />;
  return (
    <Page title={say.startTitle}>
      <p class="govuk-body">{say.startNotForYou}</p>
    </Page>
  );
}

function StartForm({ laptop }: { readonly laptop: Laptop }) {
  const { route } = useLocation();
  const [asked, setAsked] = useState<NewAudit>(blankNewAudit);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const set = (fields: Partial<NewAudit>): void => setAsked({ ...asked, ...fields });

  const start = async (): Promise<void> => {
    const id = laptop.store.newId() as RecordId;
    const edits = newAuditEdits(asked, id, laptop.store.person);
    setAttempt(attempt + 1);
    setErrors(newAuditErrors(asked));
    if (edits === null) return;
    setBusy(true);
    const saved = await recordEdits(laptop.store, edits, 'act');
    setBusy(false);
    if (saved.ok) route(`/audit/${id}`, true);
    else setErrors([{ id: null, text: words.problems.store(saved.problem) }]);
  };

  return (
    <Page title={say.startTitle} back={{ href: '/', text: say.title }} hasError={errors.length > 0}>
      <ErrorSummary errors={errors} attempt={attempt} />
      <p class="govuk-body">{words.homes[laptop.home.name].startLead}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void start();
        }}
      >
        <CaseForm prefix="new" asked={asked} errors={errors} onChange={set} />
        <PlaceFields laptop={laptop} asked={asked} errors={errors} onChange={set} />
        <Button type="submit" busy={busy}>
          {say.createAndOpen}
        </Button>
      </form>
    </Page>
  );
}

interface FieldsProps {
  readonly asked: NewAudit;
  readonly errors: readonly FieldError[];
  readonly onChange: (fields: Partial<NewAudit>) => void;
}

function PlaceFields({ laptop, asked, errors, onChange }: FieldsProps & { readonly laptop: Laptop }) {
  const organisation = useOrganisation();
  const { services, teams } = organisation;
  const day = today(laptop);
  const standing = standingIn(organisation, laptop.store.person, day);
  const openTeams = teams.filter((team) => team.service === asked.service && isOpen(team, day));
  return (
    <>
      <Radios<ToolId>
        id="new-tool"
        label={say.toolLabel}
        value={asked.tool}
        error={errorOf(errors, 'new-tool')}
        onChange={(tool) => onChange({ tool })}
        choices={gradingTools(organisation).map(({ id, name, version, sections }) => ({
          value: id,
          label: name,
          hint: say.toolHint(version, sections.length),
        }))}
      />
      {!teams.some((team) => isOpen(team, day)) && (
        <InsetText>
          {words.homes[laptop.home.name].noServices}
          {hasRole(standing, 'qa-lead') && (
            <>
              {' '}
              <a href="/organisation">{say.addServices}</a>
            </>
          )}
        </InsetText>
      )}
      <Select<ServiceId>
        id="new-service"
        label={say.serviceLabel}
        value={asked.service}
        error={errorOf(errors, 'new-service')}
        onChange={(service) => onChange({ service, team: '' })}
        choices={services.filter((service) => isOpen(service, day)).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select<TeamId>
        id="new-team"
        label={say.teamLabel}
        empty={asked.service === '' ? say.chooseServiceFirst : words.parts.choose}
        value={asked.team}
        error={errorOf(errors, 'new-team')}
        onChange={(team) => onChange({ team })}
        choices={openTeams.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Radios<SelectionMethod>
        id="new-selection"
        label={say.selectionLabel}
        hint={say.selectionHint}
        value={asked.selection}
        error={errorOf(errors, 'new-selection')}
        onChange={(selection) => onChange({ selection })}
        choices={selectionMethods.map((value) => ({ value, label: words.names.selections[value] }))}
      />
    </>
  );
}
