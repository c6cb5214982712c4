/** Says on a browser that deletes what a page keeps when nobody has come back for a week, before that happens, what helps. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { dropsUnused, readPersistence } from '../data/persistence.ts';
import { Notification } from '../parts/notification.tsx';
import { words } from '../words.ts';
import { firstRun as say } from '../words/first-run.ts';

export function DroppingBrowser({ laptop }: { readonly laptop: Laptop }) {
  const [drops, setDrops] = useState(false);
  useEffect(() => {
    const isInstalled = matchMedia('(display-mode: standalone)').matches;
    if (!dropsUnused(navigator.userAgent, isInstalled)) return;
    void readPersistence().then((state) => setDrops(state !== 'kept'));
  }, []);
  if (!drops || !laptop.home.isKept) return null;
  return (
    <Notification kind="attention" title={say.dropsTitle} heading={say.dropsHeading}>
      <p class="govuk-body">{words.homes[laptop.home.name].drops}</p>
    </Notification>
  );
}
