/**
 * The application around every screen of an opened laptop: bar, banners, the screen itself. Reads the organisation once
 * for all screens, locks when idle, moves the focus on a change of screen.
 */
import { LocationProvider, useLocation } from 'preact-iso';
import { useCallback, useState } from 'preact/hooks';
import type { Unsaved } from '../../bridge/home.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import { withCube } from '../../domain/rights.ts';
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
import { useIsToldCube } from '../data/use-is-told-cube.ts';
import { useLive } from '../data/use-live.ts';
import { TourContext, TourStrip, useTour } from '../first-run/tour.tsx';
import { Announcer } from '../parts/announce.tsx';
import { words } from '../words.ts';
import { accessibility } from '../words/accessibility.ts';
import { Banners } from './banners.tsx';
import { ExampleBar } from './example-bar.tsx';
import { useIdleLock, type LockWhy } from './idle-lock.ts';
import { Foot } from './foot.tsx';
import { LoseDialog, type Leaving } from './lose-dialog.tsx';
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
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const [kept, setKept] = useState<Kept | null>(null);
  const leave = useCallback(
    async (how: Leaving, why: LockWhy, unsaved: Unsaved = 'keep'): Promise<void> => {
      if (how === 'update') return update.applyUpdate(unsaved);
      setLeaving(how);
      const left = await (how === 'lock' ? laptop.lock(unsaved) : laptop.home.server?.signOut(unsaved));
      if (left !== false) return;
      setLeaving(null);
      setKept({ how, why });
    },
    [laptop, update],
  );
  const editors = useKeepingEditors(laptop);
  const check = useChecking(laptop, checkStorage);
  const locksSoon = useIdleLock(laptop, (why) => void leave('lock', why));
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
                leaving={leaving !== null}
                kept={kept}
                locksSoon={locksSoon}
                onLeave={(how, unsaved) => void leave(how, 'asked', unsaved)}
                onStay={() => setKept(null)}
              />
            </Announcer>
          </StorageCheckContext.Provider>
        </OpenEditorsContext.Provider>
      </OrganisationContext.Provider>
    </LocationProvider>
  );
}

/** What left the laptop open, since something could not be saved. */
interface Kept {
  readonly how: Leaving;
  readonly why: LockWhy;
}

interface FrameProps extends Omit<OpenLaptopProps, 'checkStorage'> {
  readonly organisation: Organisation;
  readonly leaving: boolean;
  readonly kept: Kept | null;
  /** Nobody has been here for nine minutes. */
  readonly locksSoon: boolean;
  readonly onLeave: (how: Leaving, unsaved?: Unsaved) => void;
  readonly onStay: () => void;
}

function Frame({ laptop, update, organisation, leaving, kept, locksSoon, onLeave, onStay }: FrameProps) {
  const { path } = useLocation();
  const [asking, setAsking] = useState<'sign-out' | 'sign-in' | null>(null);
  const isTold = useIsToldCube(laptop.store);
  const known = standingIn(organisation, laptop.store.person, today(laptop));
  const standing = isTold ? withCube(known) : known;
  const notUpdated = update.notUpdated.value ? 'update' : null;
  const losing = kept?.why === 'asked' ? kept.how : notUpdated;
  const me = personById(organisation, laptop.store.person);
  const { server } = laptop.home;
  const locking = laptop.locking.value;
  const tour = useTour(laptop, standing);
  useRouteFocus(path);
  return (
    <div class={`app-frame${locking === 'saving' ? ' app-frame--blank' : ''}`} aria-busy={leaving}>
      <a class="govuk-skip-link" href="#main">
        {words.frame.skip}
      </a>
      {!laptop.home.isKept && <ExampleBar onLeave={() => onLeave('lock', 'lose')} />}
      <TopBar
        laptop={laptop}
        standing={standing}
        authorityName={organisation.authorityName ?? laptop.entry.authorityName}
        personName={me?.name ?? laptop.session.name}
        path={path}
        onLock={() => onLeave('lock')}
        onSignOut={() => setAsking('sign-out')}
      />
      <Banners
        laptop={laptop}
        update={update}
        notLocked={kept?.why === 'idle' || locking === 'not-saved'}
        locksSoon={locksSoon}
        onSignInAgain={() => setAsking('sign-in')}
      />
      <TourStrip laptop={laptop} tour={tour} standing={standing} path={path} />
      <main id="main" class="app-main" tabIndex={-1}>
        {standing.roles.length === 0 && path !== '/this-laptop' && path !== accessibility.href ? (
          <NothingYet laptop={laptop} known={me !== undefined} />
        ) : (
          <TourContext.Provider value={tour}>
            <Routes laptop={laptop} standing={standing} />
          </TourContext.Provider>
        )}
      </main>
      <Foot />
      {server && (
        <>
          <SignOutDialog
            laptop={laptop}
            open={asking === 'sign-out' && losing === null}
            busy={leaving}
            onCancel={() => setAsking(null)}
            onSignOut={() => onLeave('sign-out')}
          />
          <SignInAgain
            server={server}
            email={laptop.entry.label}
            open={asking === 'sign-in'}
            onDone={() => setAsking(null)}
          />
        </>
      )}
      <LoseDialog
        how={losing}
        busy={leaving}
        onCancel={() => {
          setAsking(null);
          update.stay();
          onStay();
        }}
        onLose={(how) => onLeave(how, 'lose')}
      />
    </div>
  );
}
