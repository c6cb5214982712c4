/** Step 4: which services, teams and people the names in the file are. */
import { useState } from 'preact/hooks';
import type { TeamSpread } from '../../domain/import/places.ts';
import { useOrganisation } from '../data/organisation.ts';
import { Button } from '../parts/button.tsx';
import type { FieldError } from '../parts/error-summary.tsx';
import { Radios } from '../parts/radios.tsx';
import { importing as say } from '../words/import.ts';
import type { ImportFlow } from './import-flow.ts';
import { AuditorPlacings, ServicePlacings, TeamPlacings } from './placings.tsx';
import { StepPage } from './step-page.tsx';
import { placesOf } from './steps.ts';

interface PlacesStepProps {
  readonly flow: ImportFlow;
  readonly onDone: () => void;
}

/** Team names that are shown as examples of what is asked. */
const examples = 5;

export function PlacesStep({ flow, onDone }: PlacesStepProps) {
  const organisation = useOrganisation();
  const [asked, setAsked] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const state = flow.state.value;
  const draft = placesOf(state, organisation);
  if (draft === null || state.looked === null) return null;
  const { chosen } = state;
  const undecided = [...draft.services, ...draft.teams].filter(({ choice }) => choice === null);
  const asksSpread = draft.spreading.length > 0 && draft.spread === null;
  const wrong: readonly FieldError[] = [
    ...(asksSpread ? [{ id: 'spread', text: say.needSpread }] : []),
    ...undecided.map(({ name }) => ({ id: null, text: say.needPlace(name) })),
  ];
  const go = (): void => {
    setAsked(true);
    setAttempt((before) => before + 1);
    if (wrong.length === 0) onDone();
  };
  return (
    <StepPage step="places" state={state} title={say.placesTitle} errors={asked ? wrong : []} attempt={attempt}>
      <p class="govuk-body">{say.placesLead(state.looked.check.fresh.audits)}</p>
      <ServicePlacings
        placings={draft.services}
        onChoice={(key, choice) =>
          flow.set({ chosen: { ...chosen, services: new Map(chosen.services).set(key, choice) } })
        }
      />
      {draft.spreading.length > 0 && (
        <Radios<TeamSpread>
          id="spread"
          label={say.spread}
          labelSize="m"
          hint={say.spreadHint(draft.spreading.slice(0, examples), Math.max(0, draft.spreading.length - examples))}
          value={draft.spread}
          error={asked && asksSpread ? say.needSpread : null}
          choices={[
            { value: 'one', label: say.spreadOne, hint: say.spreadOneHint },
            { value: 'each', label: say.spreadEach },
          ]}
          onChange={(spread) => flow.set({ chosen: { ...chosen, spread, teams: new Map() } })}
        />
      )}
      <TeamPlacings
        placings={draft.teams}
        onChoice={(key, choice) => flow.set({ chosen: { ...chosen, teams: new Map(chosen.teams).set(key, choice) } })}
      />
      <AuditorPlacings
        placings={draft.auditors}
        onChoice={(key, choice) =>
          flow.set({ chosen: { ...chosen, auditors: new Map(chosen.auditors).set(key, choice) } })
        }
      />
      <Button onClick={go}>{say.continue}</Button>
    </StepPage>
  );
}
