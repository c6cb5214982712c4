/** Saving a backup file: its passphrase, where it goes, how far it has come, and what to do with it then. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { backupName, saveBackup, type SavedBackup } from '../data/backup-job.ts';
import { nowMs } from '../data/clock.ts';
import { useOrganisation } from '../data/organisation.ts';
import { openSaveTarget } from '../data/save-target.ts';
import { Button } from '../parts/button.tsx';
import type { FieldError } from '../parts/error-summary.tsx';
import { Notification } from '../parts/notification.tsx';
import { Progress } from '../parts/progress.tsx';
import { NewPassphrase } from '../screens/new-passphrase.tsx';
import { words } from '../words.ts';

interface BackupFormProps {
  readonly laptop: Laptop;
  readonly onClose: () => void;
}

export function BackupForm({ laptop, onClose }: BackupFormProps) {
  const organisation = useOrganisation();
  const [progress, setProgress] = useState<{ readonly done: number; readonly all: number } | null>(null);
  const [saved, setSaved] = useState<SavedBackup | null>(null);
  const running = useRef<AbortController | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const { backup: text } = words;
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useEffect(() => () => running.current?.abort(), []);

  const ask = async (passphrase: string): Promise<FieldError | null> => {
    const name = backupName(organisation.authorityName ?? laptop.entry.authorityName, nowMs(laptop));
    const target = await openSaveTarget(name);
    if (target === null) return null;
    const off = new AbortController();
    running.current = off;
    setProgress({ done: 0, all: 0 });
    const onProgress = (done: number, all: number): void => setProgress({ done, all });
    const result = await saveBackup(off.signal, laptop, organisation, { name, passphrase, target, onProgress });
    setProgress(null);
    if (result.ok) setSaved(result.value);
    else if (result.problem.kind !== 'cancelled') return { id: null, text: words.problems.backup(result.problem) };
    return null;
  };

  if (saved !== null) return <Saved saved={saved} onClose={onClose} />;
  return (
    <div ref={form} class="app-backup">
      <NewPassphrase
        email=""
        submit={text.saveSubmit}
        submitting={text.preparing}
        hint={text.passphraseHint}
        ask={ask}
        fields={() => <p class="govuk-body">{text.passphraseLead}</p>}
      />
      {progress === null ? (
        <Button kind="link" onClick={onClose}>
          {words.parts.cancel}
        </Button>
      ) : (
        <Progress
          text={progress.all === 0 ? text.preparing : text.saving(progress.done, progress.all)}
          share={progress.all === 0 ? null : progress.done / progress.all}
          onStop={() => running.current?.abort()}
        />
      )}
    </div>
  );
}

/** Long enough to save it again by the link; then the browser may forget it. */
function Saved({ saved, onClose }: { readonly saved: SavedBackup; readonly onClose: () => void }) {
  const link = useRef<HTMLAnchorElement>(null);
  const { url, name, bytes } = saved;
  const { backup: text } = words;
  useEffect(() => {
    link.current?.click();
    return () => {
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [url]);
  return (
    <>
      <Notification kind="success" heading={text.savedTitle}>
        <p class="govuk-body">{text.saved(name, text.size(bytes))}</p>
        {url !== null && (
          <p class="govuk-body">
            <a class="govuk-notification-banner__link" ref={link} href={url} download={name}>
              {text.savedLink}
            </a>
          </p>
        )}
      </Notification>
      <Button kind="secondary" onClick={onClose}>
        {words.parts.close}
      </Button>
    </>
  );
}
