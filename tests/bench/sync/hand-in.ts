/**
 * A backlog of whole audits handed in by one laptop, until the server has acknowledged all of them; beside it the same
 * documents pushed by PouchDB. Ours goes on until both are proved equal: told apart.
 */
import { inFreshProfile } from '../page.ts';
import type { BenchServer } from './bench-server.ts';
import type { Peer } from './peer.ts';

export interface HandIn {
  readonly audits: number;
  readonly changes: number;
  /** From the start of the sync worker until the last answer of the server was kept. */
  readonly acknowledgedMs: number;
  /** And until laptop and server were proved equal. */
  readonly provedMs: number;
  readonly pushes: number;
}

export function handInOurs({ laptopAddress, person, service, team }: BenchServer, audits: number): Promise<HandIn> {
  return inFreshProfile(laptopAddress, async (page) => {
    const { email, password } = person;
    await page.evaluate((account) => window.laptop.signIn(account), { email, password });
    const place = [audits, service.id, team.id] as const;
    const changes = await page.evaluate((asked) => window.laptop.save(...asked), place);
    const { ms, startedMs, seen } = await page.evaluate(() => window.laptop.sync());
    const settled = seen.filter(({ tables }) => tables.includes('quarantine'));
    const acknowledged = settled.at(-1);
    if (acknowledged === undefined) throw new Error('Nothing was handed in');
    const acknowledgedMs = acknowledged.endedMs - startedMs;
    return { audits, changes, acknowledgedMs, provedMs: ms, pushes: settled.length };
  });
}

/** Milliseconds until PouchDB has pushed as many documents, on a fresh database. */
export function handInPeer(peer: Peer, { service, team, person }: BenchServer, audits: number): Promise<number> {
  const place = { service: service.id, team: team.id, auditor: person.id };
  const database = `handed-in-${Date.now()}`;
  return inFreshProfile(peer.url, async (page) => {
    await peer.put(database, []);
    return page.evaluate((asked) => window.peer.handIn(...asked), [audits, place, database] as const);
  });
}
