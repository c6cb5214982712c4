/** Which file, and its passphrase. */
import { useState } from 'preact/hooks';
import { errorAt } from '../data/typed-secrets.ts';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import type { FieldError } from '../parts/error-summary.tsx';
import { FileInput } from '../parts/file-input.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';

interface FileStepProps {
  /** Opens the file; answers what is wrong with it. */
  readonly ask: (file: File, passphrase: string) => Promise<FieldError | null>;
}

/** The passphrase's own box is to blame where the passphrase is wrong; else the file's. */
export const fileErrorId = (kind: string): string => (kind === 'wrong-file-passphrase' ? 'file-passphrase' : 'file');

export function FileStep({ ask }: FileStepProps) {
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const form = useDoorForm();
  const { backup: text } = words;
  const check = (): readonly FieldError[] => [
    ...errorAt('file', file === null ? text.chooseFile : null),
    ...errorAt('file-passphrase', passphrase === '' ? text.enterPassphrase : null),
  ];
  return (
    <DoorFormShell
      form={form}
      submit={text.read}
      submitting={text.opening}
      onSubmit={() =>
        form.submit(check(), async () => {
          if (file === null) throw new Error('A form without a file was submitted');
          return ask(file, passphrase);
        })
      }
    >
      <FileInput
        id="file"
        label={text.file}
        hint={text.fileHint}
        accept=".plumbline"
        error={form.errorOf('file')}
        onFile={setFile}
      />
      <PasswordInput
        id="file-passphrase"
        label={text.filePassphrase}
        hint={text.filePassphraseHint}
        autocomplete="off"
        value={passphrase}
        error={form.errorOf('file-passphrase')}
        onInput={setPassphrase}
      />
    </DoorFormShell>
  );
}
