/** Who somebody is today: the roles in force, and what they reach. Read afresh for each request, so a right ends at once. */
import { canonical } from '../../src/domain/canonical.ts';
import { grantsOf, teamsNow } from '../../src/domain/facts.ts';
import type { DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { rights } from '../../src/domain/rights-table.ts';
import { standingFingerprint, standingOf, type Standing } from '../../src/domain/rights.ts';
import type { Day } from '../../src/domain/values.ts';
import { isBlocked } from '../db/accounts.ts';
import type { Reachable, ReachableAudits } from '../db/heads.ts';
import { findRevocationOfCopy } from '../db/laptops.ts';
import { recordsOfKind, recordsOfKindAnd } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { sha256, type Asking } from './context.ts';

const londonDays = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

/** The day it is in London. */
export const londonDay = (ms: number): Day => londonDays.format(ms);

/** The standing of the person who asks. The server's own pen writes as a QA lead does. */
export async function readStanding(tx: Tx, { authority, person, nowMs }: Asking): Promise<Standing> {
  if (person === authority.serverPerson) {
    return { person, roles: [{ role: 'qa-lead', services: new Set(), teams: new Set() }] };
  }
  const found = await recordsOfKindAnd(tx, authority.id, 'team', person as string as RecordId);
  const own = found.find(({ id, kind }) => (id as string) === person && kind === 'person');
  if (own === undefined) return { person, roles: [] };
  const teams = found.filter(({ kind }) => kind === 'team');
  return standingOf(person, grantsOf(own.units), londonDay(nowMs), teamsNow(teams));
}

/**
 * What somebody may write from one laptop, whichever way it comes, and whenever it is judged. One that is to forget its copy hands over
 * grading: whatever else it brings is held, for somebody to decide about who is there (laptops 3). Of one that was stolen since, and of
 * somebody who may not sign in any more, so is everything.
 */
export async function standingOn(tx: Tx, asking: Asking, device: DeviceId): Promise<Standing> {
  const { authority, person } = asking;
  const standing = await readStanding(tx, asking);
  const revoked = await findRevocationOfCopy(tx, authority.id, device);
  if (revoked?.form === 'stolen' || (await isBlocked(tx, authority.id, person))) return { ...standing, roles: [] };
  return revoked === undefined
    ? standing
    : { ...standing, roles: standing.roles.filter(({ role }) => role === 'auditor') };
}

/** The people who are QA leads today. */
export async function qaLeadsNow(
  tx: Tx,
  { authority, nowMs }: Pick<Asking, 'authority' | 'nowMs'>,
): Promise<PersonId[]> {
  const people = await recordsOfKind(tx, authority.id, 'person');
  const today = londonDay(nowMs);
  return people
    .filter(({ id, units }) =>
      standingOf(id as string as PersonId, grantsOf(units), today, new Map()).roles.some(
        ({ role }) => role === 'qa-lead',
      ),
    )
    .map(({ id }) => id as string as PersonId);
}

/** Changes whenever what this person may see may have changed. */
export const rightsHash = (standing: Standing): string =>
  sha256(canonical(['plumbline.rights.1', standing.person, standingFingerprint(standing)]));

/** The read lines of the rights table, as questions to the database. `mayRead` still decides on each record. */
export function reachableBy(standing: Standing): Reachable[] {
  return standing.roles.flatMap((active) =>
    rights
      .filter((right) => right.action === 'read')
      .filter(({ role }) => role === active.role)
      .map(({ kind, reach }): Reachable => {
        switch (reach) {
          case 'authority':
            return { kind, by: 'all' };
          case 'scope':
            return { kind, by: 'scope', services: [...active.services], teams: [...active.teams] };
          case 'moderated':
            return { kind, by: 'moderator', person: standing.person };
          case 'own':
            return { kind, by: 'auditor', person: standing.person };
          default:
            return reach satisfies never;
        }
      }),
  );
}

/** Which audits this person may read besides those they grade or moderate. */
export const auditsOfOthers = (standing: Standing): ReachableAudits[] =>
  reachableBy(standing).filter(
    (each): each is ReachableAudits => each.kind === 'audit' && (each.by === 'all' || each.by === 'scope'),
  );
