/**
 * Where the audits of a file belong: which service, team and auditor of the authority each name in it is. What is plainly
 * known is suggested, what a person has chosen stands, and nothing is guessed:
 *
 *   a service or team nobody knows     suggested as a new one
 *   a name that fits several           undecided until a person chooses
 *   a team named with several services undecided until a person says, once for the file, whether it is one team or many
 *   an auditor nobody knows            left out: a person is never made from a name
 */
import type { PersonId, ServiceId, TeamId } from '../ids.ts';
import type { FoundNames, FoundTeam } from './found-names.ts';
import { labelKey } from './labels.ts';
import { matchName, type KnownName, type Match } from './match-name.ts';

export type Choice<Id extends string> = { readonly kind: 'known'; readonly id: Id } | { readonly kind: 'new' };
export type AuditorChoice = { readonly kind: 'known'; readonly id: PersonId } | { readonly kind: 'nobody' };

/** A team named with several services: one team that works across them, or one of its own in each. */
export type TeamSpread = 'one' | 'each';

export interface KnownTeam extends KnownName<TeamId> {
  readonly service: ServiceId;
}

export interface KnownPlaces {
  readonly services: readonly KnownName<ServiceId>[];
  readonly teams: readonly KnownTeam[];
  readonly people: readonly KnownName<PersonId>[];
}

/** What the person has chosen so far, by the keys of the draft. */
export interface PlacesChosen {
  readonly services: ReadonlyMap<string, Choice<ServiceId>>;
  readonly spread: TeamSpread | null;
  readonly teams: ReadonlyMap<string, Choice<TeamId>>;
  readonly auditors: ReadonlyMap<string, AuditorChoice>;
}

/** One name with what becomes of it; `choice` null while that is undecided. */
export interface Placing<Chosen> {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly choice: Chosen | null;
  /** Nobody has chosen it yet: it is what the names plainly say. */
  readonly suggested: boolean;
}

export interface TeamPlacing extends Placing<Choice<TeamId>> {
  /** As it is named with each of its services, the most frequent first. */
  readonly members: readonly FoundTeam[];
}

export interface PlacesDraft {
  readonly services: readonly Placing<Choice<ServiceId>>[];
  /** Names of teams that are found with several services; empty where there is nothing to ask. */
  readonly spreading: readonly string[];
  readonly spread: TeamSpread | null;
  /** Empty until it is known what a team with several services is. */
  readonly teams: readonly TeamPlacing[];
  readonly auditors: readonly Placing<AuditorChoice>[];
}

export const nothingChosen: PlacesChosen = {
  services: new Map(),
  spread: null,
  teams: new Map(),
  auditors: new Map(),
};

export function placesDraft(found: FoundNames, known: KnownPlaces, chosen: PlacesChosen): PlacesDraft {
  const services = found.services.map(({ name, count }): Placing<Choice<ServiceId>> => {
    const key = labelKey(name);
    return { key, name, count, ...placing(chosen.services.get(key), choiceOf(matchName(known.services, name))) };
  });
  const slots = new Map(services.map(({ key, choice }) => [key, slotOf(key, choice)]));
  const spreading = spreadingTeams(found.teams, slots);
  const spread = spreading.length > 0 ? chosen.spread : null;
  const asked = spreading.length > 0 && spread === null;
  const teams = asked ? [] : teamSlots(found.teams, slots, spread);
  return {
    services,
    spreading,
    spread,
    teams: teams.map(({ key, name, count, members }) => {
      const suggested = suggestTeam(known.teams, name, slots.get(labelKey(members[0]?.service ?? '')) ?? '', spread);
      return { key, name, count, members, ...placing(chosen.teams.get(key), suggested) };
    }),
    auditors: found.auditors.map(({ name, count }) => {
      const key = labelKey(name);
      const match = matchName(known.people, name);
      const suggested: AuditorChoice = match.kind === 'one' ? { kind: 'known', id: match.id } : { kind: 'nobody' };
      return { key, name, count, ...placing(chosen.auditors.get(key), suggested) };
    }),
  };
}

const placing = <Chosen>(chosen: Chosen | undefined, suggested: Chosen | null) =>
  chosen === undefined ? { choice: suggested, suggested: true } : { choice: chosen, suggested: false };

function choiceOf<Id extends string>(match: Match<Id>): Choice<Id> | null {
  if (match.kind === 'several') return null;
  return match.kind === 'one' ? { kind: 'known', id: match.id } : { kind: 'new' };
}

/** Two names that are one service share a slot, and so do their teams of one name. */
const slotOf = (key: string, choice: Choice<ServiceId> | null): string =>
  choice?.kind === 'known' ? choice.id : `new ${key}`;

type Slots = ReadonlyMap<string, string>;

const slotOfTeam = ({ service }: FoundTeam, slots: Slots): string => slots.get(labelKey(service)) ?? '';

function spreadingTeams(teams: readonly FoundTeam[], slots: Slots): readonly string[] {
  const seen = new Map<string, { readonly name: string; readonly slots: Set<string> }>();
  for (const team of teams) {
    const key = labelKey(team.name);
    const one = seen.get(key) ?? { name: team.name, slots: new Set() };
    one.slots.add(slotOfTeam(team, slots));
    seen.set(key, one);
  }
  return [...seen.values()].filter((one) => one.slots.size > 1).map(({ name }) => name);
}

interface TeamSlot {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** As they were found, the most frequent first. */
  readonly members: readonly FoundTeam[];
}

/** The names that are one team, by name alone or by service and name. */
function teamSlots(teams: readonly FoundTeam[], slots: Slots, spread: TeamSpread | null): readonly TeamSlot[] {
  const byKey = new Map<string, FoundTeam[]>();
  for (const team of teams) {
    const key = spread === 'one' ? labelKey(team.name) : `${slotOfTeam(team, slots)}\n${labelKey(team.name)}`;
    byKey.set(key, [...(byKey.get(key) ?? []), team]);
  }
  return [...byKey].map(([key, members]) => ({
    key,
    name: members[0]?.name ?? '',
    count: members.reduce((sum, { count }) => sum + count, 0),
    members: [...members].sort((a, b) => b.count - a.count),
  }));
}

/** A team of the same name in another service may be the same team or not: only a person knows. */
function suggestTeam(
  known: readonly KnownTeam[],
  name: string,
  slot: string,
  spread: TeamSpread | null,
): Choice<TeamId> | null {
  if (spread === 'one') return choiceOf(matchName(known, name));
  const here = matchName(
    known.filter(({ service }) => service === slot),
    name,
  );
  if (here.kind !== 'none' || spread === 'each') return choiceOf(here);
  return matchName(known, name).kind === 'none' ? { kind: 'new' } : null;
}
