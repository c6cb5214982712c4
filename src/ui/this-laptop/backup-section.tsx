/** The backup file on "This laptop": how old the last one is, saving one, and the way to bringing one in. */
import { useRef, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { readBackupAge, type BackupAge } from '../../store/backup/last-backup.ts';
import { durationText } from '../data/duration.ts';
import { useLive } from '../data/use-live.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { words } from '../words.ts';
import { BackupForm } from './backup-form.tsx';

export const backupPlace = 'backup';

export function BackupSection({ laptop }: { readonly laptop: Laptop }) {
  const age = useLive(laptop.store, () => readBackupAge(laptop.store), 'backup');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLDivElement>(null);
  const { backup: text } = words;
  const close = (): void => {
    setOpen(false);
    queueMicrotask(() => button.current?.querySelector('button')?.focus());
  };
  return (
    <section aria-labelledby={backupPlace}>
      <h2 class="govuk-heading-m" id={backupPlace}>
        {text.title}
      </h2>
      <p class="govuk-body">{text.lead}</p>
      {age !== null && (
        <p class="govuk-body">
          {text.last}: <strong>{ageText(age, laptop.store.now())}</strong>
        </p>
      )}
      {open ? (
        <BackupForm laptop={laptop} onClose={close} />
      ) : (
        <div ref={button}>
          <ButtonGroup>
            <Button kind="secondary" onClick={() => setOpen(true)}>
              {text.save}
            </Button>
            <Button kind="secondary" href="/this-laptop/bring-in">
              {text.bringIn}
            </Button>
          </ButtonGroup>
        </div>
      )}
    </section>
  );
}

const ageText = ({ atMs, since }: BackupAge, nowMs: number): string =>
  atMs === null ? words.backup.lastNever : words.backup.lastAgo(durationText(Math.max(0, nowMs - atMs)), since);
