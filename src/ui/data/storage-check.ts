/** What is known of whether this computer keeps its person's work: null until it has been looked up. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { StorageCheck } from '../../bridge/storage-check.ts';

export type CheckStorage = (laptop: Laptop) => Promise<StorageCheck>;

/** Looks once as the laptop is opened: there is one answer until it is closed. */
export function useChecking(laptop: Laptop, check: CheckStorage): StorageCheck | null {
  const [found, setFound] = useState<StorageCheck | null>(null);
  useEffect(() => void check(laptop).then(setFound), [laptop, check]);
  return found;
}

export const StorageCheckContext = createContext<StorageCheck | null>(null);

export const useStorageCheck = (): StorageCheck | null => useContext(StorageCheckContext);
