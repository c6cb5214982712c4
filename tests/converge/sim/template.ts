/** The authority every schedule begins with, made up: two services, three teams, four people and some audits. */
import { ensureAuthority, makeFirstQaLead } from '../../../server/auth/first-qa-lead.ts';
import type { Authority } from '../../../server/db/authorities.ts';
import { savePassword } from '../../../server/db/accounts.ts';
import { serverPen, writeWith, type PenEdit } from '../../../server/sync/pen.ts';
import { chanceFrom } from '../../../src/domain/example/chance.ts';
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { PersonId, RecordId } from '../../../src/domain/ids.ts';
import type { Kind } from '../../../src/domain/record.ts';
import { hash, idsFrom } from './ids.ts';
import { openSimDatabase, type SimDatabase } from './sim-database.ts';

export interface Template {
  readonly database: SimDatabase;
  readonly authority: Authority;
  readonly people: {
    readonly quinn: PersonId;
    readonly alex: PersonId;
    readonly amira: PersonId;
    readonly lee: PersonId;
  };
  readonly services: readonly [string, string];
  /** The first two begin in the first service, the third in the second. */
  readonly teams: readonly [string, string, string];
  readonly audits: readonly RecordId[];
}

export const startMs = Date.parse('2026-05-04T10:00:00Z');
const dayMs = 86_400_000;

/** Makes the authority once per process and keeps it as the database's template. */
export async function makeTemplate(): Promise<Template> {
  const database = await openSimDatabase();
  const newId = idsFrom(chanceFrom(hash, 'template')('ids'));
  const nowMs = startMs - 10 * dayMs;
  const { authority } = await ensureAuthority(
    database,
    { newId, now: () => nowMs, randomBytes: () => new Uint8Array() },
    'Simshire',
  );
  const quinn = authority.firstPerson;
  const [alex, amira, lee] = [newId(), newId(), newId()] as [string, string, string];
  const [assessment, help] = [newId(), newId()] as [string, string];
  const [north, south, east] = [newId(), newId(), newId()] as [string, string, string];
  const audits = Array.from({ length: 4 }, () => newId() as RecordId);
  const owner = [alex, alex, amira, alex];
  await database.write(async (tx) => {
    await makeFirstQaLead(tx, { authority, nowMs }, { newId }, { name: 'Quinn', email: 'quinn@example.org' });
    await writeWith(tx, authority, serverPen(authority), newId, [
      { atMs: nowMs, edits: [assessment, help].map((id, n) => of(id, 'service', 'profile', named(`Service ${n}`))) },
      {
        atMs: nowMs,
        edits: [north, south, east].map((id, n) =>
          of(id, 'team', 'profile', { ...named(`Team ${n}`), service: n < 2 ? assessment : help }),
        ),
      },
      ...[alex, amira, lee].map((id, n) => ({
        atMs: nowMs,
        edits: [
          of(id, 'person', 'profile', { name: `Person ${n}`, email: `person${n}@example.org` }),
          of(id, 'person', 'roles', {
            grants: [
              id === lee ? grant('team-lead', [assessment]) : grant('auditor'),
              ...(id === alex ? [] : [grant('moderator', [assessment])]),
            ],
          }),
        ],
      })),
      ...audits.map((id, n) => ({
        atMs: nowMs,
        edits: [
          of(id, 'audit', 'case', caseOf(`T${n}`)),
          of(
            id,
            'audit',
            'allocation',
            allocation({
              service: assessment,
              team: n === 3 ? south : north,
              auditor: owner[n] ?? null,
              moderator: n === 1 ? amira : null,
            }),
          ),
        ],
      })),
    ]);
    // Nobody signs in by password here, but a session belongs to an account.
    for (const person of [quinn, alex, amira, lee])
      await savePassword(tx, authority.id, person as PersonId, '{}', nowMs);
  });
  await database.keep('template');
  return {
    database,
    authority,
    people: { quinn, alex: alex as PersonId, amira: amira as PersonId, lee: lee as PersonId },
    services: [assessment, help],
    teams: [north, south, east],
    audits,
  };
}

const of = (record: string, kind: Kind, unit: string, value: JsonObject): PenEdit => ({
  record: record as RecordId,
  kind,
  unit,
  value,
});

const named = (name: string): JsonObject => ({ name, from: '2020-01-01', to: null, was: [] });

export const grant = (role: string, services: readonly string[] = [], teams: readonly string[] = []): JsonObject => ({
  role,
  services,
  teams,
  from: '2020-01-01',
  to: null,
});

export const caseOf = (reference: string): JsonObject => ({ reference, initials: 'AB', ageBand: '5-9', header: {} });

export const allocation = (changes: JsonObject): JsonObject => ({
  tool: 'assessment@1.0.0',
  service: '',
  team: '',
  auditor: null,
  moderator: null,
  due: '2026-06-01',
  selection: 'random',
  cycle: null,
  extendedTo: null,
  extensionApprover: null,
  extensionReason: '',
  exempt: false,
  exemptionApprover: null,
  exemptionReason: '',
  ...changes,
});
