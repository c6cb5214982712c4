/** Starts the look round again, for each role a person has. */
import { useLocation } from 'preact-iso';
import type { Laptop } from '../../bridge/laptop.ts';
import { today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { firstRun as say } from '../words/first-run.ts';
import { useTourHere } from './tour.tsx';
import { screenOf, toursFor } from './tour-steps.ts';

export function TourAgain({ laptop }: { readonly laptop: Laptop }) {
  const tour = useTourHere();
  const { route } = useLocation();
  const roles = toursFor(standingIn(useOrganisation(), laptop.store.person, today(laptop)));
  if (roles.length === 0) return null;
  return (
    <section class="app-tour-again" aria-labelledby="tour-again">
      <h2 class="govuk-heading-m" id="tour-again">
        {say.tour}
      </h2>
      <p class="govuk-body">{say.tourLead}</p>
      <ButtonGroup>
        {roles.map((role) => (
          <Button
            key={role}
            kind="secondary"
            onClick={() => {
              tour.start(role);
              route(screenOf(role));
            }}
          >
            {say.tourStart(role, roles.length === 1)}
          </Button>
        ))}
      </ButtonGroup>
    </section>
  );
}
