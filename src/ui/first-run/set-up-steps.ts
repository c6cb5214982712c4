/** What has to be there before the first audit, and what of it is: by the organisation as this laptop knows it. Pure. */
import type { Home } from '../../bridge/home.ts';
import { hasRole } from '../../domain/rights.ts';
import type { Day } from '../../domain/values.ts';
import { isOpen, standingIn, type Organisation } from '../data/organisation.ts';

export interface SetUpStep {
  readonly id: 'services' | 'auditors' | 'first-audit';
  readonly href: string;
  readonly isDone: boolean;
  /** What it needs is there. */
  readonly isPossible: boolean;
}

export function setUpSteps(
  organisation: Organisation,
  { hasOthers }: Pick<Home, 'hasOthers'>,
  today: Day,
): readonly SetUpStep[] {
  const hasTeam = organisation.teams.some((team) => isOpen(team, today));
  const hasAuditor = organisation.people.some(({ id }) => hasRole(standingIn(organisation, id, today), 'auditor'));
  return [
    { id: 'services', href: '/organisation', isDone: hasTeam, isPossible: true },
    ...(hasOthers ? [{ id: 'auditors', href: '/organisation', isDone: hasAuditor, isPossible: true } as const] : []),
    { id: 'first-audit', href: hasOthers ? '/allocate' : '/new', isDone: false, isPossible: hasTeam && hasAuditor },
  ];
}
