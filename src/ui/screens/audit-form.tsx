/** One audit: the form for its auditor while it is open, and the same audit to read for everybody else and afterwards. */
import type { Laptop } from '../../bridge/laptop.ts';
import { shownValue } from '../../domain/fold.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { AllocationValue } from '../../domain/values.ts';
import { accessTo, mayCorrectCase } from '../audit-form/audit-access.ts';
import { AuditEditor } from '../audit-form/audit-editor.tsx';
import { useAuditEditing } from '../audit-form/audit-editing.ts';
import { AuditNotHere } from '../audit-form/audit-not-here.tsx';
import { ReadOnlyAudit } from '../audit-form/read-only-audit.tsx';
import { ToolNotHere } from '../audit-form/tool-not-here.tsx';
import { standingIn, toolById, useOrganisation } from '../data/organisation.ts';
import { today } from '../data/clock.ts';
import { auditForm as say } from '../words/audit-form.ts';

export function AuditForm({ laptop, id }: { readonly laptop: Laptop; readonly id: RecordId }) {
  const { record, editor, device } = useAuditEditing(laptop, id);
  const organisation = useOrganisation();
  if (record === undefined) return <p class="govuk-body">{say.reading}</p>;
  const allocation = shownValue<AllocationValue>(record?.units ?? {}, 'allocation');
  // Of an audit that was taken from this laptop, what was not accepted may be all there is.
  if (record === null || allocation === undefined) return <AuditNotHere laptop={laptop} id={id} />;
  const tool = toolById(organisation, allocation.tool);
  if (tool === undefined) return <ToolNotHere laptop={laptop} record={record} />;
  const form = { laptop, tool, editor, device };
  if (accessTo(record, laptop.store.person) === 'edit') return <AuditEditor id={id} {...form} />;
  const corrects = mayCorrectCase(record, standingIn(organisation, laptop.store.person, today(laptop)));
  return (
    <ReadOnlyAudit
      laptop={laptop}
      tool={tool}
      record={record}
      {...(corrects === null ? {} : { corrects: { when: corrects, form } })}
    />
  );
}
