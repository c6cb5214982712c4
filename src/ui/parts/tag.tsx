/** A state in a word. The word says it; the colour only helps the eye. */
import type { ComponentChildren } from 'preact';

export type TagColour = 'grey' | 'green' | 'turquoise' | 'blue' | 'purple' | 'pink' | 'red' | 'orange' | 'yellow';

export function Tag({
  colour = 'grey',
  children,
}: {
  readonly colour?: TagColour;
  readonly children: ComponentChildren;
}) {
  return <strong class={`govuk-tag ${colour === 'blue' ? '' : `govuk-tag--${colour}`}`}>{children}</strong>;
}
