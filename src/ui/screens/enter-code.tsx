/** A forgotten passphrase on a laptop without a server: the code on paper opens it, under a new passphrase. */
import { useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import type { KeyringEntry } from '../../store/keyring-entry.ts';
import { readCode } from '../../store/recovery-code.ts';
import { errorAt } from '../data/typed-secrets.ts';
import { Door } from '../frame/door.tsx';
import { AccountName } from '../parts/account-name.tsx';
import { Button } from '../parts/button.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { words } from '../words.ts';
import { NewPassphrase } from './new-passphrase.tsx';

interface EnterCodeProps {
  readonly gate: GateActions;
  readonly entry: KeyringEntry;
}

export function EnterCode({ gate, entry }: EnterCodeProps) {
  const [code, setCode] = useState('');
  const { doors, problems } = words;
  const codeError = (): string | null => {
    if (code.trim() === '') return doors.enterCode;
    const read = readCode(code);
    return read.ok ? null : problems.gate(read.problem);
  };
  return (
    <Door title={doors.enterCodeTitle} authorityName={entry.authorityName}>
      <p class="govuk-body">{doors.enterCodeLead(entry.label)}</p>
      <NewPassphrase
        email={entry.label}
        submit={doors.recover}
        hint={doors.onlyPassphraseHint}
        check={() => errorAt('code', codeError())}
        ask={async (passphrase) => {
          const problem = await gate.recoverWithCode(code, passphrase);
          if (problem === null) return null;
          return problem.kind === 'wrong-recovery-secret'
            ? { id: 'code', text: doors.codeOfAnother }
            : { id: null, text: problems.gate(problem) };
        }}
        fields={(errorOf) => (
          <>
            <TextArea
              id="code"
              label={doors.codeLabel}
              hint={doors.enterCodeHint}
              rows={2}
              spellcheck={false}
              code
              value={code}
              error={errorOf('code')}
              onInput={setCode}
            />
            <AccountName email={entry.label} />
          </>
        )}
      />
      <p class="govuk-body">
        <Button kind="link" onClick={() => gate.back()}>
          {doors.back}
        </Button>
      </p>
    </Door>
  );
}
