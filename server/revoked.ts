/**
 * What has been taken from somebody, in a file beside the database: a database that is put back from a backup must not give it
 * back (FAULTS 34). One line of JSON for each, appended after its commit and read at every start. It can only take: nothing in
 * it gives anybody a right.
 *
 *   session   signed out                       password   a new one was set: earlier sessions, passwords and invitations are void
 *   roles     a person's roles were changed    device     a laptop is to forget its copy
 *   factor    a second factor was taken away, with the sessions before it
 *   erased    an audit's content, when its time had passed
 *   council   a council account was untied from its person, with the sessions before it; that it was tied again takes that back
 *   access    a person may not sign in any more; that they may again takes back what stands here, and gives nothing
 *   laptop    a device id is this person's: nobody else may use it
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import { opId, type DeviceId, type OpId, type PersonId, type RecordId } from '../src/domain/ids.ts';
import type { Op } from '../src/domain/record.ts';
import type { RoleGrant, RolesValue } from '../src/domain/values.ts';
import { revokeForms, type RevokeForm } from '../src/protocol/laptops.ts';
import { deviceId, opIdText, personId, recordId } from '../src/protocol/op.ts';

const atMs = v.number();
const grant = v.custom<RoleGrant>((value) => typeof value === 'object' && value !== null, 'not a grant');
const revocationSchema = v.variant('kind', [
  v.object({ kind: v.literal('session'), tokenHash: v.string(), atMs }),
  v.object({ kind: v.literal('password'), person: personId, atMs }),
  v.object({ kind: v.literal('roles'), person: personId, op: opIdText, grants: v.array(grant), atMs }),
  v.object({
    kind: v.literal('device'),
    device: deviceId,
    person: personId,
    form: v.picklist(revokeForms),
    by: personId,
    reason: v.string(),
    keyring: v.nullable(v.string()),
    unlockedHash: v.nullable(v.string()),
    browser: v.string(),
    atMs,
  }),
  v.object({ kind: v.literal('laptop'), device: deviceId, person: personId, atMs }),
  v.object({ kind: v.literal('factor'), person: personId, atMs }),
  v.object({ kind: v.literal('council'), person: personId, account: v.string(), tied: v.boolean(), atMs }),
  v.object({ kind: v.literal('access'), person: personId, blocked: v.boolean(), atMs }),
  v.object({ kind: v.literal('erased'), record: recordId, by: personId, certificate: v.string(), atMs }),
]);

export type Revocation =
  | { readonly kind: 'session'; readonly tokenHash: string; readonly atMs: number }
  | { readonly kind: 'password'; readonly person: PersonId; readonly atMs: number }
  | {
      readonly kind: 'roles';
      readonly person: PersonId;
      /** The op that said so. While the database has it, nothing need be done. */
      readonly op: OpId;
      readonly grants: readonly RoleGrant[];
      readonly atMs: number;
    }
  | {
      readonly kind: 'device';
      readonly device: DeviceId;
      readonly person: PersonId;
      readonly form: RevokeForm;
      readonly by: PersonId;
      readonly reason: string;
      /** By these a laptop is known again where the database has never heard of it. */
      readonly keyring: string | null;
      readonly unlockedHash: string | null;
      readonly browser: string;
      readonly atMs: number;
    }
  | {
      readonly kind: 'erased';
      readonly record: RecordId;
      readonly by: PersonId;
      readonly certificate: string;
      readonly atMs: number;
    }
  /** Since its first contact. */
  | { readonly kind: 'laptop'; readonly device: DeviceId; readonly person: PersonId; readonly atMs: number }
  | { readonly kind: 'factor'; readonly person: PersonId; readonly atMs: number }
  | {
      readonly kind: 'council';
      readonly person: PersonId;
      /** Its hash (`accountHash`). */
      readonly account: string;
      readonly tied: boolean;
      readonly atMs: number;
    }
  | { readonly kind: 'access'; readonly person: PersonId; readonly blocked: boolean; readonly atMs: number };

export interface Revoked {
  /** Everything listed, oldest first. */
  list(): readonly Revocation[];
  /** Appends, and answers when it is on disk. */
  add(...revocations: readonly Revocation[]): void;
}

/** Reads the list. A line that is cut (a crash while it was written) or not of this build is passed over. */
export function openRevoked(path: string): Revoked {
  const list = existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(parseLine) : [];
  // A change that is pushed again, whenever, is not the newest once more.
  const changes = new Set(list.flatMap((each) => (each.kind === 'roles' ? [each.op] : [])));
  return {
    list: () => list,
    add(...given) {
      const revocations = given.filter((each) => each.kind !== 'roles' || !changes.has(each.op));
      if (revocations.length === 0) return;
      const file = openSync(path, 'a', 0o600);
      try {
        // A line of its own also after one that was cut.
        writeSync(file, revocations.map((each) => `\n${JSON.stringify(each)}\n`).join(''));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      list.push(...revocations);
      for (const each of revocations) if (each.kind === 'roles') changes.add(each.op);
    },
  };
}

/** The changes of roles among ops that were accepted, whether at once, by a decision or after they had waited. */
export const rolesChanged = (accepted: readonly Op[], atMs: number): Revocation[] =>
  accepted
    .filter(({ kind, unit }) => kind === 'person' && unit === 'roles')
    .map(({ record, device, seq, value }) => ({
      kind: 'roles',
      person: record as string as PersonId,
      op: opId(device, seq),
      grants: (value as unknown as RolesValue).grants,
      atMs,
    }));

function parseLine(line: string): Revocation[] {
  try {
    const read = v.safeParse(revocationSchema, JSON.parse(line));
    return read.success ? [read.output] : [];
  } catch {
    // Not a whole line.
    return [];
  }
}
