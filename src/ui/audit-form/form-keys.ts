/**
 * The keys of the audit form. Single keys work while the focus is not in a text field and can be switched off (WCAG 2.1.4);
 * with Alt they work anywhere. Alt is read by the key's place, because a Mac types other characters with it.
 *
 *   1 2 3 4 (the scale's own keys)  the grade      n / p, Alt+Down / Alt+Up  next, previous section
 *   e  evidence    r  rationale    ?  these keys    Escape  leaves a text field
 */

export type FormCommand =
  | { readonly kind: 'grade'; readonly key: string }
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'evidence' }
  | { readonly kind: 'rationale' }
  | { readonly kind: 'help' }
  | { readonly kind: 'leave-text' };

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
}

export interface KeyPlace {
  readonly inText: boolean;
  readonly singleKeys: boolean;
  /** The keys that give a grade where the focus is; empty where nothing is graded. */
  readonly gradeKeys: readonly string[];
}

const singleCommands: Readonly<Record<string, FormCommand>> = {
  n: { kind: 'next' },
  p: { kind: 'previous' },
  e: { kind: 'evidence' },
  r: { kind: 'rationale' },
  '?': { kind: 'help' },
};

/** What a key asks of the form, or null when it is not for the form. */
export function commandFor(press: KeyPress, { inText, singleKeys, gradeKeys }: KeyPlace): FormCommand | null {
  if (press.isComposing || press.ctrlKey || press.metaKey) return null;
  if (press.key === 'Escape') return inText && !press.altKey ? { kind: 'leave-text' } : null;
  if (press.altKey) return withAlt(press, gradeKeys);
  if (inText || !singleKeys || press.repeat) return null;
  const key = press.key.toLowerCase();
  if (gradeKeys.includes(key)) return { kind: 'grade', key };
  return Object.hasOwn(singleCommands, key) ? (singleCommands[key] ?? null) : null;
}

function withAlt({ code, repeat }: KeyPress, gradeKeys: readonly string[]): FormCommand | null {
  if (code === 'ArrowDown') return { kind: 'next' };
  if (code === 'ArrowUp') return { kind: 'previous' };
  const key = /^Digit(\d)$/.exec(code)?.[1];
  return key !== undefined && !repeat && gradeKeys.includes(key) ? { kind: 'grade', key } : null;
}
