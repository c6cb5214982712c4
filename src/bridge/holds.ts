/**
 * Names held while a tab lives, however it ends (Web Locks). So a tab that starts can tell what another one is still busy with
 * from what a crashed one has left behind.
 */
export interface Holds {
  /** Until released, or until this tab is gone. Others may hold the same name too. */
  hold(name: string): Promise<() => void>;
  /** Does `work` when nobody holds the name, and keeps everybody from holding it meanwhile. */
  ifFree(name: string, work: () => Promise<void>): Promise<void>;
}

export function holdsOn(locks: LockManager): Holds {
  return {
    hold: (name) =>
      new Promise((resolve, reject) => {
        const held = (): Promise<void> => new Promise((release) => resolve(release));
        locks.request(name, { mode: 'shared' }, held).catch(reject);
      }),
    ifFree: (name, work) =>
      locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock !== null) await work();
      }),
  };
}
