/** A banner inside a page. `success` is spoken at once; the others are regions a screen reader can find. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { words } from '../words.ts';

export interface NotificationProps {
  readonly kind?: 'info' | 'success' | 'attention';
  /** In the coloured bar; has a default by kind. */
  readonly title?: string;
  readonly heading: ComponentChildren;
  readonly children?: ComponentChildren;
}

const titles = { info: words.parts.important, success: words.parts.done, attention: words.parts.attention } as const;

export function Notification({ kind = 'info', title = titles[kind], heading, children }: NotificationProps) {
  const id = useId();
  const look =
    kind === 'info' ? '' : kind === 'success' ? 'govuk-notification-banner--success' : 'app-notification--attention';
  return (
    <div
      class={`govuk-notification-banner ${look}`}
      role={kind === 'success' ? 'alert' : 'region'}
      aria-labelledby={id}
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id={id}>
          {title}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">
        <p class="govuk-notification-banner__heading">{heading}</p>
        {children}
      </div>
    </div>
  );
}
