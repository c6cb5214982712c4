/**
 * What is on the page, by where the gate stands. Locked means that nothing of the opened laptop is in the document: the
 * whole tree under it is gone, not hidden.
 */
import './styles/main.scss';
import type { GateActions } from '../bridge/gate.ts';
import type { UpdateBridge } from '../bridge/update-bridge.ts';
import type { CheckStorage } from './data/storage-check.ts';
import { OpenLaptop } from './frame/open-laptop.tsx';
import { Quiet } from './frame/quiet.tsx';
import { useReadsStatement } from './frame/reads-statement.ts';
import { AccessibilityAtTheDoor } from './screens/accessibility.tsx';
import { ChoosePassphrase } from './screens/choose-passphrase.tsx';
import { EnterCode } from './screens/enter-code.tsx';
import { ForgottenCopy } from './screens/forgotten-copy.tsx';
import { Join } from './screens/join.tsx';
import { KeepCode } from './screens/keep-code.tsx';
import { Leaving } from './screens/leaving.tsx';
import { NotSecure } from './screens/not-secure.tsx';
import { OpenFile } from './screens/open-file.tsx';
import { Recover } from './screens/recover.tsx';
import { Refused } from './screens/refused.tsx';
import { SetUp } from './screens/set-up.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { Unlock } from './screens/unlock.tsx';
import { Welcome } from './screens/welcome.tsx';
import { words } from './words.ts';

interface AppProps {
  readonly gate: GateActions;
  readonly update: UpdateBridge;
  readonly checkStorage: CheckStorage;
}

export function App({ gate, update, checkStorage }: AppProps) {
  const now = gate.gate.value;
  const { reads, onGo } = useReadsStatement(now);
  if (reads) return <AccessibilityAtTheDoor gate={gate} onGo={onGo} />;
  switch (now.kind) {
    case 'starting':
      return <Quiet text={gate.blocked.value ? words.doors.blocked : words.frame.starting} />;
    case 'sign-in':
      return (
        <SignIn
          gate={gate}
          expected={now.expected ?? null}
          joined={now.joined ?? false}
          refused={now.refused ?? null}
        />
      );
    case 'welcome':
      return <Welcome gate={gate} canGoBack={now.canGoBack} />;
    case 'set-up':
      return <SetUp gate={gate} />;
    case 'open-file':
      return <OpenFile gate={gate} />;
    case 'keep-code':
      return <KeepCode gate={gate} who={now.who} code={now.code} madeMs={now.madeMs} />;
    case 'enter-code':
      return <EnterCode gate={gate} entry={now.entry} />;
    case 'removing':
      return <Quiet text={words.thisLaptop.removing} />;
    case 'leaving':
      return <Leaving form={now.form} atMs={now.atMs} trouble={now.trouble} elsewhere={now.elsewhere} />;
    case 'forgotten':
      return <ForgottenCopy gate={gate} forgotten={now.forgotten} />;
    case 'join':
      return <Join gate={gate} token={now.token} />;
    case 'choose-passphrase':
      return <ChoosePassphrase gate={gate} session={now.session} />;
    case 'unlock':
      return <Unlock gate={gate} entries={now.entries} toHandOver={now.toHandOver ?? []} />;
    case 'recover':
      return <Recover gate={gate} session={now.session} />;
    case 'open':
      return (
        <OpenLaptop key={now.laptop.entry.keyring} laptop={now.laptop} update={update} checkStorage={checkStorage} />
      );
    case 'not-secure':
      return <NotSecure />;
    case 'refused':
      return <Refused problem={now.problem} />;
    default:
      return now satisfies never;
  }
}
