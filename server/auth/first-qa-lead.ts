/**
 * The first start: makes the authority and its settings, and the one-time link by which the first QA lead joins. Whoever can
 * read the server's console may become it; the link is printed at each start until somebody has.
 */
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { PersonValue } from '../../src/domain/values.ts';
import type { Config } from '../config.ts';
import type { Platform } from '../context.ts';
import { findAuthority, insertAuthority, type Authority } from '../db/authorities.ts';
import type { Tx } from '../db/tables.ts';
import type { Database } from '../db/transact.ts';
import type { Accepted } from '../sync/accept.ts';
import { sha256, type Asking } from '../sync/context.ts';
import { firstHistoryHead } from '../sync/history.ts';
import { writeAsServer } from '../sync/pen.ts';
import { londonDay } from '../sync/standing.ts';
import { invite, invitationPath } from './invitations.ts';
import { hasWorkingQaLead, readProfile } from './people.ts';

/** The authority of this database, made when there is none yet. */
export function ensureAuthority(
  database: Database,
  { newId, now }: Platform,
  authorityName: string,
): Promise<{ readonly authority: Authority; readonly made: boolean }> {
  return database.write(async (tx) => {
    const found = await findAuthority(tx);
    if (found) return { authority: found, made: false };
    const authority: Authority = {
      id: newId() as AuthorityId,
      epoch: newId(),
      serverPerson: newId() as PersonId,
      serverDevice: newId() as DeviceId,
      firstPerson: newId() as PersonId,
    };
    const nowMs = now();
    await insertAuthority(tx, authority, firstHistoryHead(sha256, authority.epoch), nowMs);
    const record = settingsId as RecordId;
    await writeAsServer(tx, { authority, nowMs }, newId, [
      { record, kind: 'settings', unit: 'authority', value: { name: authorityName } },
    ]);
    return { authority, made: true };
  });
}

/** The path of a fresh link that makes the first QA lead, or null when somebody who can sign in is one. */
export function bootstrapLink(
  database: Database,
  authority: Authority,
  platform: Platform,
  { admin, openId }: Pick<Config, 'admin' | 'openId'>,
): Promise<string | null> {
  return database.write(async (tx) => {
    const asking = { authority, nowMs: platform.now() };
    if (await hasWorkingQaLead(tx, asking, openId)) return null;
    const profile = await readProfile(tx, authority, authority.firstPerson);
    if (admin !== null && profile === undefined) await makeFirstQaLead(tx, asking, platform, admin);
    const { token } = await invite(tx, authority, { person: authority.firstPerson, by: null }, platform);
    return invitationPath(token);
  });
}

/** Gives the first person their profile, and the role QA lead from today. */
export function makeFirstQaLead(
  tx: Tx,
  asking: Omit<Asking, 'person'>,
  { newId }: Pick<Platform, 'newId'>,
  { name, email }: PersonValue,
): Promise<Accepted> {
  const record = asking.authority.firstPerson as string as RecordId;
  const grant = { role: 'qa-lead', services: [], teams: [], from: londonDay(asking.nowMs), to: null };
  return writeAsServer(tx, asking, newId, [
    { record, kind: 'person', unit: 'profile', value: { name, email } },
    { record, kind: 'person', unit: 'roles', value: { grants: [grant] } },
  ]);
}
