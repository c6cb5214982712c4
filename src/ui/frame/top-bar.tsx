/** The top of every page: product, authority, where the work is saved, who is here, lock and sign out where there are such, and the navigation. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { Standing } from '../../domain/rights.ts';
import { useOpenEditors } from '../audit-form/keeping-editors.ts';
import { SaveState, saveStep, saveText, wholeStep } from '../parts/save-state.tsx';
import { nowMs } from '../data/clock.ts';
import { useHeldCount } from '../held/use-held-list.ts';
import { words } from '../words.ts';
import { held } from '../words/held.ts';
import { useSaidWhenSettled } from './said-when-settled.ts';
import { Mark } from './mark.tsx';
import { placeAt, placesFor, type Place } from './navigation.ts';

interface TopBarProps {
  readonly laptop: Laptop;
  readonly standing: Standing;
  readonly authorityName: string;
  readonly personName: string;
  readonly path: string;
  readonly onLock: () => void;
  readonly onSignOut: () => void;
}

export function TopBar(props: TopBarProps) {
  const { laptop, standing, authorityName, personName, path, onLock, onSignOut } = props;
  const { home } = laptop;
  const places = placesFor(standing, home);
  const { where } = words.homes[home.name];
  const here = placeAt(places, path);
  return (
    <header class="app-top">
      <div class="app-top__bar">
        <a class="app-top__product" href={places[0]?.href ?? '/'}>
          <Mark />
          <span>{words.names.product}</span>
        </a>
        {[authorityName, where].map((text) => text && <TopText key={text} text={text} />)}
        <nav class="app-top__account" aria-label={words.frame.account}>
          <WholeSaveState laptop={laptop} />
          <span class="app-top__person">{personName}</span>
          {home.isKept && (
            <button type="button" class="app-top__act" title={words.frame.lockHint} onClick={onLock}>
              {words.frame.lock}
            </button>
          )}
          {home.server && (
            <button type="button" class="app-top__act" onClick={onSignOut}>
              {words.frame.signOut}
            </button>
          )}
        </nav>
      </div>
      <nav class="app-nav" aria-label={words.frame.navigation}>
        <ul class="app-nav__list">
          {places.map((place) => (
            <li key={place.href}>
              <a class="app-nav__link" href={place.href} aria-current={place === here ? 'page' : undefined}>
                <PlaceText place={place} laptop={laptop} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** The lead's list says how many wait, also where one is elsewhere. */
function PlaceText({ place, laptop }: { readonly place: Place; readonly laptop: Laptop }) {
  const waiting = useHeldCount(laptop, place.href === '/to-decide');
  return <>{waiting > 0 ? held.navCount(waiting) : place.text}</>;
}

const TopText = ({ text }: { readonly text: string }) => <span class="app-top__authority">{text}</span>;

/** The save state of everything on this laptop; leads to the page that explains it. */
function WholeSaveState({ laptop }: { readonly laptop: Laptop }) {
  const counts = laptop.saveCounts.value;
  const sync = laptop.sync.state.value;
  const editors = useOpenEditors();
  const notSaved = editors.notSaved() !== null || editors.holdsRefused();
  const screens = { notSaved, saving: editors.hasUnsaved() || laptop.isRecounting.value };
  const step = wholeStep(saveStep(counts, sync), screens);
  const now = nowMs(laptop);
  useSaidWhenSettled(step, saveText(step, sync.provedEqualMs, now));
  const waiting = counts.unsent > 0 && laptop.home.server ? words.frame.changesWaiting(counts.unsent) : undefined;
  return (
    <a class="app-top__save" href="/this-laptop" title={waiting}>
      <SaveState step={step} atMs={sync.provedEqualMs} nowMs={now} />
    </a>
  );
}
