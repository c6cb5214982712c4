/** Whether the browser keeps what is stored here, and what to do when it has not promised to. */
import { useEffect, useState } from 'preact/hooks';
import { askPersistence, readPersistence, type Persistence } from '../data/persistence.ts';
import { Button } from '../parts/button.tsx';
import { words } from '../words.ts';

export function StorageState() {
  const [state, setState] = useState<Persistence | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => void readPersistence().then(setState), []);
  const { thisLaptop: text } = words;
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
      return <>{text.storageUnknown}</>;
    case 'not-kept':
      return (
        <>
          <p class="app-tight">{text.notPersisted}</p>
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
