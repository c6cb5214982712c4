/**
 * Whether the accessibility statement stands in front of the gate: whoever has no account may read it too. Never in the place of
 * what is shown once, waits for an answer or ends somebody's work; nor once a laptop has been open, which locks to its gate.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Gate } from '../../bridge/gate-state.ts';
import { accessibility } from '../words/accessibility.ts';
import { isAt } from './address.ts';

const canWait: ReadonlySet<Gate['kind']> = new Set(['starting', 'welcome', 'sign-in', 'unlock', 'not-secure'] as const);

export function useReadsStatement({ kind }: Gate): { readonly reads: boolean; readonly onGo: () => void } {
  const [wanted, setWanted] = useState(() => isAt(accessibility.href));
  const isWaiting = canWait.has(kind);
  useEffect(() => {
    if (!isWaiting) setWanted(false);
  }, [isWaiting]);
  const onGo = (): void => {
    history.replaceState(null, '', '/');
    setWanted(false);
  };
  return { reads: wanted && isWaiting, onGo };
}
