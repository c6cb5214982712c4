/** Whether the browser has promised to keep what is stored here: it may clear anything else when the disk is full. */

export type Persistence = 'kept' | 'not-kept' | 'unknown';

export async function readPersistence(): Promise<Persistence> {
  if (navigator.storage?.persisted === undefined) return 'unknown';
  return (await navigator.storage.persisted()) ? 'kept' : 'not-kept';
}

/** Asks for the promise. Browsers answer by how the app is used (installed, bookmarked), some by asking the person. */
export async function askPersistence(): Promise<Persistence> {
  if (navigator.storage?.persist === undefined) return 'unknown';
  return (await navigator.storage.persist()) ? 'kept' : 'not-kept';
}
