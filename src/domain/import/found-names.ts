/**
 * The services, teams and auditors that the rows of a file name, counted, within a bound. Spellings that differ only in
 * case and spaces are one name, under the first spelling. A team is counted with each service it is named with.
 */
import type { ImportedAudit } from './apply.ts';
import { labelKey } from './labels.ts';

export interface FoundName {
  readonly name: string;
  readonly count: number;
}

export interface FoundTeam {
  readonly service: string;
  readonly name: string;
  readonly count: number;
}

/** In the order in which they were first seen. */
export interface FoundNames {
  readonly services: readonly FoundName[];
  readonly teams: readonly FoundTeam[];
  readonly auditors: readonly FoundName[];
}

export type NamedPlace = 'service' | 'team' | 'auditor';

/** More different names than this are no services, teams or people of one authority: the column is another. */
export const mostNames: Readonly<Record<NamedPlace, number>> = { service: 300, team: 2_000, auditor: 2_000 };

/** What a team is looked up by: its service and itself, as the file names them. */
export const teamKey = (service: string, team: string): string => `${labelKey(service)}\n${labelKey(team)}`;

export class NameTally {
  readonly #services = new Map<string, { name: string; count: number }>();
  readonly #teams = new Map<string, { service: string; name: string; count: number }>();
  readonly #auditors = new Map<string, { name: string; count: number }>();

  add({ service, team, auditor }: Pick<ImportedAudit, 'service' | 'team' | 'auditor'>): void {
    count(this.#services, labelKey(service), { name: service });
    count(this.#teams, teamKey(service, team), { service, name: team });
    if (auditor !== null) count(this.#auditors, labelKey(auditor), { name: auditor });
  }

  /** Which kind of name there are too many of; counting on would only fill the memory. */
  get tooMany(): NamedPlace | null {
    if (this.#services.size > mostNames.service) return 'service';
    if (this.#teams.size > mostNames.team) return 'team';
    return this.#auditors.size > mostNames.auditor ? 'auditor' : null;
  }

  answer(): FoundNames {
    return {
      services: [...this.#services.values()],
      teams: [...this.#teams.values()],
      auditors: [...this.#auditors.values()],
    };
  }
}

function count<Found extends object>(found: Map<string, Found & { count: number }>, key: string, one: Found): void {
  const known = found.get(key);
  if (known === undefined) found.set(key, { ...one, count: 1 });
  else known.count += 1;
}
