/** A request that every endpoint takes, in one list: for tests that try something at each of them. */
import { firstHead } from '../../src/domain/chain.ts';
import { laptopPaths } from '../../src/protocol/laptops.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { paths } from '../../src/protocol/sync.ts';
import { hash, newId, type Laptop } from './client.ts';
import { password, section } from './example.ts';

export interface Asked {
  readonly path: string;
  /** Beside what every request carries. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What `laptop`, signed in, may ask at each endpoint but the event stream. Signing out comes last. */
export function everyRequest(laptop: Laptop): readonly Asked[] {
  const { device } = laptop;
  const reached = { seq: 1, head: firstHead(hash, device) };
  const times = { sinceMs: 1, untilMs: 2, foundMs: 3 };
  const loss = { cause: 'some', from: 1, to: 2, unsent: 1, ...times, device, ...reached };
  const op = `${device}:1`;
  const missing = [{ op, record: newId(), kind: 'audit', unit: 'overall', author: laptop.session.person }];
  const [first] = laptop.seal([section(newId(), 'good')]);
  const key = { device, group: newId() };
  return [
    { path: paths.push, fields: { ops: [first] } },
    { path: paths.pull, fields: { cursor: null } },
    { path: paths.open, fields: { record: newId() } },
    { path: paths.buckets, fields: {} },
    { path: paths.bucket, fields: { buckets: ['00'] } },
    { path: paths.records, fields: { records: [newId()] } },
    { path: paths.held, fields: { told: [], ask: [key] } },
    { path: paths.heldList, fields: { limit: 5 } },
    { path: paths.decide, fields: { groups: [key], what: 'returned', why: 'made up' } },
    { path: paths.outcomes, fields: { seqs: [1] } },
    { path: paths.known, fields: { cursor: null, acknowledged: 0, devices: [device] } },
    { path: paths.offer, fields: { boxes: [], reached } },
    { path: paths.missing, fields: { missing } },
    { path: paths.missingList, fields: { limit: 5 } },
    { path: paths.search, fields: { reference: 'A1' } },
    { path: paths.disclose, fields: { search: newId(), record: newId(), from: 0 } },
    { path: paths.cube, fields: {} },
    { path: paths.loss, fields: { loss } },
    { path: paths.exported, fields: { exported: { what: 'audits', rows: 1, namesAuditors: false, atMs: 1 } } },
    { path: paths.leave, fields: { cursor: null, acknowledged: 0 } },
    { path: laptopPaths.list, fields: {} },
    { path: laptopPaths.name, fields: { device, name: 'The one at home' } },
    { path: laptopPaths.revoke, fields: { device: newId(), form: 'lost', reason: '' } },
    { path: laptopPaths.standing, fields: { keyring: newId(), acknowledged: 0 } },
    { path: laptopPaths.gone, fields: { keyring: newId(), givenUp: 0 } },
    { path: sessionPaths.session, fields: {} },
    { path: sessionPaths.authority, fields: {} },
    { path: sessionPaths.invitation, fields: { token: 'x'.repeat(43) } },
    { path: sessionPaths.join, fields: { token: 'x'.repeat(43), password } },
    { path: sessionPaths.invite, fields: { person: laptop.session.person } },
    { path: sessionPaths.access, fields: { person: newId(), allowed: true } },
    { path: sessionPaths.noticed, fields: { atMs: 0 } },
    { path: sessionPaths.accounts, fields: {} },
    { path: sessionPaths.beginFactor, fields: { password } },
    { path: sessionPaths.confirmFactor, fields: { code: '000000' } },
    { path: sessionPaths.removeFactor, fields: { password, code: '000000' } },
    { path: sessionPaths.resetFactor, fields: { person: newId() } },
    { path: sessionPaths.unlinkCouncil, fields: { person: newId() } },
    { path: sessionPaths.deposited, fields: { keyring: newId(), mark: 'a'.repeat(64) } },
    { path: sessionPaths.deposit, fields: { keyring: newId(), secret: 'a'.repeat(64) } },
    { path: sessionPaths.recover, fields: { keyring: newId() } },
    { path: sessionPaths.changePassword, fields: { password, newPassword: password } },
    { path: sessionPaths.signIn, fields: { email: laptop.session.email, password } },
    { path: sessionPaths.signOut, fields: {} },
  ];
}
