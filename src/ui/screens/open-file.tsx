/** Filling this laptop from a backup file: the file, then a passphrase of this laptop's own; its recovery code comes next. */
import { useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import type { OpenedBackup } from '../../store/backup/read-backup.ts';
import { fileErrorId, FileStep } from '../bring-in/file-step.tsx';
import { useLongJob } from '../bring-in/use-long-job.ts';
import { momentText } from '../format.ts';
import { Door } from '../frame/door.tsx';
import { Button } from '../parts/button.tsx';
import { Progress } from '../parts/progress.tsx';
import { words } from '../words.ts';
import { NewPassphrase } from './new-passphrase.tsx';

export function OpenFile({ gate }: { readonly gate: GateActions }) {
  const [backup, setBackup] = useState<OpenedBackup | null>(null);
  const { backup: text, doors, problems } = words;
  if (backup !== null) return <Fill gate={gate} backup={backup} onBack={() => setBackup(null)} />;
  return (
    <Door title={text.openTitle}>
      <p class="govuk-body">{text.openLead}</p>
      <FileStep
        ask={async (file, passphrase) => {
          const opened = await gate.openFile(file, passphrase);
          if (opened.ok) setBackup(opened.value);
          return opened.ok ? null : { id: fileErrorId(opened.problem.kind), text: problems.backup(opened.problem) };
        }}
      />
      <p class="govuk-body">
        <Button kind="link" onClick={() => gate.back()}>
          {doors.otherDoors}
        </Button>
      </p>
    </Door>
  );
}

interface FillProps {
  readonly gate: GateActions;
  readonly backup: OpenedBackup;
  readonly onBack: () => void;
}

function Fill({ gate, backup, onBack }: FillProps) {
  const job = useLongJob();
  const { backup: text, doors, problems } = words;
  const { name, email, madeMs } = backup.who;
  return (
    <Door title={text.openPassphraseTitle}>
      {job.running !== null && <Progress {...job.running} onStop={job.stop} />}
      <div hidden={job.running !== null}>
        <p class="govuk-body">{text.openPassphraseLead(name, momentText(madeMs))}</p>
        <NewPassphrase
          email={email}
          submit={text.openSubmit}
          hint={doors.onlyPassphraseHint}
          ask={async (passphrase) => {
            const problem = await job.run(text.openWriting, (signal, onProgress) =>
              gate.restore(signal, backup, passphrase, onProgress),
            );
            if (problem === null) return null;
            return {
              id: null,
              text: problem.kind === 'weak-password' ? problems.gate(problem) : problems.backup(problem),
            };
          }}
        />
        <p class="govuk-body">
          <Button kind="link" onClick={onBack}>
            {doors.back}
          </Button>
        </p>
      </div>
    </Door>
  );
}
