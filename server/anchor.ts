/**
 * Keeps the chain's head outside the database once a day: a line of the log, and of a file that the council copies elsewhere.
 * Whoever has one of them can show later that everything before it is still what it was (`npm run verify -- --anchor`).
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Server } from './context.ts';
import { chainTip } from './db/chain.ts';
import { readAnchors, type Anchor } from './verify/anchors.ts';

/** Notes the head, unless one was noted on this day (UTC) or nothing has come since. */
export async function keepAnchor(
  server: Pick<Server, 'config' | 'authority' | 'database' | 'now' | 'log'>,
): Promise<void> {
  const { config, authority, database, now, log } = server;
  const at = new Date(now()).toISOString();
  const last = lastIn(config.anchorsFile);
  if (last?.at.slice(0, 10) === at.slice(0, 10)) return;
  const { place, head } = await database.read((tx) => chainTip(tx, authority.id));
  if (last?.head === head) return;
  const anchor: Anchor = { epoch: authority.epoch, place, head, at };
  appendFileSync(config.anchorsFile, `${JSON.stringify(anchor)}\n`, { mode: 0o600, flush: true });
  log({ event: 'chain-head', epoch: anchor.epoch, place, head });
}

const lastIn = (file: string): Anchor | undefined =>
  existsSync(file) ? readAnchors(readFileSync(file, 'utf8')).at(-1) : undefined;
