/** The oracles that are asked while a schedule runs. */
import { readStanding, rightsHash } from '../../../server/sync/standing.ts';
import { paths } from '../../../src/protocol/sync.ts';
import { openPending } from '../../../src/store/boxes.ts';
import { wordIn, wordsIn } from './edits.ts';
import { askHeldAnswer } from './held-oracles.ts';
import { askSent, isSending } from './sent-oracles.ts';
import type { SimLaptop } from './sim-laptop.ts';
import type { Watchers, World } from './world.ts';

/** By laptop: the rights its pulls were answered under, and the newest time at which it said that it was equal. */
interface Seen {
  readonly rights: Map<string, Set<string>>;
  readonly equal: Map<string, number>;
  /** How many saves anywhere had been said when it was last asked. */
  readonly said: Map<string, number>;
  /** Who has pushed since they last pulled. */
  readonly pushed: Set<string>;
  /** By laptop: how often the server had been put back when it last answered a pull. */
  readonly answeredBy: Map<string, number>;
}

/** Also answers what has to be waited for before a run is over. */
export function watchers(): Watchers & { readonly asked: Promise<void>[] } {
  const seen: Seen = { rights: new Map(), equal: new Map(), said: new Map(), pushed: new Set(), answeredBy: new Map() };
  const asked: Promise<void>[] = [];
  return {
    asked,
    onState(world, laptop, provedEqualMs) {
      // After a power cut an older time is read back: it says no more than it said then.
      if (provedEqualMs === null || provedEqualMs <= (seen.equal.get(laptop.name) ?? 0)) return;
      seen.equal.set(laptop.name, provedEqualMs);
      // Equal to a server that has been put back since that answer: the next contact finds it.
      if (seen.answeredBy.get(laptop.name) !== world.copy.timesBack) return;
      // Asked again only when something has been said since.
      const said = seen.said.get(laptop.name) ?? 0;
      if (said === world.said.size) return;
      seen.said.set(laptop.name, world.said.size);
      asked.push(askSaidOnServer(world, laptop));
    },
    onAnswered(world, laptop, path, _request, reply) {
      if (world.copy.timesBack === 0 && reply.includes('"problem":{"kind":"epoch"'))
        world.violate(
          'one history',
          `the server has lost what it had told ${laptop.name}, though nobody put a copy back`,
        );
      if (path === paths.push) seen.pushed.add(laptop.name);
      if (path === paths.pull) {
        noteRights(seen, laptop.name, reply);
        seen.answeredBy.set(laptop.name, world.copy.timesBack);
      }
      if (path === paths.pull && seen.pushed.delete(laptop.name)) asked.push(askKeptUntilPulled(world, laptop));
      if (isSending(path)) asked.push(askSent(world, laptop, reply, onlyOne(seen.rights.get(laptop.name))));
      if (path === paths.heldList || path === paths.decide) asked.push(askHeldAnswer(world, laptop, path, reply));
      if (path === paths.records) asked.push(askNeedlessRepair(world, seen, laptop, reply));
    },
  };
}

/** The screen says "On the council's server" while nothing is pending or held here. */
async function askSaidOnServer(world: World, laptop: SimLaptop): Promise<void> {
  const { pending, quarantine } = laptop.port.dump();
  if (pending.length > 0 || mayHaveLost(world, laptop)) return;
  const kept = await Promise.all(
    quarantine.map(async (row) => wordIn(JSON.stringify((await openPending(world.cipher, row)).value))),
  );
  const said = [...world.said.values()].filter(
    (each) => each.laptop === laptop && each.word !== '' && !kept.includes(each.word),
  );
  // What was discarded without having been received is there as what its author has said of it.
  const stored = await world.server.database.read(async (tx) => [
    ...(await tx.selectFrom('op').select('value').execute()),
    ...(await tx.selectFrom('decision').select('content as value').execute()),
  ]);
  const there = new Set(stored.flatMap(({ value }) => wordsIn(value ?? '')));
  const missing = said.find(({ word }) => !there.has(word) && !world.letGo.has(word));
  if (missing !== undefined)
    world.violate(
      'said on the server',
      `${laptop.name} is proved equal, but #${missing.n} (${missing.word}) is not there`,
    );
}

