/** What is wrong with a password, passphrase or email as typed: a length and a block list, no composition rules (NCSC). */
import { secretMaximum, weaknessOf } from '../../domain/secrets.ts';
import { words } from '../words.ts';

/** Why a new password or passphrase is not acceptable, or null. `about`: the person's and the council's names. */
export function newSecretError(secret: string, about: readonly string[] = []): string | null {
  if (secret.length > secretMaximum) return words.doors.tooLong;
  const weakness = weaknessOf(secret, about);
  return weakness === null ? null : words.problems.weak(weakness);
}

export const looksLikeEmail = (text: string): boolean => /^[^\s@]{1,100}@[^\s@]{1,99}$/.test(text);

/** Why an email address is not acceptable, or null. `text` is already trimmed. */
export function emailError(text: string): string | null {
  if (text === '') return words.doors.enterEmail;
  return looksLikeEmail(text) ? null : words.doors.emailNeedsAt;
}

/** A list with the error in it, or empty: what forms collect. */
export const errorAt = (id: string, text: string | null): readonly { readonly id: string; readonly text: string }[] =>
  text === null ? [] : [{ id, text }];
