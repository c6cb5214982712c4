/** Whether the browser keeps what is stored here, and what to do when it has not promised to. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { askPersistence, readPersistence, type Persistence } from '../data/persistence.ts';
import { Button } from '../parts/button.tsx';
import { words } from '../words.ts';

export function StorageState({ laptop }: { readonly laptop: Laptop }) {
  const [state, setState] = useState<Persistence | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => void readPersistence().then(setState), []);
  const { thisLaptop: text } = words;
  const said = words.homes[laptop.home.name];
  const ask = async (): Promise<void> => {
    const answer = await askPersistence();
    setState(answer);
    setRefused(answer === 'not-kept');
  };
  switch (state) {
    case null:
      return null;
    case 'kept':
      return <>{text.persisted}</>;
    case 'unknown':
      return <>{said.storageUnknown}</>;
    case 'not-kept':
      return (
        <>
          <p class="app-tight">{said.storageNotKept}</p>
          {refused ? (
            <p class="app-tight" role="status">
              {text.persistRefused}
            </p>
          ) : (
            <Button kind="link" onClick={() => void ask()}>
              {text.askPersist}
            </Button>
          )}
        </>
      );
    default:
      return state satisfies never;
  }
}
