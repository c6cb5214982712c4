/** The places a person can go, by their roles and by what the home of their work offers. The first is where the product's name leads. */
import type { Home } from '../../bridge/home.ts';
import { hasRole, isDecider, managesAccounts, mayReadCube, readsAudits, type Standing } from '../../domain/rights.ts';
import { words } from '../words.ts';
import { board } from '../words/board.ts';
import { held } from '../words/held.ts';

export interface Place {
  readonly href: string;
  readonly text: string;
  /** Addresses that begin with one of these belong to this place. */
  readonly under: readonly string[];
}

const { frame } = words;
const myAudits: Place = { href: '/', text: frame.myAudits, under: ['/audit', '/new'] };
const percentages: Place = { href: '/percentages', text: frame.percentages, under: ['/percentages'] };
const boardFigures: Place = { href: '/board', text: board.nav, under: ['/board'] };
const allocate: Place = { href: '/allocate', text: frame.allocate, under: ['/allocate'] };
const organisation: Place = { href: '/organisation', text: frame.organisation, under: ['/organisation', '/import'] };
const people: Place = { href: '/organisation', text: frame.people, under: ['/organisation'] };
const toDecide: Place = { href: '/to-decide', text: held.nav, under: ['/to-decide'] };
const thisLaptop: Place = { href: '/this-laptop', text: frame.thisLaptop, under: ['/this-laptop'] };

export function placesFor(standing: Standing, home: Pick<Home, 'hasOthers'>): readonly Place[] {
  const qa = hasRole(standing, 'qa-lead');
  return [
    ...(hasRole(standing, 'auditor') ? [myAudits] : []),
    ...(readsAudits(standing) ? [percentages] : []),
    ...(mayReadCube(standing) ? [boardFigures] : []),
    ...(qa && home.hasOthers ? [allocate] : []),
    ...(qa ? [organisation] : managesAccounts(standing) ? [people] : []),
    ...(isDecider(standing) && home.hasOthers ? [toDecide] : []),
    thisLaptop,
  ];
}

/** The place an address belongs to. The start page is whatever comes first for this person. */
export const placeAt = (places: readonly Place[], path: string): Place | undefined =>
  places.find((place) => isAt(place, path)) ?? (path === '/' ? places[0] : undefined);

const isAt = (place: Place, path: string): boolean =>
  path === place.href || place.under.some((start) => path === start || path.startsWith(`${start}/`));
