/**
 * What a person should know about this laptop, quietest first to go: being offline is ordinary and one grey line; the
 * rest say what to do. Nothing here ever reloads the page or interrupts by itself.
 */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { UpdateBridge } from '../../bridge/update-bridge.ts';
import type { StoreProblem } from '../../protocol/problem.ts';
import { isForGood } from '../../store/problems.ts';
import { useOpenEditors } from '../audit-form/keeping-editors.ts';
import { durationText } from '../data/duration.ts';
import { words } from '../words.ts';
import { BackupBanner } from './backup-banner.tsx';
import { Banner } from './banner.tsx';
import { CopiedLaptop } from './copied-laptop.tsx';
import { MissingBanner } from '../restored/missing-banner.tsx';
import { LostWork } from './lost-work.tsx';
import { Notices } from './notices.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { StuckBanner } from './stuck-banner.tsx';

/** A clock wrong by more than this is said here (due dates and "at 14:02" would mislead); “This laptop” says it sooner. */
const clockToleranceMs = 5 * 60 * 1000;

interface BannersProps {
  readonly laptop: Laptop;
  readonly update: UpdateBridge;
  /** Nobody has been here for a while, or the computer slept, and locking would have lost something. */
  readonly notLocked: boolean;
  /** It locks in a minute, unless somebody is here. */
  readonly locksSoon: boolean;
  readonly onSignInAgain: () => void;
}

export function Banners({ laptop, update, notLocked, locksSoon, onSignInAgain }: BannersProps) {
  const [later, setLater] = useState(false);
  const { phase, problem, clockOffsetMs } = laptop.sync.state.value;
  const { quarantined } = laptop.saveCounts.value;
  const { frame, problems } = words;
  const clock = clockSentence(clockOffsetMs);
  const notSaved = useOpenEditors().notSaved();
  const mustSignIn = phase === 'signed-out' || problem?.kind === 'wrong-person';
  return (
    <div class="app-banners" role="region" aria-label={frame.banners}>
      {locksSoon && !notLocked && (
        <div role="alert">
          <Banner look="attention">{frame.locksSoon}</Banner>
        </div>
      )}
      <LostWork laptop={laptop} />
      <CopiedLaptop laptop={laptop} />
      <MissingBanner laptop={laptop} />
      {laptop.home.server !== null && <Notices server={laptop.home.server} />}
      {phase === 'offline' && <OfflineBanner laptop={laptop} />}
      {mustSignIn && (
        <Banner look="act" act={{ text: frame.signInAgain, onClick: onSignInAgain }}>
          {problem?.kind === 'wrong-person' ? problems.sync(problem) : frame.signedOut}
        </Banner>
      )}
      {phase === 'paused' && problem !== null && !mustSignIn && (
        <Banner look="attention">
          {frame.problem} {problems.sync(problem)}
        </Banner>
      )}
      <StuckBanner laptop={laptop} />
      {notSaved !== null && (
        <Banner look="attention">
          {notSavedSentence(laptop, notSaved.problem)} {notLocked && frame.notLocked}{' '}
          <a href={`/audit/${notSaved.id}`}>{frame.notSavedLink}</a>
          {notSaved.problem.kind === 'disk-full' && laptop.home.isKept && (
            <>
              {' '}
              {words.backup.full} <a href="/this-laptop">{words.backup.save}</a>
            </>
          )}
        </Banner>
      )}
      {laptop.isLeftOut && <Banner look="attention">{frame.leftOut}</Banner>}
      {notSaved === null && laptop.locking.value === 'not-saved' && <Banner look="attention">{frame.notLocked}</Banner>}
      {quarantined > 0 && (
        <Banner look="attention">
          {frame.attention(quarantined)} <a href="/this-laptop">{frame.attentionLink}</a>
        </Banner>
      )}
      {laptop.home.removeAll !== null && <BackupBanner laptop={laptop} />}
      {clock !== null && <Banner look="attention">{clock}</Banner>}
      {update.updateReady.value && !later && laptop.home.isKept && (
        <Banner
          look="act"
          act={{ text: frame.update, onClick: () => void update.applyUpdate() }}
          other={{ text: frame.updateLater, onClick: () => setLater(true) }}
        >
          {frame.updateReady}
        </Banner>
      )}
    </div>
  );
}

function notSavedSentence({ unsaved }: Laptop, problem: StoreProblem): string {
  if (!isForGood(problem)) return words.frame.notSaved;
  return unsaved.isKept.value ? words.frame.notSavedBack : words.frame.notSavedForGood;
}

/** What to say of a clock, or null when it is right enough. `offsetMs` is the server's time minus this laptop's. */
export function clockSentence(offsetMs: number | null): string | null {
  if (offsetMs === null || Math.abs(offsetMs) <= clockToleranceMs) return null;
  const by = durationText(Math.abs(offsetMs));
  return offsetMs < 0 ? words.frame.clockAhead(by) : words.frame.clockBehind(by);
}
