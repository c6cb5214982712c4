/**
 * Shares audits out evenly: over services by their part of the programme, over the teams of each, and over the auditors, of
 * whom nobody audits the team they work in. Keeps every team's grades close to the story.
 */
import type { Cast, CastPerson } from './cast.ts';
import { evenly, type Chance, type ChanceOf } from './chance.ts';
import { isOpenAt, serviceKeyAt } from './organisation.ts';
import { services, type StoryService, type StoryTeam } from './story.ts';

export interface Desk {
  /** Whose case comes next, at a part of the time told. */
  nextTeam(part: number, chance: Chance): { readonly service: StoryService; readonly team: StoryTeam };
  mayAudit(person: CastPerson, team: StoryTeam): boolean;
  /** Gives an audit to the one who has had least, or to `wanted`. */
  giveTo(wanted: CastPerson | null, team: StoryTeam, chance: Chance): CastPerson;
  moderatorOf(team: StoryTeam, auditor: CastPerson, chance: Chance): CastPerson;
  /** Where the team's next audit stands among its grades: from 0, the worst, to 1. */
  nextGradeOf(team: StoryTeam): number;
}

const monthly = services.reduce((sum, service) => sum + service.monthly, 0);
/** The known auditor audits more, so that there is something to see. */
const knownShare = 2;

export function openDesk(cast: Cast, chanceOf: ChanceOf): Desk {
  const places = services.flatMap((service) => service.teams.map((team) => ({ service, team })));
  const nextService = evenly(chanceOf('services').share());
  const nextGrade = new Map(places.map(({ team }) => [team, evenly(chanceOf(`grades ${team.name}`).share())]));
  const audited = new Map<string, number>();
  const loads = new Map<CastPerson, number>();

  const leastUsed = <T>(from: readonly T[], used: (item: T) => number, chance: Chance): T => {
    const least = Math.min(...from.map(used));
    return chance.pick(from.filter((item) => used(item) === least));
  };
  const loadOf = (person: CastPerson): number =>
    Math.floor((loads.get(person) ?? 0) / (person === cast.auditor ? knownShare : 1));
  const mayAudit = (person: CastPerson, team: StoryTeam): boolean => person.audits && person.home !== team.name;

  return {
    mayAudit,
    nextTeam(part, chance) {
      const at = nextService() * monthly;
      let sum = 0;
      const wanted = services.find((service) => at < (sum += service.monthly));
      const open = places.filter(
        ({ service, team }) => serviceKeyAt(service, team, part) === wanted?.key && isOpenAt(team, part),
      );
      if (wanted === undefined || open.length === 0) throw new Error('A service of the story has no open team');
      // A team that is new in a service does not have to catch up.
      const keyOf = (team: StoryTeam): string => `${wanted.key} ${team.name}`;
      const known = open.flatMap(({ team }) => audited.get(keyOf(team)) ?? []);
      const least = known.length === 0 ? 0 : Math.min(...known);
      const usedOf = (team: StoryTeam): number => audited.get(keyOf(team)) ?? least;
      const { team } = leastUsed(open, (place) => usedOf(place.team), chance);
      audited.set(keyOf(team), usedOf(team) + 1);
      return { service: wanted, team };
    },
    giveTo(wanted, team, chance) {
      const others = cast.people.filter((person) => mayAudit(person, team));
      const auditor = wanted ?? leastUsed(others, loadOf, chance);
      loads.set(auditor, (loads.get(auditor) ?? 0) + 1);
      return auditor;
    },
    moderatorOf(team, auditor, chance) {
      const moderates = ({ also }: CastPerson): boolean => also.some(({ role }) => role === 'moderator');
      const isFree = (person: CastPerson): boolean => person !== auditor && person.home !== team.name;
      return chance.pick(cast.people.filter((person) => moderates(person) && isFree(person)));
    },
    nextGradeOf: (team) => nextGrade.get(team)?.() ?? 0,
  };
}
