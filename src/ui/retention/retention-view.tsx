/** How long audits are kept, for a QA lead: the period, the legal holds, and the certificates of what was erased. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import { settingsId } from '../../domain/unit-names.ts';
import { readRecord } from '../../store/view.ts';
import { useLive } from '../data/use-live.ts';
import { retention as say } from '../words/retention.ts';
import { CertificateList } from './certificate-list.tsx';
import { HoldList } from './hold-list.tsx';
import { PeriodForm } from './period-form.tsx';

const kinds = ['settings'] as const;

export function RetentionView({ laptop }: { readonly laptop: Laptop }) {
  const settings = useLive(laptop.store, () => readRecord(laptop.store, settingsId as RecordId), 'settings', kinds);
  if (settings === null) return null;
  return (
    <>
      <p class="govuk-body">{say.lead}</p>
      <p class="govuk-body">{say.open}</p>
      <PeriodForm laptop={laptop} settings={settings} />
      <HoldList laptop={laptop} />
      <CertificateList laptop={laptop} units={settings.units} />
    </>
  );
}
