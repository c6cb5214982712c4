/**
 * The page's own storage for what must outlive a damaged database. A browser that lets nothing be kept there, or whose disk is
 * full, leaves the laptop without a loss detector; nothing else fails for it.
 */
export interface PageNotes {
  names(): readonly string[];
  read(name: string): string | null;
  write(name: string, text: string): void;
  remove(name: string): void;
}

/** `storage` is asked each time: merely naming it throws where it is forbidden. */
export const notesOn = (storage: () => Storage): PageNotes => ({
  names: () => allowed(() => Object.keys(storage())) ?? [],
  read: (name) => allowed(() => storage().getItem(name)) ?? null,
  write: (name, text) => allowed(() => storage().setItem(name, text)),
  remove: (name) => allowed(() => storage().removeItem(name)),
});

function allowed<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
