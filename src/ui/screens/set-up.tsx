/** Setting up a laptop of one person alone: who they are, and the passphrase that seals their work. */
import { useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import { emailError, errorAt } from '../data/typed-secrets.ts';
import { Door } from '../frame/door.tsx';
import { Button } from '../parts/button.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { NewPassphrase } from './new-passphrase.tsx';

export function SetUp({ gate }: { readonly gate: GateActions }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [organisation, setOrganisation] = useState('');
  const { doors, parts } = words;
  const who = { name: name.trim(), email: email.trim(), authorityName: organisation.trim() };
  return (
    <Door title={doors.setUpTitle}>
      <p class="govuk-body">{doors.setUpLead}</p>
      <NewPassphrase
        email={who.email}
        submit={doors.setUpSubmit}
        hint={doors.onlyPassphraseHint}
        check={() => [
          ...errorAt('name', who.name === '' ? doors.enterName : null),
          ...errorAt('email', emailError(who.email)),
        ]}
        ask={async (passphrase) => {
          const problem = await gate.setUp(who, passphrase);
          return problem === null ? null : { id: null, text: words.problems.gate(problem) };
        }}
        fields={(errorOf) => (
          <>
            <TextInput
              id="name"
              label={doors.yourName}
              autocomplete="name"
              maxLength={120}
              value={name}
              error={errorOf('name')}
              onInput={setName}
            />
            <TextInput
              id="email"
              label={doors.workEmail}
              hint={doors.setUpEmailHint}
              type="email"
              inputMode="email"
              autocomplete="username"
              maxLength={200}
              value={email}
              error={errorOf('email')}
              onInput={setEmail}
            />
            <TextInput
              id="organisation"
              label={parts.optional(doors.organisation)}
              hint={doors.organisationHint}
              autocomplete="organization"
              maxLength={120}
              value={organisation}
              onInput={setOrganisation}
            />
          </>
        )}
      />
      <p class="govuk-body">
        <Button kind="link" onClick={() => gate.back()}>
          {doors.otherDoors}
        </Button>
      </p>
    </Door>
  );
}
