/**
 * After a change of screen the new heading takes the focus, so that a screen reader reads it and Tab goes on from there.
 * Not on the first screen: a page just opened begins at its top, with the skip link.
 */
import { useEffect, useRef } from 'preact/hooks';
import { pageHeadingId } from '../parts/page.tsx';

export function useRouteFocus(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return undefined;
    before.current = path;
    return focusHeading();
  }, [path]);
}

/** The heading may come a little later, when a screen reads from the store first. */
function focusHeading(): () => void {
  const main = document.getElementById('main');
  const focus = (): boolean => {
    const heading = document.getElementById(pageHeadingId);
    // A screen may have put the focus on a field already, or a quick key has.
    if (main?.contains(document.activeElement) !== true) heading?.focus({ preventScroll: true });
    return heading !== null;
  };
  if (main === null || focus()) return () => undefined;
  const observer = new MutationObserver(() => {
    if (focus()) observer.disconnect();
  });
  observer.observe(main, { childList: true, subtree: true });
  return () => observer.disconnect();
}
