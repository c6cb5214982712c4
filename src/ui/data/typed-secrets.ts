/** What is wrong with a password, passphrase or email as typed. Length only: no composition rules (NCSC). */
import { passwordMaximum, passwordMinimum } from '../../protocol/session.ts';
import { words } from '../words.ts';

/** Why a new password or passphrase is not acceptable, or null. */
export function newSecretError(secret: string): string | null {
  const length = [...secret].length;
  if (length < passwordMinimum) return words.doors.tooShort;
  return secret.length > passwordMaximum ? words.doors.tooLong : null;
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
