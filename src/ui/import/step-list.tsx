/** The steps of an import: which this is, which come before it and can be gone back to, which are still to come. */
import { useOrganisation } from '../data/organisation.ts';
import { importing as say } from '../words/import.ts';
import type { FlowState } from './import-flow.ts';
import { steps, stepToShow, type Step } from './steps.ts';

interface StepListProps {
  readonly here: Step;
  readonly state: FlowState;
}

export function StepList({ here, state }: StepListProps) {
  const organisation = useOrganisation();
  const at = steps.indexOf(here);
  return (
    <nav class="app-steps" aria-label={say.steps}>
      <ol class="app-steps__list">
        {steps.map((step, place) => (
          <StepItem
            key={step}
            step={step}
            place={place < at ? 'before' : place === at ? 'here' : 'after'}
            link={place < at && stepToShow(step, state, organisation) === step}
          />
        ))}
      </ol>
    </nav>
  );
}

interface StepItemProps {
  readonly step: Step;
  readonly place: 'before' | 'here' | 'after';
  readonly link: boolean;
}

function StepItem({ step, place, link }: StepItemProps) {
  const text = say.step[step];
  return (
    <li class={`app-steps__item app-steps__item--${place}`} aria-current={place === 'here' ? 'step' : undefined}>
      {link ? (
        <a class="govuk-link" href={`/import/${step}`}>
          {text}
        </a>
      ) : (
        <span>{text}</span>
      )}
      {place === 'before' && <span class="govuk-visually-hidden"> ({say.stepDone})</span>}
    </li>
  );
}
