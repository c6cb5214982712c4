/** One line under the top bar: what it says, and at most two things to do about it. */
import type { ComponentChildren } from 'preact';

interface Act {
  readonly text: string;
  readonly onClick: () => void;
}

interface BannerProps {
  readonly look: 'quiet' | 'act' | 'attention';
  readonly act?: Act;
  readonly other?: Act;
  readonly children: ComponentChildren;
}

export function Banner({ look, act, other, children }: BannerProps) {
  return (
    <div class={`app-banner app-banner--${look}`}>
      <p class="app-banner__text">{children}</p>
      {[act, other].map(
        (one) =>
          one && (
            <button key={one.text} type="button" class="app-link-button" onClick={one.onClick}>
              {one.text}
            </button>
          ),
      )}
    </div>
  );
}
