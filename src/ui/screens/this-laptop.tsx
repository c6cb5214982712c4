/** What is saved where: what is still only here, what the server refused, how the connection, the clock and the storage are. */
import { useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import { seesAllLaptops } from '../../domain/rights.ts';
import { readCompared } from '../../store/sync-meta.ts';
import { nowMs, today } from '../data/clock.ts';
import { durationText } from '../data/duration.ts';
import { personById, standingIn, useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { StorageFact } from '../first-run/storage-notice.tsx';
import { TourAgain } from '../first-run/tour-again.tsx';
import { useAnnounce } from '../parts/announce.tsx';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { SaveState, saveStep } from '../parts/save-state.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { AttentionList } from '../this-laptop/attention-list.tsx';
import { BackupSection } from '../this-laptop/backup-section.tsx';
import { clockText } from '../this-laptop/clock-text.ts';
import { KeptOutList } from '../this-laptop/kept-out-list.tsx';
import { NotKept } from '../this-laptop/not-kept.tsx';
import { OnlyCopy } from '../this-laptop/only-copy.tsx';
import { AccountSection } from '../this-laptop/account-section.tsx';
import { PasskeySection } from '../this-laptop/passkey-section.tsx';
import { PromisesLink } from '../this-laptop/promises-link.tsx';
import { StorageState } from '../this-laptop/storage-row.tsx';
import { words } from '../words.ts';
import { laptops } from '../words/laptops.ts';

export function ThisLaptop({ laptop }: { readonly laptop: Laptop }) {
  const { home } = laptop;
  if (home.server !== null) return <SyncedCopy laptop={laptop} server={home.server} />;
  return home.removeAll === null ? (
    <NotKept laptop={laptop} />
  ) : (
    <OnlyCopy laptop={laptop} removeAll={home.removeAll} />
  );
}

function SyncedCopy({ laptop, server }: { readonly laptop: Laptop; readonly server: CouncilServer }) {
  const organisation = useOrganisation();
  const standing = standingIn(organisation, laptop.store.person, today(laptop));
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const counts = laptop.saveCounts.value;
  const sync = laptop.sync.state.value;
  // A later change takes away the proof that all of it is there, not that it was.
  const comparedMs = useLive(laptop.store, () => readCompared(laptop.store), 'compared');
  const { thisLaptop: text } = words;
  const syncNow = async (): Promise<void> => {
    setBusy(true);
    announce(text.syncAsked);
    await laptop.sync.syncNow();
    setBusy(false);
  };
  const syncing = busy || sync.phase === 'syncing' || sync.phase === 'connecting';
  return (
    <Page
      title={text.title}
      actions={
        <>
          <Button kind="secondary" href={laptops.href}>
            {seesAllLaptops(standing) ? laptops.link : laptops.linkOwn}
          </Button>
          <Button kind="secondary" busy={syncing} onClick={() => void syncNow()}>
            {syncing ? text.syncing : text.syncNow}
          </Button>
        </>
      }
    >
      <h2 class="govuk-heading-m">{text.stateTitle}</h2>
      <p class="govuk-body">
        <SaveState step={saveStep(counts, sync)} atMs={sync.provedEqualMs} nowMs={nowMs(laptop)} />
      </p>
      <PromisesLink />
      <SummaryList
        rows={[
          { name: text.unsent, value: changes(counts.unsent) },
          ...(counts.oldestUnsentMs === null
            ? []
            : [{ name: text.oldest, value: oldestText(counts.oldestUnsentMs, laptop.store.now()) }]),
          { name: text.sent, value: changes(counts.sent) },
          { name: text.quarantined, value: changes(counts.quarantined) },
          { name: text.lastProved, value: comparedMs === null ? text.never : momentText(comparedMs) },
          { name: text.connection, value: <Connection laptop={laptop} /> },
          { name: text.clock, value: clockText(sync.clockOffsetMs) },
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
          { name: text.authority, value: organisation.authorityName ?? laptop.entry.authorityName },
        ]}
      />
      <h2 class="govuk-heading-m" id="attention">
        {text.attentionTitle}
      </h2>
      <AttentionList laptop={laptop} />
      <KeptOutList laptop={laptop} />
      <PasskeySection laptop={laptop} />
      <BackupSection laptop={laptop} />
      <AccountSection laptop={laptop} server={server} />
      <TourAgain laptop={laptop} />
    </Page>
  );
}

function Connection({ laptop }: { readonly laptop: Laptop }) {
  const { phase, problem, receiving } = laptop.sync.state.value;
  const { thisLaptop: text, problems } = words;
  return (
    <>
      {text.phases[phase]}
      {receiving !== null && <p class="app-tight">{text.receiving(receiving)}</p>}
      {problem !== null && <p class="app-tight">{problems.cycle(problem)}</p>}
    </>
  );
}

const changes = (count: number): string => (count === 0 ? words.thisLaptop.none : words.thisLaptop.changes(count));

const oldestText = (sinceMs: number, nowMs: number): string =>
  words.thisLaptop.oldestSince(momentText(sinceMs), durationText(Math.max(0, nowMs - sinceMs)));
