/** Where the only copy of somebody's work is on this laptop: says so plainly, how safe it is here, and how to destroy it. */
import type { Laptop } from '../../bridge/laptop.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { StorageFact } from '../first-run/storage-notice.tsx';
import { TourAgain } from '../first-run/tour-again.tsx';
import { dayAt, dayText } from '../format.ts';
import { Page } from '../parts/page.tsx';
import { SaveState, saveStep } from '../parts/save-state.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { WarningText } from '../parts/warning-text.tsx';
import { words } from '../words.ts';
import { BackupSection } from './backup-section.tsx';
import { KeptOutList } from './kept-out-list.tsx';
import { PasskeySection } from './passkey-section.tsx';
import { PromisesLink } from './promises-link.tsx';
import { RefusedHere } from './refused-here.tsx';
import { RemoveAll } from './remove-all.tsx';
import { StorageState } from './storage-row.tsx';

interface OnlyCopyProps {
  readonly laptop: Laptop;
  readonly removeAll: () => Promise<void>;
}

export function OnlyCopy({ laptop, removeAll }: OnlyCopyProps) {
  const organisation = useOrganisation();
  const { thisLaptop: text } = words;
  return (
    <Page title={text.title}>
      <WarningText>{text.onlyTitle}</WarningText>
      <p class="govuk-body">{text.onlyBody}</p>
      <SummaryList
        rows={[
          {
            name: text.stateTitle,
            value: <SaveState step={saveStep(laptop.saveCounts.value, laptop.sync.state.value)} />,
          },
          { name: text.recoveryCode, value: text.recoveryCodeKept(dayText(dayAt(laptop.entry.createdMs))) },
          {
            name: text.storage,
            value: (
              <>
                <StorageFact />
                <StorageState laptop={laptop} />
              </>
            ),
          },
          { name: text.person, value: personById(organisation, laptop.store.person)?.name ?? laptop.session.name },
          { name: text.organisation, value: organisation.authorityName ?? text.noOrganisation },
        ]}
      />
      <PromisesLink />
      <RefusedHere laptop={laptop} />
      <KeptOutList laptop={laptop} />
      <PasskeySection laptop={laptop} />
      <BackupSection laptop={laptop} />
      <TourAgain laptop={laptop} />
      <RemoveAll laptop={laptop} removeAll={removeAll} />
    </Page>
  );
}
