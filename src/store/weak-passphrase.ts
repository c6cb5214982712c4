/** What every door says of a new passphrase that guessers would try first (FAULTS S5): guessing a stolen copy is offline. */
import { secretMinimum, weaknessOf } from '../domain/secrets.ts';
import type { SyncProblem } from '../protocol/problem.ts';

export type WeakPassphrase = Extract<SyncProblem, { readonly kind: 'weak-password' }>;

/** `about`: names and addresses of its person and of their council. */
export function weakPassphrase(passphrase: string, about: readonly string[]): WeakPassphrase | null {
  const why = weaknessOf(passphrase, about);
  return why === null ? null : { kind: 'weak-password', minimum: secretMinimum, why };
}
