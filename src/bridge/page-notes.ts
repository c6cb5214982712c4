/**
 * The page's own storage for what must outlive a damaged database. A browser that lets nothing be kept there, or whose disk is
 * full, leaves the laptop without a loss detector; nothing else fails for it.
 */
import { parse, type Schema } from '../protocol/parse.ts';

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

/** What a note says; null where there is none, or somebody else's text under our name. */
export function parseNote<T>(schema: Schema<T>, text: string | null): T | null {
  try {
    return text === null ? null : parse(schema, JSON.parse(text));
  } catch {
    return null;
  }
}
