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

/**
 * Whether a browser deletes what a page keeps when its person has used the browser for seven days without coming to the page:
 * WebKit's, in a tab. What was added to the Dock or the Home Screen keeps its own storage (webkit.org/blog/14403).
 */
export const dropsUnused = (userAgent: string, isInstalled: boolean): boolean =>
  !isInstalled && /AppleWebKit\//.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent);
