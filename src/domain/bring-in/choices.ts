/**
 * What the services, teams, tools and people of a file are here: which answers there are for each, which one suggests itself,
 * and what an id of the file is once all are given. Nothing is guessed: only a name (of a person also the email) that
 * matches exactly one here suggests itself, and the person says so or otherwise.
 */
import { isHexId, type PersonId } from '../ids.ts';
import { mayWrite, type Standing } from '../rights.ts';
import type { Tool } from '../tool.ts';
import type { IdHere, Referent } from './references.ts';

/** A service, team, tool or person, of the file or of here. */
export interface Named {
  readonly what: Referent;
  readonly id: string;
  readonly name: string;
  /** Of a team: the service it is in. */
  readonly service?: string;
  /** Of a person. */
  readonly email?: string;
  /** Of a tool. */
  readonly tool?: Tool;
}

export type Choice =
  /** It is one that is here. */
  | { readonly kind: 'same'; readonly id: string }
  /** It is made here, as it is. */
  | { readonly kind: 'make' }
  /** Whatever names it stays out. */
  | { readonly kind: 'leave' };

/** By id of the file; ids are random, so a service and a team never share one. */
export type Choices = ReadonlyMap<string, Choice>;

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Those here that one of the file may be. A team only one of the service that its own service is. */
export function optionsFor(theirs: Named, ours: readonly Named[], choices: Choices): readonly Named[] {
  const service = theirs.service === undefined ? undefined : choices.get(theirs.service);
  return ours.filter((one) => {
    if (one.what !== theirs.what) return false;
    if (theirs.what === 'team') return service?.kind === 'same' && one.service === service.id;
    if (theirs.what === 'tool')
      return theirs.tool !== undefined && one.tool !== undefined && fits(theirs.tool, one.tool);
    return true;
  });
}

/** Whether every answer given with one tool has its place in another. */
function fits(theirs: Tool, ours: Tool): boolean {
  const grades = new Set(ours.scale.grades.map(({ id }) => id));
  return (
    theirs.scale.grades.every(({ id }) => grades.has(id)) &&
    (theirs.overall === null || ours.overall !== null) &&
    theirs.sections.every((section) => {
      const same = ours.sections.find(({ id }) => id === section.id);
      return same !== undefined && section.checks.every(({ id }) => same.checks.some((check) => check.id === id));
    })
  );
}

/** Whether whoever brings in may make one here. Two people cannot have one email. */
export function mayMake(theirs: Named, ours: readonly Named[], choices: Choices, standing: Standing): boolean {
  const unit = theirs.what === 'tool' ? 'definition' : 'profile';
  if (!mayWrite(standing, theirs.what, unit, null, null)) return false;
  if (theirs.what === 'tool') return isHexId(theirs.id); // no record takes the place of a built-in tool
  if (theirs.what === 'team') {
    const service = choices.get(theirs.service ?? '');
    return service !== undefined && service.kind !== 'leave';
  }
  const { email } = theirs;
  return email === undefined || !ours.some((one) => one.email !== undefined && folded(one.email) === folded(email));
}

/** The one here that it suggests itself to be: the same record, the same email, or the only one of that name. */
export function suggestionFor(theirs: Named, ours: readonly Named[], choices: Choices): Choice | null {
  const options = optionsFor(theirs, ours, choices);
  const { email } = theirs;
  const same =
    options.find(({ id }) => id === theirs.id) ??
    options.find((one) => email !== undefined && one.email !== undefined && folded(one.email) === folded(email));
  const named = options.filter(({ name }) => folded(name) === folded(theirs.name));
  const only = same ?? (named.length === 1 ? named[0] : undefined);
  return only === undefined ? null : { kind: 'same', id: only.id };
}

/** The order in which they are asked about: a team is one of its service. */
export const askedInTurn: readonly Referent[] = ['service', 'team', 'tool', 'person'];

/** Those of one sort that have to be said. Whoever the file is of is who brings it in; a team goes out with its service. */
export const askedOf = <One extends Named>(
  all: readonly One[],
  what: Referent,
  choices: Choices,
  they: PersonId,
): readonly One[] =>
  all.filter((one) => one.what === what && one.id !== (they as string) && !goesWithService(one, choices));

const goesWithService = (one: Named, choices: Choices): boolean =>
  one.what === 'team' && choices.get(one.service ?? '')?.kind === 'leave';

/** Whether a choice can stand beside those made before it. */
export function isPossible(
  choice: Choice,
  theirs: Named,
  ours: readonly Named[],
  choices: Choices,
  standing: Standing,
): boolean {
  if (choice.kind === 'leave') return true;
  if (choice.kind === 'make') return mayMake(theirs, ours, choices, standing);
  return optionsFor(theirs, ours, choices).some(({ id }) => id === choice.id);
}

interface Known {
  readonly choices: Choices;
  readonly isBuiltIn: (tool: string) => boolean;
  /** Who the file is of, and who brings it in. */
  readonly they: PersonId;
  readonly me: PersonId;
}

/** What an id of the file is here, by the choices made. */
export function idsHere({ choices, isBuiltIn, they, me }: Known): IdHere {
  return (what, id) => {
    if (what === 'person' && id === they) return me;
    if (what === 'tool' && isBuiltIn(id)) return id;
    const choice = choices.get(id);
    if (choice?.kind === 'same') return choice.id;
    return choice?.kind === 'make' ? id : null;
  };
}
