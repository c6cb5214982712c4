/**
 * What is on the page, by where the gate stands. Locked means that nothing of the opened laptop is in the document: the
 * whole tree under it is gone, not hidden.
 */
import './styles/main.scss';
import { useRef } from 'preact/hooks';
import type { Gate, GateActions } from '../bridge/gate.ts';
import type { UpdateBridge } from '../bridge/update-bridge.ts';
import { OpenLaptop } from './frame/open-laptop.tsx';
import { Quiet } from './frame/quiet.tsx';
import { ChoosePassphrase } from './screens/choose-passphrase.tsx';
import { Join } from './screens/join.tsx';
import { Recover } from './screens/recover.tsx';
import { Refused } from './screens/refused.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { Unlock } from './screens/unlock.tsx';
import { words } from './words.ts';

interface AppProps {
  readonly gate: GateActions;
  readonly update: UpdateBridge;
}

export function App({ gate, update }: AppProps) {
  const now: Gate = gate.gate.value;
  const before = useRef<Gate['kind']>(now.kind);
  const cameFrom = useRef<Gate['kind']>(now.kind);
  if (before.current !== now.kind) cameFrom.current = before.current;
  before.current = now.kind;
  switch (now.kind) {
    case 'starting':
      return <Quiet text={words.frame.starting} />;
    case 'sign-in':
      return <SignIn gate={gate} expected={now.expected ?? null} canGoBack={cameFrom.current === 'unlock'} />;
    case 'join':
      return <Join gate={gate} token={now.token} />;
    case 'choose-passphrase':
      return <ChoosePassphrase gate={gate} session={now.session} />;
    case 'unlock':
      return <Unlock gate={gate} entries={now.entries} />;
    case 'recover':
      return <Recover gate={gate} session={now.session} />;
    case 'open':
      return <OpenLaptop key={now.laptop.entry.keyring} laptop={now.laptop} update={update} />;
    case 'refused':
      return <Refused problem={now.problem} />;
    default:
      return now satisfies never;
  }
}
