/**
 * Several lines of text, growing with what is written. With a `limit`, the number of characters left shows when the
 * text comes near it, and is spoken after typing pauses. Nothing is cut off: the caller decides what too long means.
 * `autocomplete` is off in every control: else the browser keeps what is in it, in clear, to restore the tab with.
 */
import { useEffect, useState } from 'preact/hooks';
import { words } from '../words.ts';
import { FieldShell, describedBy, type FieldProps } from './field.tsx';

export interface TextAreaProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onBlur?: () => void;
  readonly rows?: number;
  /** In UTF-16 units, as the schemas count. */
  readonly limit?: number;
  readonly spellcheck?: boolean;
  /** Letters and digits that mean nothing by themselves: spaced, so that they can be compared one by one. */
  readonly code?: boolean;
}

/** The count shows from this share of the limit on. */
const nearLimit = 0.9;
const speakAfterMs = 1000;

export function TextArea(props: TextAreaProps) {
  const { id, value, error, limit, rows = 4 } = props;
  const left = limit === undefined ? null : limit - value.length;
  const shown = limit !== undefined && value.length >= limit * nearLimit;
  const countId = `${id}-count`;
  return (
    <FieldShell {...props} class="govuk-character-count">
      <textarea
        id={id}
        class={`govuk-textarea app-textarea ${props.code ? 'app-code-input' : ''} ${error ? 'govuk-textarea--error' : ''}`}
        rows={rows}
        autocomplete="off"
        value={value}
        spellcheck={props.spellcheck ?? true}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(props, shown ? countId : null)}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onBlur={props.onBlur}
      />
      {shown && left !== null && <CountLeft id={countId} left={left} />}
    </FieldShell>
  );
}

function CountLeft({ id, left }: { readonly id: string; readonly left: number }) {
  const text = left >= 0 ? words.parts.charactersLeft(left) : words.parts.charactersOver(-left);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), speakAfterMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <>
      <div id={id} class={`govuk-character-count__message ${left < 0 ? 'govuk-error-message' : 'govuk-hint'}`}>
        {text}
      </div>
      <div class="govuk-visually-hidden" aria-live="polite">
        {spoken}
      </div>
    </>
  );
}
