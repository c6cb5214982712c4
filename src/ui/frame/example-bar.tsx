/** Above every screen of the example: that nothing in it is real, that nothing is kept, and the way out. */
import { words } from '../words.ts';

export function ExampleBar({ onLeave }: { readonly onLeave: () => void }) {
  const { frame } = words;
  return (
    <div class="app-example" role="region" aria-label={frame.exampleRegion}>
      <p class="app-example__text">{frame.exampleBar}</p>
      <button type="button" class="app-example__leave" onClick={onLeave}>
        {frame.leaveExample}
      </button>
    </div>
  );
}
