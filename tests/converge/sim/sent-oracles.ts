/**
 * Scope and blind, asked of every record that is sent: what a laptop was given for a moment has been seen, also where a later
 * page takes it back.
 */
import { readStanding, rightsHash } from '../../../server/sync/standing.ts';
import { auditFacts } from '../../../src/domain/facts.ts';
import { isBlind, isVisible } from '../../../src/domain/projection.ts';
import { mayRead } from '../../../src/domain/rights.ts';
import { paths, type Envelope, type SentRecord } from '../../../src/protocol/sync.ts';
import type { SimLaptop } from './sim-laptop.ts';
import type { World } from './world.ts';

/** The paths whose answers hold records. */
export const isSending = (path: string): boolean =>
  path === paths.pull || path === paths.records || path === paths.open;

interface Sent {
  readonly records?: readonly SentRecord[];
  /** null: it is not there, or not theirs. */
  readonly record?: SentRecord | null;
  readonly cursor?: { readonly rights: string };
}

/**
 * `under`: the rights of the person when the server answered, by their hash, where only one is known. Of an answer under others
 * than they have now no scope is asked: they have changed meanwhile.
 */
export async function askSent(world: World, laptop: SimLaptop, reply: string, under: string | null): Promise<void> {
  const { body } = JSON.parse(reply) as Envelope;
  const { records = [], record, cursor } = (body ?? {}) as Sent;
  const sent = record == null ? records : [...records, record];
  if (sent.length === 0) return;
  const { person } = laptop;
  for (const { id, kind, units } of sent) {
    const facts = kind === 'audit' ? auditFacts(units) : null;
    if (facts === null || !isBlind(person, facts, units)) continue;
    const grade = Object.keys(units).find((unit) => !isVisible('blind', unit));
    if (grade !== undefined) world.violate('blind', `${laptop.name} was sent ${grade} of ${id.slice(0, 4)}`);
  }
  const { database, server } = world.server;
  const asking = { authority: server.authority, person, nowMs: world.time.nowMs() };
  const standing = await database.read((tx) => readStanding(tx, asking));
  if (rightsHash(standing) !== (cursor?.rights ?? under)) return;
  for (const { id, kind, units } of sent) {
    if (!mayRead(standing, kind, kind === 'audit' ? auditFacts(units) : null))
      world.violate('scope', `${laptop.name} was sent ${id.slice(0, 4)}, which is not theirs`);
  }
}
