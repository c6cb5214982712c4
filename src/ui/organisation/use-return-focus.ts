/** Gives the focus back to the button that opened a form or panel, once that is closed again. */
import { useEffect, useRef } from 'preact/hooks';

/** Returns what to call when something opens: it remembers who has the focus then, by id. */
export function useReturnFocus(open: boolean): () => void {
  const from = useRef('');
  useEffect(() => {
    if (open || from.current === '') return;
    document.getElementById(from.current)?.focus();
    from.current = '';
  }, [open]);
  return () => {
    from.current = document.activeElement?.id ?? '';
  };
}
