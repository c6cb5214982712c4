/** The way to the first audit for whoever sets an authority up: what is done, and what comes next. */
import type { Laptop } from '../../bridge/laptop.ts';
import { today } from '../data/clock.ts';
import { useOrganisation } from '../data/organisation.ts';
import { Tag } from '../parts/tag.tsx';
import { firstRun as say } from '../words/first-run.ts';
import { setUpSteps } from './set-up-steps.ts';

export function SetUpList({ laptop }: { readonly laptop: Laptop }) {
  const steps = setUpSteps(useOrganisation(), laptop.home, today(laptop));
  return (
    <>
      <h2 class="govuk-heading-m">{say.setUpTitle}</h2>
      <ol class="govuk-list govuk-list--number">
        {steps.map(({ id, href, isDone, isPossible }) => {
          const text = href === '/new' ? say.startFirst : say.setUp[id];
          return (
            <li key={id}>
              {isDone || !isPossible ? text : <a href={href}>{text}</a>}{' '}
              {isDone && <Tag colour="green">{say.setUpDone}</Tag>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
