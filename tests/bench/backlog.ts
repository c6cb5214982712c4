/** Full audits as laptops hand them in, sealed before anything is measured. All of it made up. */
import { ensureAuthority } from '../../server/auth/first-qa-lead.ts';
import type { Authority } from '../../server/db/authorities.ts';
import type { Database } from '../../server/db/transact.ts';
import { accept } from '../../server/sync/accept.ts';
import { writeAsServer } from '../../server/sync/pen.ts';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { newId, openBrowser, openLaptop } from '../server/client.ts';
import { allocation, caseOf, event, grant, profile, roles, section, service, team } from '../server/example.ts';

export const nowMs = Date.parse('2026-05-04T10:00:00Z');

export interface Founded {
  readonly authority: Authority;
  readonly person: PersonId;
  readonly service: string;
  readonly team: string;
}

/** Makes an authority with one auditor, one service and one team. */
export async function found(database: Database): Promise<Founded> {
  const platform = { now: () => nowMs, newId, randomBytes: () => new Uint8Array() };
  const { authority } = await ensureAuthority(database, platform, 'Benchshire (made up)');
  const person = newId() as PersonId;
  const [serviceId, teamId] = [newId(), newId()];
  const edits = [
    service(serviceId, 'Assessment'),
    team(teamId, 'Assessment 1', serviceId),
    profile(person, 'Alex', 'alex@example.org'),
    roles(person, grant('auditor'), grant('qa-lead')),
  ];
  await database.write((tx) => writeAsServer(tx, { authority, nowMs }, newId, edits as never));
  return { authority, person, service: serviceId, team: teamId };
}

/** So many full audits by one device of the auditor's, in pushes of at most `limitBytes`; an action a push when it is 0. */
export function sealAudits(
  { authority, person, service: serviceId, team: teamId }: Founded,
  audits: number,
  limitBytes: number,
): Op[][] {
  const laptop = openLaptop(openBrowser('http://127.0.0.1:1/'), { authority: authority.id, person } as never);
  const groups = Array.from({ length: audits }, (_, n) => {
    const audit = newId();
    const allocated = { auditor: person, service: serviceId, team: teamId } as never;
    return [
      laptop.seal([caseOf(audit, `MBC-${n}`), allocation(audit, allocated)]),
      ...Array.from({ length: 8 + (n % 5) }, (_, i) =>
        laptop.seal([section(audit, 'good', words(50 + ((n * 37 + i * 91) % 351)), `part-${i}`)]),
      ),
      laptop.seal([event(audit, 'submitted', person)]),
    ];
  }).flat();
  return inBatches(groups, limitBytes);
}

/** Pushes batches one after the other, as the server takes them. */
export async function acceptAll(
  database: Database,
  { authority, person }: Founded,
  batches: readonly Op[][],
): Promise<void> {
  for (const ops of batches) {
    const device = ops[0]?.device;
    if (device === undefined) continue;
    const result = await database.write((tx) => accept(tx, { authority, person, nowMs }, { device, ops }));
    if (!result.ok || result.value.held.length > 0)
      throw new Error(`A batch was not accepted: ${JSON.stringify(result)}`);
  }
}

/** Several laptops, each of which pushes its next batch when the one before is answered. */
export async function acceptAtOnce(
  database: Database,
  founded: Founded,
  laptops: readonly (readonly Op[][])[],
): Promise<void> {
  await Promise.all(laptops.map((batches) => acceptAll(database, founded, batches)));
}

const stock =
  'the plan says what will change for this child and by when and the visit was recorded with what was seen'.split(' ');
const words = (count: number): string =>
  Array.from({ length: count }, (_, i) => stock[(i * 7) % stock.length]).join(' ');

/** Whole groups, as many as a push may hold. */
function inBatches(groups: readonly Op[][], limitBytes: number): Op[][] {
  const batches: Op[][] = [];
  let [open, bytes]: [Op[], number] = [[], 0];
  for (const group of groups) {
    const more = Buffer.byteLength(JSON.stringify(group));
    if (open.length > 0 && bytes + more > limitBytes) {
      batches.push(open);
      [open, bytes] = [[], 0];
    }
    open.push(...group);
    bytes += more;
  }
  return open.length > 0 ? [...batches, open] : batches;
}
