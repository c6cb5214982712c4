/**
 * What a person has decided about the names of a file, as plain data for whoever writes: the id of every service, team and
 * auditor, and the records that have to be made first.
 */
import type { NewId, PersonId, ServiceId, TeamId } from '../ids.ts';
import type { Day, ServiceValue, TeamValue } from '../values.ts';
import type { ImportedAudit } from './apply.ts';
import { teamKey } from './found-names.ts';
import { labelKey } from './labels.ts';
import type { Choice, PlacesDraft } from './places.ts';

export interface ImportPlaces {
  /** By `labelKey` of the name. */
  readonly services: ReadonlyMap<string, ServiceId>;
  /** By `teamKey` of service and name. */
  readonly teams: ReadonlyMap<string, TeamId>;
  /** By `labelKey` of the name; who is not here is left out. */
  readonly auditors: ReadonlyMap<string, PersonId>;
}

export type NewPlace =
  | { readonly kind: 'service'; readonly id: ServiceId; readonly value: ServiceValue }
  | { readonly kind: 'team'; readonly id: TeamId; readonly value: TeamValue };

export interface DecidedPlaces {
  readonly places: ImportPlaces;
  /** Services before the teams in them. */
  readonly make: readonly NewPlace[];
}

/** null while something is undecided. New services and teams are there `from` a day on: not after their first audit. */
export function decidedPlaces(draft: PlacesDraft, newId: NewId, from: Day): DecidedPlaces | null {
  if (draft.spreading.length > 0 && draft.spread === null) return null;
  const make: NewPlace[] = [];
  const services = new Map<string, ServiceId>();
  for (const { key, name, choice } of draft.services) {
    if (choice === null) return null;
    const id = idOf(choice, newId);
    services.set(key, id);
    if (choice.kind === 'new') make.push({ kind: 'service', id, value: { name, from, to: null, was: [] } });
  }
  const teams = new Map<string, TeamId>();
  for (const { name, choice, members } of draft.teams) {
    const service = services.get(labelKey(members[0]?.service ?? ''));
    if (choice === null || service === undefined) return null;
    const id = idOf(choice, newId);
    for (const member of members) teams.set(teamKey(member.service, member.name), id);
    if (choice.kind === 'new') make.push({ kind: 'team', id, value: { name, service, from, to: null, was: [] } });
  }
  const auditors = draft.auditors.flatMap(({ key, choice }) =>
    choice?.kind === 'known' ? [[key, choice.id] as const] : [],
  );
  return { places: { services, teams, auditors: new Map(auditors) }, make };
}

const idOf = <Id extends string>(choice: Choice<Id>, newId: NewId): Id =>
  choice.kind === 'known' ? choice.id : (newId() as Id);

export interface AuditPlace {
  readonly service: ServiceId;
  readonly team: TeamId;
  readonly auditor: PersonId | null;
}

/** Where an audit of the file belongs; null when its names were not among those decided about. */
export function placeOf(places: ImportPlaces, audit: ImportedAudit): AuditPlace | null {
  const service = places.services.get(labelKey(audit.service));
  const team = places.teams.get(teamKey(audit.service, audit.team));
  if (service === undefined || team === undefined) return null;
  const auditor = audit.auditor === null ? null : (places.auditors.get(labelKey(audit.auditor)) ?? null);
  return { service, team, auditor };
}
