/**
 * What a look round shows, by role, and where on the screen each step is: on the screen that a person of the role starts from.
 * A step whose thing is not there (nobody to allocate to, nothing to lock) is left out.
 */
import type { Home } from '../../bridge/home.ts';
import { hasRole, type Standing } from '../../domain/rights.ts';
import type { RoleName } from '../../domain/values.ts';
import { firstRun } from '../words/first-run.ts';

export type StepId = keyof typeof firstRun.steps;

export interface TourStep {
  readonly id: StepId;
  /** CSS selectors of what the step is about: the first that finds something. */
  readonly at: readonly string[];
  readonly isThere?: (home: Pick<Home, 'hasOthers' | 'isKept'>) => boolean;
}

const leading: readonly TourStep[] = [
  { id: 'question', at: ['.app-question'] },
  { id: 'headline', at: ['.app-headline'] },
  { id: 'beside', at: ['.app-beside'] },
  { id: 'away', at: ['.app-page__actions'] },
];

/** The roles whose first screen has more to it than it says by itself. */
const tourRoles = ['auditor', 'qa-lead', 'head-of-service', 'team-lead'] as const satisfies readonly RoleName[];
export type TourRole = (typeof tourRoles)[number];

const steps: Readonly<Record<TourRole, readonly TourStep[]>> = {
  auditor: [
    { id: 'audits', at: ['.app-audit-list', '.app-nav__link[href="/"]'] },
    { id: 'start', at: ['[href="/new"]'] },
    { id: 'keys', at: ['.app-audit-list tbody a', '[href="/new"]'] },
    { id: 'saved', at: ['.app-top__save'] },
    { id: 'lock', at: ['.app-top__act'], isThere: ({ isKept }) => isKept },
  ],
  'team-lead': leading,
  'head-of-service': leading,
  'qa-lead': [
    { id: 'organisation', at: ['.app-nav__link[href="/organisation"]'] },
    { id: 'allocate', at: ['.app-nav__link[href="/allocate"]'], isThere: ({ hasOthers }) => hasOthers },
    { id: 'percentages', at: ['.app-nav__link[href="/percentages"]'] },
    { id: 'saved', at: ['.app-top__save'] },
  ],
};

export const stepsFor = (role: TourRole, home: Pick<Home, 'hasOthers' | 'isKept'>): readonly TourStep[] =>
  steps[role].filter(({ isThere }) => isThere?.(home) ?? true);

/** Whose look round a person is offered, of the screen they start from first. */
export const toursFor = (standing: Standing): readonly TourRole[] =>
  tourRoles.filter((role) => hasRole(standing, role));

/** Where the steps of a role can be seen. */
export const screenOf = (role: TourRole): '/' | '/percentages' => (role === 'auditor' ? '/' : '/percentages');
