/** Where the link above an audit leads: to one's own audits, and for whoever has none to the percentages. */
import type { Laptop } from '../../bridge/laptop.ts';
import { today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { placesFor } from '../frame/navigation.ts';
import { words } from '../words.ts';

export function useBackHome(laptop: Laptop): { readonly href: string; readonly text: string } {
  const [home] = placesFor(standingIn(useOrganisation(), laptop.store.person, today(laptop)), laptop.home);
  return { href: home?.href ?? '/', text: home?.text ?? words.parts.back };
}
