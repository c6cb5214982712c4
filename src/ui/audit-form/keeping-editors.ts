/**
 * The open editors of a laptop for all its screens. What is typed is put away when the page is hidden, locked or closed;
 * while something can neither be saved nor be kept beside the store, the browser asks before closing.
 */
import { createContext } from 'preact';
import { useContext, useEffect, useMemo } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { createOpenEditors, type OpenEditors } from './open-editors.ts';

export const OpenEditorsContext = createContext<OpenEditors | null>(null);

/** The editors of the laptop around this component. */
export function useOpenEditors(): OpenEditors {
  const editors = useContext(OpenEditorsContext);
  if (editors === null) throw new Error('A screen was drawn outside an opened laptop');
  return editors;
}

/** Makes the editors of a laptop; they end with the component that asks. */
export function useKeepingEditors(laptop: Laptop): OpenEditors {
  const editors = useMemo(createOpenEditors, [laptop]);
  useEffect(() => putAwayOnLeaving(laptop, editors), [laptop, editors]);
  return editors;
}

function putAwayOnLeaving(laptop: Laptop, editors: OpenEditors): () => void {
  const stop = new AbortController();
  const flush = (): void => void editors.flushAll();
  const ifHidden = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  const ifNotSaved = (event: Event): void => {
    flush(); // what was typed just now is not kept yet either
    if (editors.notSaved() !== null && !laptop.unsaved.isKept.peek()) event.preventDefault();
  };
  window.addEventListener('pagehide', flush, { signal: stop.signal });
  document.addEventListener('visibilitychange', ifHidden, { signal: stop.signal });
  window.addEventListener('beforeunload', ifNotSaved, { signal: stop.signal });
  const deregister = laptop.onBeforeLock(() => editors.flushAll());
  return () => {
    stop.abort();
    deregister();
    editors.stop();
  };
}
