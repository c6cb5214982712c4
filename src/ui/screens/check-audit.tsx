/** The last look before submitting: what is missing, with the way there, everything written, and one button. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { isAway } from '../../bridge/sync-bridge.ts';
import type { JsonObject } from '../../domain/canonical.ts';
import { missingToSubmit, type Missing } from '../../domain/completeness.ts';
import { shownValue } from '../../domain/fold.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { Tool } from '../../domain/tool.ts';
import type { AllocationValue, EventValue } from '../../domain/values.ts';
import { recordEdits } from '../../store/record.ts';
import { readRecord, type ShownRecord } from '../../store/view.ts';
import { accessTo } from '../audit-form/audit-access.ts';
import { auditHead } from '../audit-form/audit-head.ts';
import { AuditNotHere } from '../audit-form/audit-not-here.tsx';
import { AuditReading } from '../audit-form/audit-reading.tsx';
import { missingLink } from '../audit-form/missing-text.ts';
import { useOpenEditors } from '../audit-form/keeping-editors.ts';
import { forgetPlace } from '../audit-form/place-memory.ts';
import { placeOfUnit } from '../audit-form/places.ts';
import { ReadOnlyAudit } from '../audit-form/read-only-audit.tsx';
import { ToolNotHere } from '../audit-form/tool-not-here.tsx';
import { nowMs } from '../data/clock.ts';
import { toolById, useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Page, pageHeadingId } from '../parts/page.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';

export function CheckAudit({ laptop, id }: { readonly laptop: Laptop; readonly id: RecordId }) {
  const read = useLive(laptop.store, async () => ({ record: await readRecord(laptop.store, id) }), id);
  const [submitted, setSubmitted] = useState(false);
  const organisation = useOrganisation();
  if (read === null) return <p class="govuk-body">{say.reading}</p>;
  const { record } = read;
  const allocation = shownValue<AllocationValue>(record?.units ?? {}, 'allocation');
  if (record === null || allocation === undefined) return <AuditNotHere laptop={laptop} id={id} />;
  const tool = toolById(organisation, allocation.tool);
  if (tool === undefined) return <ToolNotHere laptop={laptop} record={record} />;
  if (submitted) return <Submitted laptop={laptop} record={record} />;
  if (accessTo(record, laptop.store.person) !== 'edit') {
    return <ReadOnlyAudit laptop={laptop} tool={tool} record={record} />;
  }
  return <ReadThrough laptop={laptop} tool={tool} record={record} onSubmitted={() => setSubmitted(true)} />;
}

interface ReadThroughProps {
  readonly laptop: Laptop;
  readonly tool: Tool;
  readonly record: ShownRecord;
  readonly onSubmitted: () => void;
}

function ReadThrough({ laptop, tool, record, onSubmitted }: ReadThroughProps) {
  const { id } = record;
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const editors = useOpenEditors();
  const units = editors.leftOf(id)?.units() ?? record.units;
  const missing = missingToSubmit(tool, units);
  const head = auditHead(units, useOrganisation());
  const refuse = (why: string): void => {
    setBusy(false);
    setAsking(false);
    setProblem(why);
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    const notSaved = await editors.flush(id);
    if (notSaved !== null) return refuse(words.problems.store(notSaved));
    const event: EventValue = { by: laptop.store.person, at: Math.max(0, Math.floor(nowMs(laptop))), reason: '' };
    const value = { ...event } as JsonObject;
    const result = await recordEdits(
      laptop.store,
      [{ record: id, kind: 'audit', unit: 'submitted', value, base: null }],
      'act',
    );
    if (!result.ok) return refuse(words.problems.store(result.problem));
    forgetPlace(id);
    onSubmitted();
  };
  return (
    <Page
      title={say.checkTitle}
      caption={`${head.title} · ${head.caption}`}
      back={{ href: `/audit/${id}`, text: say.checkBack }}
      hasError={problem !== null}
    >
      <ErrorSummary errors={problem === null ? [] : [{ id: null, text: problem }]} />
      <WhatIsMissing audit={id} tool={tool} missing={missing} />
      <AuditReading tool={tool} units={units} change={(place) => `/audit/${id}?at=${encodeURIComponent(place)}`} />
      {missing.length === 0 && (
        <>
          <p class="govuk-body">{say.submitNote}</p>
          <Button onClick={() => setAsking(true)}>{say.submit}</Button>
        </>
      )}
      <ConfirmDialog
        open={asking}
        title={say.submitConfirm}
        confirm={say.submitYes}
        cancel={say.submitNo}
        busy={busy}
        onConfirm={() => void submit()}
        onCancel={() => setAsking(false)}
      >
        <p class="govuk-body">{say.submitNote}</p>
      </ConfirmDialog>
    </Page>
  );
}

interface WhatIsMissingProps {
  readonly audit: RecordId;
  readonly tool: Tool;
  readonly missing: readonly Missing[];
}

function WhatIsMissing({ audit, tool, missing }: WhatIsMissingProps) {
  if (missing.length === 0) return <p class="govuk-body app-nothing-missing">{say.nothingMissing}</p>;
  return (
    <section class="app-missing" aria-labelledby="missing-title">
      <h2 id="missing-title" class="govuk-heading-s">
        {say.missingTitle}
      </h2>
      <p class="govuk-body">{say.missingLead(missing.length)}</p>
      <ul class="govuk-list">
        {missing.map((one) => {
          const { text, unit, field } = missingLink(tool, one);
          const href = `/audit/${audit}?at=${encodeURIComponent(placeOfUnit(unit))}&focus=${field}`;
          return (
            <li key={text}>
              <a class="govuk-link" href={href}>
                {text}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Submitted({ laptop, record }: Pick<ReadThroughProps, 'laptop' | 'record'>) {
  const away = isAway(laptop.sync.state.value.phase);
  const head = auditHead(record.units, useOrganisation());
  const { submittedSaved, submittedUnsent } = words.homes[laptop.home.name];
  // The address stays, so no change of screen moves the focus here.
  useEffect(() => document.getElementById(pageHeadingId)?.focus(), []);
  return (
    <Page title={say.submittedTitle} caption={`${head.title} · ${head.caption}`}>
      <p class="govuk-body-l">{submittedSaved}</p>
      {away && <p class="govuk-body">{submittedUnsent}</p>}
      <ButtonGroup>
        <Button href="/">{say.submittedNext}</Button>
        <a class="govuk-link" href={`/audit/${record.id}`}>
          {say.submittedRead}
        </a>
      </ButtonGroup>
    </Page>
  );
}
