/** The frame of the screens before a laptop is open: the product's name, one question, nothing else. */
import type { ComponentChildren } from 'preact';
import { Page } from '../parts/page.tsx';
import { words } from '../words.ts';
import { Foot } from './foot.tsx';
import { Mark } from './mark.tsx';

interface DoorProps {
  readonly title: string;
  readonly hasError?: boolean;
  readonly authorityName?: string | null;
  /** Room for what stands side by side. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

export function Door({ title, hasError = false, authorityName = null, wide = false, children }: DoorProps) {
  return (
    <div class={`app-door ${wide ? 'app-door--wide' : ''}`}>
      <header class="app-door__top">
        <Mark size={28} />
        <span class="app-door__product">{words.names.product}</span>
        {authorityName !== null && authorityName !== '' && <span class="app-door__authority">{authorityName}</span>}
      </header>
      <main id="main" class="app-door__main">
        <Page title={title} hasError={hasError}>
          {children}
        </Page>
      </main>
      <Foot isDoor />
    </div>
  );
}
