/**
 * The application around every screen of an opened laptop: bar, banners, the screen itself. Reads the organisation once
 * for all screens, locks when idle, moves the focus on a change of screen.
 */
import { LocationProvider, useLocation } from 'preact-iso';
import { useCallback, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { UpdateBridge } from '../../bridge/update-bridge.ts';
import { OpenEditorsContext, useKeepingEditors } from '../audit-form/keeping-editors.ts';
import { today } from '../data/clock.ts';
import {
  OrganisationContext,
  organisationKinds,
  personById,
  readOrganisation,
  standingIn,
  type Organisation,
} from '../data/organisation.ts';
import { StorageCheckContext, useChecking, type CheckStorage } from '../data/storage-check.ts';
import { useLive } from '../data/use-live.ts';
import { TourContext, TourStrip, useTour } from '../first-run/tour.tsx';
import { Announcer } from '../parts/announce.tsx';
import { words } from '../words.ts';
import { Banners } from './banners.tsx';
import { ExampleBar } from './example-bar.tsx';
import { useIdleLock } from './idle-lock.ts';
import { NothingYet } from './nothing-yet.tsx';
import { Quiet } from './quiet.tsx';
import { Routes } from './routes.tsx';
import { useRouteFocus } from './route-focus.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { TopBar } from './top-bar.tsx';

interface OpenLaptopProps {
  readonly laptop: Laptop;
  readonly update: UpdateBridge;
  readonly checkStorage: CheckStorage;
}

export function OpenLaptop({ laptop, update, checkStorage }: OpenLaptopProps) {
  const organisation = useLive(
    laptop.store,
    () => readOrganisation(laptop.store),
    laptop.store.person,
    organisationKinds,
  );
  const [isLeaving, setLeaving] = useState(false);
  const leave = useCallback((close: () => Promise<void>) => {
    setLeaving(true);
    void close();
  }, []);
  const editors = useKeepingEditors(laptop);
  const check = useChecking(laptop, checkStorage);
  useIdleLock(laptop, () => leave(() => laptop.lock()));
  if (organisation === null) return <Quiet text={words.frame.loading} />;
  return (
    <LocationProvider>
      <OrganisationContext.Provider value={organisation}>
        <OpenEditorsContext.Provider value={editors}>
          <StorageCheckContext.Provider value={check}>
            <Announcer>
              <Frame
                laptop={laptop}
                update={update}
                organisation={organisation}
                isLeaving={isLeaving}
                onLeave={leave}
              />
            </Announcer>
          </StorageCheckContext.Provider>
        </OpenEditorsContext.Provider>
      </OrganisationContext.Provider>
    </LocationProvider>
  );
}

interface FrameProps extends Omit<OpenLaptopProps, 'checkStorage'> {
  readonly organisation: Organisation;
  readonly isLeaving: boolean;
  readonly onLeave: (close: () => Promise<void>) => void;
}

function Frame({ laptop, update, organisation, isLeaving, onLeave }: FrameProps) {
  const { path } = useLocation();
  const [asking, setAsking] = useState<'sign-out' | 'sign-in' | null>(null);
  const standing = standingIn(organisation, laptop.store.person, today(laptop));
  const me = personById(organisation, laptop.store.person);
  const { server } = laptop.home;
  const tour = useTour(laptop, standing);
  useRouteFocus(path);
  return (
    <div class="app-frame" aria-busy={isLeaving}>
      <a class="govuk-skip-link" href="#main">
        {words.frame.skip}
      </a>
      {!laptop.home.isKept && <ExampleBar onLeave={() => onLeave(() => laptop.lock())} />}
      <TopBar
        laptop={laptop}
        standing={standing}
        authorityName={organisation.authorityName ?? laptop.entry.authorityName}
        personName={me?.name ?? laptop.session.name}
        path={path}
        onLock={() => onLeave(() => laptop.lock())}
        onSignOut={() => setAsking('sign-out')}
      />
      <Banners laptop={laptop} update={update} onSignInAgain={() => setAsking('sign-in')} />
      <TourStrip laptop={laptop} tour={tour} standing={standing} path={path} />
      <main id="main" class="app-main" tabIndex={-1}>
        {standing.roles.length === 0 && path !== '/this-laptop' ? (
          <NothingYet laptop={laptop} known={me !== undefined} />
        ) : (
          <TourContext.Provider value={tour}>
            <Routes laptop={laptop} standing={standing} />
          </TourContext.Provider>
        )}
      </main>
      {server && (
        <>
          <SignOutDialog
            laptop={laptop}
            open={asking === 'sign-out'}
            busy={isLeaving}
            onCancel={() => setAsking(null)}
            onSignOut={() => onLeave(() => server.signOut())}
          />
          <SignInAgain
            server={server}
            email={laptop.entry.label}
            open={asking === 'sign-in'}
            onDone={() => setAsking(null)}
          />
        </>
      )}
    </div>
  );
}
