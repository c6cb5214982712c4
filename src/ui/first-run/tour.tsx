/**
 * A look round: a quiet strip above the screen that names one thing after another and points at it. It takes neither the focus
 * nor a key, covers nothing, and waits while the person is on another screen. Once done or skipped it does not come back by
 * itself; "This laptop" starts it again.
 */
import { createContext } from 'preact';
import { useContext, useEffect, useId, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { Standing } from '../../domain/rights.ts';
import { Button } from '../parts/button.tsx';
import { pageHeadingId } from '../parts/page.tsx';
import { firstRun as say } from '../words/first-run.ts';
import { rememberTour, toursDone } from './first-run-memory.ts';
import { point } from './pointing.ts';
import { screenOf, stepsFor, toursFor, type TourRole } from './tour-steps.ts';

export interface Tour {
  /** Whose look round is open, and at which step; null when none is. */
  readonly role: TourRole | null;
  readonly step: number;
  go(step: number): void;
  start(role: TourRole): void;
  end(): void;
}

/** The look round of an open laptop: what the person has not seen yet, of the screen they start from. */
export function useTour(laptop: Laptop, standing: Standing): Tour {
  const [done, setDone] = useState<readonly string[]>(() => toursDone(laptop));
  const [asked, setAsked] = useState<TourRole | null>(null);
  const [step, setStep] = useState(0);
  const [first] = toursFor(standing);
  const role = asked ?? (first !== undefined && !done.includes(first) ? first : null);
  return {
    role,
    step,
    go: setStep,
    start(again) {
      setStep(0);
      setAsked(again);
    },
    end() {
      if (role !== null) {
        rememberTour(laptop, role);
        setDone([...done, role]);
      }
      setAsked(null);
      setStep(0);
    },
  };
}

export const TourContext = createContext<Tour | null>(null);

export function useTourHere(): Tour {
  const tour = useContext(TourContext);
  if (tour === null) throw new Error('useTourHere is called outside the application frame');
  return tour;
}

interface TourStripProps {
  readonly laptop: Laptop;
  readonly tour: Tour;
  readonly standing: Standing;
  readonly path: string;
}

export function TourStrip({ laptop, tour, standing, path }: TourStripProps) {
  const { role, step } = tour;
  // The start page is the first screen of whatever the person is.
  const here = path === '/' && toursFor(standing)[0] !== 'auditor' ? '/percentages' : path;
  if (role === null || screenOf(role) !== here) return null;
  return <Strip key={role} tour={tour} steps={stepsFor(role, laptop.home)} step={step} />;
}

interface StripProps {
  readonly tour: Tour;
  readonly steps: ReturnType<typeof stepsFor>;
  readonly step: number;
}

function Strip({ tour, steps, step }: StripProps) {
  const id = useId();
  const now = steps[step];
  useEffect(() => (now === undefined ? undefined : point(now.at)), [now?.id]);
  if (now === undefined) return null;
  const { title, body } = say.steps[now.id];
  const isLast = step === steps.length - 1;
  const end = (): void => {
    tour.end();
    document.getElementById(pageHeadingId)?.focus();
  };
  return (
    <section class="app-tour" aria-labelledby={id}>
      <div class="app-tour__text" aria-live="polite">
        <p class="app-tour__count">
          <span id={id}>{say.tour}</span> · {say.tourOf(step + 1, steps.length)}
        </p>
        <p class="app-tour__body">
          <strong>{title}.</strong> {body}
        </p>
      </div>
      <div class="app-tour__ways">
        <Button kind="secondary" small onClick={() => (isLast ? end() : tour.go(step + 1))}>
          {isLast ? say.tourDone : say.tourNext}
        </Button>
        {step > 0 && (
          <Button kind="secondary" small onClick={() => tour.go(step - 1)}>
            {say.tourBack}
          </Button>
        )}
        {!isLast && (
          <Button kind="link" onClick={end} about={say.tourSkipAbout}>
            {say.tourSkip}
          </Button>
        )}
      </div>
    </section>
  );
}
