/** Names that the tabs of one browser hold, as Web Locks would; a tab that is closed lets go of its own. */
import type { Holds } from '../../src/bridge/holds.ts';

export interface FakeLocks {
  /** The holds of another tab, and how that tab is closed. */
  tab(): { readonly holds: Holds; close(): void };
}

export function fakeLocks(): FakeLocks {
  const held = new Map<object, Set<string>>();
  const isHeld = (name: string): boolean => [...held.values()].some((names) => names.has(name));
  return {
    tab() {
      const names = new Set<string>();
      const self = {};
      held.set(self, names);
      return {
        holds: {
          hold: async (name) => {
            names.add(name);
            return () => void names.delete(name);
          },
          ifFree: async (name, work) => {
            if (!isHeld(name)) await work();
          },
        },
        close: () => void held.delete(self),
      };
    },
  };
}
