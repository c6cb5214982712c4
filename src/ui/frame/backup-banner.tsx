/** Reminds somebody whose only copy is on this laptop, after a week or fifty changes without a backup file. */
import type { Laptop } from '../../bridge/laptop.ts';
import { isBackupDue, readBackupAge } from '../../store/backup/last-backup.ts';
import { durationText } from '../data/duration.ts';
import { useLive } from '../data/use-live.ts';
import { words } from '../words.ts';
import { Banner } from './banner.tsx';

export function BackupBanner({ laptop }: { readonly laptop: Laptop }) {
  const age = useLive(laptop.store, () => readBackupAge(laptop.store), 'backup');
  const nowMs = laptop.store.now();
  if (age === null || !isBackupDue(age, laptop.saveCounts.value.oldestUnsentMs, nowMs)) return null;
  const { backup: text } = words;
  const ago = age.atMs === null ? null : durationText(nowMs - age.atMs);
  return (
    <Banner look="act">
      {text.reminder(ago, age.since)} <a href="/this-laptop">{text.reminderLink}</a>
    </Banner>
  );
}
