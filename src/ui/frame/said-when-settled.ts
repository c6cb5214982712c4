/**
 * Tells a screen reader where the work is when that has changed for more than a moment: not at each change that is saved and
 * sent at once, but that it stays on this laptop, that it needs attention, and that it is on the council's server again (WCAG 4.1.3).
 */
import { useEffect, useRef } from 'preact/hooks';
import { useAnnounce } from '../parts/announce.tsx';
import type { SaveStep } from '../parts/save-state.tsx';

const settledMs = 3_000;

export function useSaidWhenSettled(step: SaveStep, sentence: string): void {
  const announce = useAnnounce();
  const said = useRef<SaveStep | null>(null);
  const newest = useRef(sentence);
  newest.current = sentence;
  useEffect(() => {
    const timer = setTimeout(() => {
      // Where it is when the page opens is on the page.
      if (said.current !== null && said.current !== step) announce(newest.current);
      said.current = step;
    }, settledMs);
    return () => clearTimeout(timer);
  }, [step, announce]);
}
