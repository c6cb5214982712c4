/** The passkey of this copy: adding one with the passphrase, and taking it away. Nothing where the browser can have none. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { OwnPasskey } from '../../bridge/own-passkey.ts';
import { errorAt } from '../data/typed-secrets.ts';
import { dayAt, dayText } from '../format.ts';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { useAnnounce } from '../parts/announce.tsx';
import { Button } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { words } from '../words.ts';

export function PasskeySection({ laptop }: { readonly laptop: Laptop }) {
  const own = laptop.ownPasskey;
  const [mayHave, setMayHave] = useState(false);
  useEffect(() => {
    let isGone = false;
    void own?.mayHave().then((may) => !isGone && setMayHave(may));
    return () => {
      isGone = true;
    };
  }, [own]);
  if (own === null || (!mayHave && own.passkey.value === null)) return null;
  return (
    <section aria-labelledby="passkey-title">
      <h2 class="govuk-heading-m" id="passkey-title" tabIndex={-1}>
        {words.passkey.title}
      </h2>
      {own.passkey.value === null ? (
        <NoPasskey own={own} />
      ) : (
        <HasPasskey own={own} addedMs={own.passkey.value.addedMs} />
      )}
    </section>
  );
}

/** Where the focus goes when what had it is gone. */
const focusTitle = (): void => document.getElementById('passkey-title')?.focus();

function NoPasskey({ own }: { readonly own: OwnPasskey }) {
  const [adding, setAdding] = useState(false);
  const { passkey: text } = words;
  return (
    <>
      <p class="govuk-body">{text.lead}</p>
      {adding ? (
        <AddPasskey own={own} onCancel={() => setAdding(false)} />
      ) : (
        <Button kind="secondary" onClick={() => setAdding(true)}>
          {text.add}
        </Button>
      )}
    </>
  );
}

function AddPasskey({ own, onCancel }: { readonly own: OwnPasskey; readonly onCancel: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const form = useDoorForm();
  const place = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();
  const { passkey: text, doors, problems, parts } = words;
  useEffect(() => place.current?.querySelector('input')?.focus(), []);
  const submit = (): void =>
    form.submit(errorAt('passkey-passphrase', passphrase === '' ? doors.enterPassphrase : null), async () => {
      const problem = await own.add(passphrase);
      if (problem !== null)
        return { id: problem.kind === 'wrong-passphrase' ? 'passkey-passphrase' : null, text: problems.gate(problem) };
      announce(text.added);
      focusTitle();
      return null;
    });
  return (
    <div ref={place}>
      <DoorFormShell form={form} onSubmit={submit} submit={text.add} submitting={text.adding}>
        <PasswordInput
          id="passkey-passphrase"
          label={doors.passphrase}
          hint={text.passphraseHint}
          autocomplete="current-password"
          value={passphrase}
          error={form.errorOf('passkey-passphrase')}
          onInput={setPassphrase}
        />
      </DoorFormShell>
      <p class="govuk-body">
        <Button kind="link" onClick={onCancel}>
          {parts.cancel}
        </Button>
      </p>
    </div>
  );
}

function HasPasskey({ own, addedMs }: { readonly own: OwnPasskey; readonly addedMs: number }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const announce = useAnnounce();
  const { passkey: text } = words;
  const remove = async (): Promise<void> => {
    setBusy(true);
    const problem = await own.remove();
    setBusy(false);
    setAsking(false);
    announce(problem === null ? text.removed : words.problems.gate(problem));
    if (problem === null) focusTitle();
  };
  return (
    <>
      <p class="govuk-body">{text.has(dayText(dayAt(addedMs)))}</p>
      <Button kind="secondary" onClick={() => setAsking(true)}>
        {text.remove}
      </Button>
      <ConfirmDialog
        open={asking}
        title={text.removeAsk}
        confirm={text.remove}
        busy={busy}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      >
        <p class="govuk-body">{text.removeBody}</p>
      </ConfirmDialog>
    </>
  );
}
