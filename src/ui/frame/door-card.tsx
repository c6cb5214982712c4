/** One of the doors on the first page: a heading that opens it, and the two things to know before. The whole card is the button. */
import { words } from '../words.ts';

type Picture = 'server' | 'laptop' | 'example';

interface DoorCardProps {
  readonly picture: Picture;
  readonly title: string;
  readonly who: string;
  readonly lost: string;
  readonly onOpen: () => void;
  /** What it is doing since it was opened; opening it again does nothing meanwhile. */
  readonly busy?: string | null;
}

export function DoorCard({ picture, title, who, lost, onOpen, busy = null }: DoorCardProps) {
  const { doors } = words;
  return (
    <li class="app-card">
      <svg class="app-card__picture" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
        <path d={pictures[picture]} />
      </svg>
      <h2 class="app-card__title">
        <button
          type="button"
          class="app-card__open"
          aria-disabled={busy === null ? undefined : 'true'}
          onClick={() => {
            if (busy === null) onOpen();
          }}
        >
          {title}
        </button>
      </h2>
      <dl class="app-card__facts">
        <dt>{doors.welcomeWho}</dt>
        <dd>{who}</dd>
        <dt>{doors.welcomeLost}</dt>
        <dd>{lost}</dd>
      </dl>
      <p class="app-card__busy" role="status">
        {busy}
      </p>
    </li>
  );
}

/** A council's house, a laptop, a plan to walk about in. */
const pictures: Readonly<Record<Picture, string>> = {
  server: 'M16 3 3 10v3h26v-3zM6 15h4v9H6zm8 0h4v9h-4zm8 0h4v9h-4zM3 26h26v3H3z',
  laptop: 'M6 6h20v15H6zm3 3v9h14V9zM2 23h28v3H2z',
  example: 'M3 5h26v22H3zm3 3v7h8V8zm11 0v3h9V8zm0 6v10h9V14zM6 18v6h8v-6z',
};
