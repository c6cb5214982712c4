/** A page with one quiet line, for moments in which there is nothing to do but wait. */
import { Mark } from './mark.tsx';

export function Quiet({ text }: { readonly text: string }) {
  return (
    <main class="app-quiet" id="main">
      <Mark size={40} />
      <p role="status">{text}</p>
    </main>
  );
}
