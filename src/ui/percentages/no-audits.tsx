/** Where there is nothing to count: why, and what this person can do about it. */
import type { Laptop } from '../../bridge/laptop.ts';
import { hasRole, leadRoles, type Standing } from '../../domain/rights.ts';
import { today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { SetUpList } from '../first-run/set-up-list.tsx';
import { Button } from '../parts/button.tsx';
import { words } from '../words.ts';
import { percentages as say } from '../words/percentages.ts';
import { filtersOn, withoutFilters, type Question } from './question.ts';

interface NoAuditsProps {
  readonly laptop: Laptop;
  readonly question: Question;
  readonly onChange: (question: Question) => void;
}

export function NoAudits({ laptop, question, onChange }: NoAuditsProps) {
  if (filtersOn(question).length === 0) return <NoneAtAll laptop={laptop} />;
  return (
    <>
      <p class="govuk-body">{say.noneFit}</p>
      <Button kind="secondary" onClick={() => onChange(withoutFilters(question))}>
        {say.clearFilters}
      </Button>
    </>
  );
}

function NoneAtAll({ laptop }: { readonly laptop: Laptop }) {
  const standing = standingIn(useOrganisation(), laptop.store.person, today(laptop));
  const { home, sync } = laptop;
  const isComing = home.server !== null && sync.state.value.provedEqualMs === null;
  return (
    <>
      <p class="govuk-body">
        {words.homes[home.name].noAudits} {isComing && say.comeWithSync}
      </p>
      {!isComing && hasRole(standing, 'qa-lead') && home.isKept && (
        <>
          <SetUpList laptop={laptop} />
          <p class="govuk-body">
            {say.orImport} <a href="/import">{words.importing.link}</a>
          </p>
        </>
      )}
      {!isComing && leadRoles(standing).length > 0 && (
        <p class="govuk-body">{leadsSomething(standing) ? say.leadWaits : say.leadsNothing}</p>
      )}
      {!isComing && hasRole(standing, 'auditor') && home.server !== null && (
        <p class="govuk-body">
          {say.auditorWaits} <a href="/">{words.frame.myAudits}</a>
        </p>
      )}
    </>
  );
}

const leadsSomething = (standing: Standing): boolean =>
  leadRoles(standing).some(({ services, teams }) => services.size + teams.size > 0);
