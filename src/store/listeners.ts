/** Who is told after a write has completed: this tab directly, other tabs and workers through a channel. */
import { indexes, type TableName } from './rows.ts';

export type WriteListener = (tables: readonly TableName[]) => void;

export interface Listeners {
  add(listener: WriteListener): () => void;
  /** Tells every listener here and, when there is a channel, elsewhere. A listener that throws harms nobody else. */
  tell(tables: readonly TableName[]): void;
  close(): void;
}

/** `channel` is named after the database; null for a store that nobody else can have open. */
export function newListeners(channel: BroadcastChannel | null): Listeners {
  const listeners = new Set<WriteListener>();
  const tellHere = (tables: readonly TableName[]): void => {
    for (const listener of listeners) queueMicrotask(() => listener(tables));
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const tables = tablesOf(data);
    if (tables !== null) tellHere(tables);
  });
  const unposted = new Set<TableName>();
  const post = (): void => {
    if (unposted.size > 0) channel?.postMessage({ wrote: [...unposted] });
    unposted.clear();
  };
  return {
    add(listener) {
      const own: WriteListener = (tables) => listener(tables);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell(tables) {
      tellHere(tables);
      if (channel === null) return;
      // Posting waits for the next task: whoever saved is answered first. One message for all that was written meanwhile.
      if (unposted.size === 0) setTimeout(post);
      for (const table of tables) unposted.add(table);
    },
    close() {
      post();
      listeners.clear();
      channel?.close();
    },
  };
}

/** Any page of the same origin can post on the channel: what is not exactly ours is ignored. */
function tablesOf(message: unknown): readonly TableName[] | null {
  if (typeof message !== 'object' || message === null || !('wrote' in message) || !Array.isArray(message.wrote))
    return null;
  const tables: readonly unknown[] = message.wrote;
  return tables.every(isTable) ? tables : null;
}

const isTable = (name: unknown): name is TableName => typeof name === 'string' && Object.hasOwn(indexes, name);
