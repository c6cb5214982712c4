/**
 * One worker per person leads: it alone pushes, pulls and listens (FAULTS 32). The lead is a Web Lock, which the browser
 * gives to the next worker when this one ends, however it ends.
 */

export interface Locks {
  request(name: string, options: { readonly signal: AbortSignal }, work: () => Promise<void>): Promise<unknown>;
}

/**
 * Waits for the lead, then does `work`; the lead is held until that promise ends. Ends quietly when `signal` aborts while
 * it waits.
 */
export async function lead(locks: Locks, name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await locks.request(name, { signal }, work);
  } catch (error) {
    // The platform rejects a wait that was called off; that is the end that was asked for.
    if (!signal.aborted) throw error;
  }
}
