/** Buttons: one `primary` on a screen, `secondary` for the rest, `warning` for what cannot be taken back, `link` for small acts. */
import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: 'primary' | 'secondary' | 'warning' | 'link';
  /** With `href` it is a link that looks and, with the space bar, works like a button; `onClick` is not used. */
  readonly href?: string;
  readonly onClick?: () => void;
  readonly type?: 'button' | 'submit';
  /** While true a press does nothing, and the button keeps focus. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** Dense rows and bars. */
  readonly small?: boolean;
  readonly id?: string;
  /** Said to a screen reader after the visible text, e.g. which row a "Rename" belongs to. */
  readonly about?: string;
  readonly title?: string;
}

export function Button(props: ButtonProps) {
  const { children, kind = 'primary', href, type = 'button', busy = false, disabled = false, small, about } = props;
  const look =
    kind === 'link'
      ? 'app-link-button'
      : `govuk-button ${kind === 'primary' ? '' : `govuk-button--${kind}`} ${small ? 'app-button--small' : ''}`;
  const text = (
    <>
      {children}
      {about && <span class="govuk-visually-hidden"> {about}</span>}
    </>
  );
  if (href !== undefined) {
    return (
      <a
        id={props.id}
        class={look}
        href={href}
        role="button"
        draggable={false}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          event.currentTarget.click();
        }}
      >
        {text}
      </a>
    );
  }
  return (
    <button
      id={props.id}
      class={look}
      type={type}
      title={props.title}
      disabled={disabled}
      aria-disabled={busy ? 'true' : undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else props.onClick?.();
      }}
    >
      {text}
    </button>
  );
}

/** Buttons side by side, wrapping where there is no room. */
export function ButtonGroup({ children }: { readonly children: ComponentChildren }) {
  return <div class="govuk-button-group">{children}</div>;
}
