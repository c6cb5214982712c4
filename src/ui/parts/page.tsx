/**
 * The frame of one screen: back link, heading, actions, content. Sets the document's title. The heading takes the focus
 * after a change of screen (`frame/route-focus`), which is why there is exactly one and it has this id.
 */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { words } from '../words.ts';

export const pageHeadingId = 'page-heading';

export interface PageProps {
  readonly title: string;
  /**
   * What the browser's tab is called, where that is not the title. Browsers write it down, in clear: nothing of a record may be
   * in it, not even a case reference.
   */
  readonly tabTitle?: string;
  /** A quiet line above the heading, e.g. the tool and the case. */
  readonly caption?: ComponentChildren;
  readonly back?: { readonly href: string; readonly text?: string };
  /** Beside the heading on a wide screen: buttons, a save state. */
  readonly actions?: ComponentChildren;
  /** `reading` (default) keeps lines short; `wide` for tables and work. */
  readonly width?: 'reading' | 'wide';
  /** True while an error summary shows: the title says so first. */
  readonly hasError?: boolean;
  readonly children: ComponentChildren;
}

export function Page(props: PageProps) {
  const { title, tabTitle = title, caption, back, actions, width = 'reading', hasError = false, children } = props;
  useEffect(() => {
    document.title = words.frame.documentTitle(tabTitle, hasError);
  }, [tabTitle, hasError]);
  return (
    <div class={`app-page app-page--${width}`}>
      {back && (
        <a class="govuk-back-link" href={back.href}>
          {back.text ?? words.parts.back}
        </a>
      )}
      <div class="app-page__head">
        <div class="app-page__titles">
          {caption && <div class="app-page__caption">{caption}</div>}
          <h1 id={pageHeadingId} class="app-page__heading" tabIndex={-1}>
            {title}
          </h1>
        </div>
        {actions && <div class="app-page__actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
