/** Opening this laptop's copy with its passphrase, or its passkey where it has one. Needs no network. */
import { useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import type { ToHandOver } from '../../bridge/revoked-copies.ts';
import type { KeyringEntry } from '../../store/keyring-entry.ts';
import { errorAt } from '../data/typed-secrets.ts';
import { momentText } from '../format.ts';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { Door } from '../frame/door.tsx';
import { LostCopies } from '../frame/lost-work.tsx';
import { Button } from '../parts/button.tsx';
import { Notification } from '../parts/notification.tsx';
import { PasswordInput } from '../parts/password-input.tsx';
import { Radios } from '../parts/radios.tsx';
import { words } from '../words.ts';
import { laptops as say } from '../words/laptops.ts';

interface UnlockProps {
  readonly gate: GateActions;
  readonly entries: readonly KeyringEntry[];
  /** Copies that are to be removed and have to be opened first. */
  readonly toHandOver: readonly ToHandOver[];
}

export function Unlock({ gate, entries, toHandOver }: UnlockProps) {
  const only = entries.length === 1 ? entries[0] : undefined;
  const [chosen, setChosen] = useState<string | null>(only?.keyring ?? null);
  const [passphrase, setPassphrase] = useState('');
  const form = useDoorForm();
  const { doors } = words;
  const entry = only ?? entries.find(({ keyring }) => keyring === chosen);
  const leaving = toHandOver.find(({ keyring }) => keyring === entry?.keyring);
  const submit = (): void => {
    const check = [
      ...errorAt('who', entry === undefined ? doors.chooseWho : null),
      ...errorAt('passphrase', passphrase === '' ? doors.enterPassphrase : null),
    ];
    form.submit(check, async () => {
      const problem = entry === undefined ? null : await gate.unlock(entry, passphrase);
      if (problem === null) return null;
      return { id: problem.kind === 'wrong-passphrase' ? 'passphrase' : null, text: words.problems.gate(problem) };
    });
  };
  const byPasskey = (of: KeyringEntry): void =>
    form.submit([], async () => {
      const problem = await gate.unlockWithPasskey(of);
      return problem === null ? null : { id: null, text: words.problems.gate(problem) };
    });
  const hasPasskey = entry !== undefined && entry.passkey !== null;
  return (
    <Door title={doors.unlockTitle} hasError={form.errors.length > 0} authorityName={entry?.authorityName ?? null}>
      <LostCopies losses={gate.losses} />
      <div role="status">
        {leaving !== undefined && (
          <Notification heading={say.unlockFirstTitle}>
            <p class="govuk-body">{say.unlockFirst(momentText(leaving.atMs), leaving.unsent)}</p>
          </Notification>
        )}
        {gate.blocked.value && (
          <Notification heading={doors.blockedTitle}>
            <p class="govuk-body">{doors.blocked}</p>
          </Notification>
        )}
      </div>
      {only && <p class="govuk-body">{doors.unlockLead(only.label)}</p>}
      <DoorFormShell form={form} onSubmit={submit} submit={doors.unlock} submitting={doors.unlocking}>
        {!only && (
          <Radios
            id="who"
            label={doors.unlockWho}
            small
            value={chosen}
            error={form.errorOf('who')}
            choices={entries.map(({ keyring, label, authorityName, home }) => ({
              value: keyring,
              label,
              hint: authorityName === '' ? (words.homes[home].where ?? '') : authorityName,
            }))}
            onChange={setChosen}
          />
        )}
        {hasPasskey && (
          <div>
            <Button kind="secondary" busy={form.busy} onClick={() => byPasskey(entry)}>
              {doors.unlockPasskey}
            </Button>
            <p class="govuk-body">{doors.orPassphrase}</p>
          </div>
        )}
        <PasswordInput
          id="passphrase"
          label={doors.passphrase}
          autocomplete="current-password"
          value={passphrase}
          error={form.errorOf('passphrase')}
          onInput={setPassphrase}
        />
      </DoorFormShell>
      <ul class="govuk-list app-door__ways">
        {entry && (
          <li>
            <Button kind="link" onClick={() => gate.forgot(entry)}>
              {doors.forgotten}
            </Button>
          </li>
        )}
        <li>
          <Button kind="link" onClick={() => gate.otherPerson()}>
            {doors.anotherPerson}
          </Button>
        </li>
      </ul>
    </Door>
  );
}
