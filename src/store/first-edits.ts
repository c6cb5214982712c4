/** What a laptop of one person alone says first: who they are, that all of it is theirs to do, and what it is called. */
import type { JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import { settingsId } from '../domain/unit-names.ts';
import type { Day, RoleGrant, RoleName } from '../domain/values.ts';
import type { Edit } from './record.ts';

/** Who sets up a laptop of their own. */
export interface NewPerson {
  readonly name: string;
  readonly email: string;
  /** Of the council or organisation; may be empty. */
  readonly authorityName: string;
}

/** They grade, and they act for the whole of an authority that is theirs alone. */
const roles: readonly RoleName[] = ['auditor', 'qa-lead'];

/** Long past: a clock that was ahead on the day of setting up must not shut them out once it is right. */
const from: Day = '2000-01-01';

/** One group: the authority's name if there is one, the person's profile, and their roles. */
export function firstEdits(person: RecordId, { name, email, authorityName }: NewPerson): readonly Edit[] {
  const grants = roles.map((role): RoleGrant => ({ role, services: [], teams: [], from, to: null }));
  return [
    ...(authorityName === '' ? [] : [first(settingsId as RecordId, 'settings', 'authority', { name: authorityName })]),
    first(person, 'person', 'profile', { name, email }),
    first(person, 'person', 'roles', { grants }),
  ];
}

const first = (record: RecordId, kind: 'settings' | 'person', unit: string, value: object): Edit => ({
  record,
  kind,
  unit,
  value: value as JsonObject,
  base: null,
});
