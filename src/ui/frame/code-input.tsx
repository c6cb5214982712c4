/**
 * The box for a code of the second factor. Where a code alone is asked for it takes the focus; it may be pasted into, and a password manager fills it (WCAG 3.3.8).
 */
import { useEffect } from 'preact/hooks';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

interface CodeInputProps {
  readonly id: string;
  readonly value: string;
  readonly error: string | null;
  readonly onInput: (value: string) => void;
  /** While it is being set up: only the app's code proves it. */
  readonly proving?: boolean;
  /** Beside a password, which has the focus. */
  readonly beside?: boolean;
}

export function CodeInput({ id, value, error, onInput, proving = false, beside = false }: CodeInputProps) {
  const { account } = words;
  useEffect(() => {
    if (!proving && !beside) document.getElementById(id)?.focus();
  }, [id, proving, beside]);
  return (
    <TextInput
      id={id}
      label={proving ? account.enrolProveLabel : account.code}
      hint={proving ? account.enrolProveHint : account.codeHint}
      autocomplete="one-time-code"
      width={10}
      maxLength={40}
      code
      {...(proving ? { inputMode: 'numeric' as const } : {})}
      value={value}
      error={error}
      onInput={onInput}
    />
  );
}