/** What the server has accepted stays on the laptop, laid over the rest, until a pull has brought it. */
async function askKeptUntilPulled(world: World, laptop: SimLaptop): Promise<void> {
  const { pending, meta, quarantine } = laptop.port.dump();
  const cursor = meta.find(({ name }) => name === 'cursor')?.value as { readonly version: number } | undefined;
  if (cursor === undefined || world.copy.timesBack > 0) return;
  const here = await Promise.all(
    [...pending, ...quarantine].map(async (row) =>
      wordIn(JSON.stringify((await openPending(world.cipher, row)).value)),
    ),
  );
  const stored = await world.server.database.read((tx) =>
    tx
      .selectFrom('op')
      // What a lead has accepted has been shown as not accepted until then.
      .leftJoin('held', (on) => on.onRef('held.device', '=', 'op.device').onRef('held.seq', '=', 'op.seq'))
      .where('held.seq', 'is', null)
      .select(['op.value', 'op.version'])
      .execute(),
  );
  const isLater = (version: number | null): boolean => version !== null && version > cursor.version;
  const later = new Set(stored.filter(({ version }) => isLater(version)).map(({ value }) => wordIn(value)));
  // A value that somebody has chosen again is there by an older op, too.
  for (const { value, version } of stored) if (!isLater(version)) later.delete(wordIn(value));
  for (const said of world.said.values()) {
    if (said.laptop === laptop && said.word !== '' && later.has(said.word) && !here.includes(said.word))
      world.violate('kept until pulled', `${laptop.name} #${said.n} (${said.word}) has gone before it came back`);
  }
}

function noteRights({ rights }: Seen, laptop: string, reply: string): void {
  const hash = /"rights":"([0-9a-f]{64})"/.exec(reply)?.[1];
  if (hash !== undefined) rights.set(laptop, (rights.get(laptop) ?? new Set()).add(hash));
}

/**
 * A record that has come into reach by new rights is repair's to bring, also when no pull has been answered under them yet; one
 * that a pull has passed over is a row missed.
 */
async function askNeedlessRepair(world: World, { rights }: Seen, laptop: SimLaptop, reply: string): Promise<void> {
  const known = rights.get(laptop.name) ?? new Set();
  if (world.wasCloned.yes || world.copy.timesBack > 0 || known.size > 1) return;
  const { meta, confirmed } = laptop.port.dump();
  const cursor = meta.find(({ name }) => name === 'cursor')?.value as { readonly version: number } | undefined;
  const found = JSON.parse(reply) as {
    readonly body?: { readonly records: readonly { readonly id: string; readonly version: number }[] };
  };
  const missed = found.body?.records.find(
    ({ id, version }) =>
      cursor !== undefined &&
      version <= cursor.version &&
      (confirmed.find((row) => row.id === id)?.version ?? 0) < version,
  );
  if (missed === undefined || !known.has(await rightsNow(world, laptop))) return;
  world.violate(
    'needless repair',
    `a pull of ${laptop.name} went past version ${missed.version} of ${missed.id.slice(0, 4)} without it`,
  );
}

const rightsNow = ({ server, time }: World, { person }: SimLaptop): Promise<string> =>
  server.database.read(async (tx) =>
    rightsHash(await readStanding(tx, { authority: server.server.authority, person, nowMs: time.nowMs() })),
  );

const onlyOne = (rights: ReadonlySet<string> | undefined): string | null =>
  rights?.size === 1 ? ([...rights][0] ?? null) : null;

/** A server that was restored gets back what a laptop could keep for it: not beyond 30 days, and not on a full disk. */
export const mayHaveLost = ({ copy, faults, wasCloned }: World, { wasFull }: SimLaptop): boolean =>
  copy.timesBack > 0 && (wasFull || faults.has('asleep for a month') || wasCloned.yes);
