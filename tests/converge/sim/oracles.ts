/**
 * What must hold. The first five are asked while a schedule runs (`watch`, `edits`), the rest when all has healed; of what
 * was held and decided about besides what `held-oracles` says:
 *
 *   a legal edit is always taken, a choice is an op of its own
 *   kept until pulled       what the server has accepted does not vanish from its author's laptop before it comes back
 *   one history             a server that was not put back never lacks what it has acknowledged
 *   said on the server      "On the council's server" is never said while something saved here is not there
 *   needless repair         what a pull has passed over is never left to repair to find
 *   idle within 90 s        a laptop with a healthy network is idle and equal
 *   nothing lost            what was said to be saved is on the server; what was not accepted is still in front of its author,
 *                           or was discarded by them
 *   nothing doubled         no change is there twice
 *   history                 a unit shows exactly what no later op has superseded, and every op is kept
 *   whole groups            a user's action is there whole or not at all
 *   whole values            no grade stands beside another grade's rationale
 *   rows equal              a laptop holds what the server holds, byte for byte
 *   scope                   nobody holds a row that is not theirs to see, nor lacks one that is
 *   blind                   a moderator holds no grade of what they have not graded; both also of every record sent (`sent-oracles`)
 *   percentages             equal a recount from the server's log of ops
 *   sums                    what the server keeps of everybody's records equals a count of them
 */
import { readStanding } from '../../../server/sync/standing.ts';
import { visibleDigests, visibleTotal } from '../../../server/sync/visible.ts';
import { canonical } from '../../../src/domain/canonical.ts';
import { sumDigests } from '../../../src/domain/digest.ts';
import { auditFacts } from '../../../src/domain/facts.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import { verifyDatabase } from '../../../server/verify/verify.ts';
import { isBlind, project } from '../../../src/domain/projection.ts';
import { summarise } from '../../../src/domain/tally.ts';
import type { Kind, Units } from '../../../src/domain/record.ts';
import { mayRead } from '../../../src/domain/rights.ts';
import { openPending, openUnit } from '../../../src/store/boxes.ts';
import { isWhole, wordIn } from './edits.ts';
import { queries } from './questions.ts';
import { countableBy, recounted, shownBy, told, type ShownLog } from './recount.ts';
import { askHeld } from './held-oracles.ts';
import { headsOf, readTruth, type Truth } from './server-truth.ts';
import type { SimLaptop } from './sim-laptop.ts';
import { mayHaveLost } from './watch.ts';
import type { World } from './world.ts';

/** A record as one person may see it. */
interface Visible {
  readonly id: RecordId;
  readonly kind: Kind;
  readonly units: Units;
}

export async function askAll(world: World): Promise<void> {
  const truth = await readTruth(world);
  askHistory(world, truth);
  askGroups(world, truth);
  await askHeld(world, truth);
  askDoubled(world, truth);
  askWhole(world, truth);
  await askSums(world);
  const log = shownBy(truth);
  for (const laptop of world.laptops) {
    if (world.violation !== null) return;
    await askNothingLost(world, laptop, truth);
    await askRows(world, laptop, truth, log);
  }
  if (world.violation === null) await askSound(world);
}

/** Nobody has laid hands on the database, so a verification of it finds nothing. */
async function askSound(world: World): Promise<void> {
  const verified = await world.server.database.read((tx) => verifyDatabase(tx, []));
  const [first] = verified?.findings ?? [];
  if (first !== undefined) world.violate('chain', `${first.about} ${first.kind} at ${first.place ?? 'no place'}`);
}

async function askSums(world: World): Promise<void> {
  const { database, server } = world.server;
  for (const person of new Set(world.laptops.map((laptop) => laptop.person))) {
    const asking = { authority: server.authority, person, nowMs: world.time.nowMs() };
    const [kept, counted] = await database.read(async (tx) => {
      const standing = await readStanding(tx, asking);
      return [await visibleTotal(tx, asking, standing), await visibleDigests(tx, asking, standing)] as const;
    });
    const digest = sumDigests(counted.map((record) => record.digest));
    if (kept.count !== counted.length || kept.digest !== digest)
      world.violate('sums', `of ${person.slice(0, 4)} ${kept.count} records are kept and ${counted.length} are there`);
  }
}

function askHistory(world: World, { ops, records }: Truth): void {
  const byUnit = new Map<string, (typeof ops)[number][]>();
  for (const op of ops) {
    if (!op.accepted) continue;
    const key = `${op.record} ${op.unit}`;
    byUnit.set(key, [...(byUnit.get(key) ?? []), op]);
  }
  for (const [key, accepted] of byUnit) {
    const [record = '', unit = ''] = key.split(' ');
    const state = records.get(record as RecordId)?.units[unit];
    const heads = headsOf(accepted);
    const shown = state === undefined ? [] : [state.op, ...state.others.map(({ op }) => op)];
    const expected = [heads[0], ...heads.slice(1).sort()].join(' ');
    if ([shown[0], ...shown.slice(1).sort()].join(' ') !== expected)
      world.violate('history', `${unit} of ${record.slice(0, 4)} shows ${shown.join(' ')} and not ${heads.join(' ')}`);
    for (const version of state === undefined ? [] : [state, ...state.others]) {
      const op = accepted.find(({ id }) => id === version.op);
      if (op !== undefined && canonical(op.version.value) !== canonical(version.value))
        world.violate('history', `${unit} of ${record.slice(0, 4)} has another value than its op`);
    }
  }
}

function askGroups(world: World, { ops }: Truth): void {
  const groups = new Map<string, (typeof ops)[number][]>();
  for (const op of ops) groups.set(op.group, [...(groups.get(op.group) ?? []), op]);
  for (const [group, members] of groups) {
    const accepted = members.filter((op) => op.accepted).length;
    const devices = new Set(members.map(({ device }) => device)).size;
    const isComplete = world.copy.timesBack > 0 || members.length === (members[0]?.groupSize ?? 0) * devices;
    const isWholeGroup = isComplete && (accepted === 0 || accepted === members.length);
    if (!isWholeGroup && !world.wasCloned.yes)
      world.violate('whole groups', `of group ${group.slice(0, 4)} ${accepted} of ${members.length} are accepted`);
  }
}

function askDoubled(world: World, { ops }: Truth): void {
  if (world.wasCloned.yes) return;
  const seen = new Set<string>();
  for (const { group, record, unit, word } of ops) {
    const one = `${group} ${record} ${unit}`;
    if (seen.has(one)) world.violate('nothing doubled', `${unit} of ${record.slice(0, 4)} (${word}) is there twice`);
    seen.add(one);
  }
}

function askWhole(world: World, { records }: Truth): void {
  for (const [id, { units }] of records) {
    for (const [unit, state] of Object.entries(units)) {
      if (!unit.startsWith('section:')) continue;
      for (const version of [state, ...state.others]) {
        if (!isWhole(version.value))
          world.violate('whole values', `${unit} of ${id.slice(0, 4)}: ${JSON.stringify(version.value)}`);
      }
    }
  }
}

async function askNothingLost(world: World, laptop: SimLaptop, { opsByWord }: Truth): Promise<void> {
  if (mayHaveLost(world, laptop)) return;
  const kept = new Set<string>();
  const { quarantine, pending } = laptop.port.dump();
  for (const row of [...quarantine, ...pending]) {
    const { value } = await openPending(world.cipher, row);
    kept.add(wordIn(JSON.stringify(value)) ?? '');
  }
  // What its author has thrown away with a reason is asked after by itself.
  const discarded = new Set(world.told.flatMap(({ what, words }) => (what === 'discarded' ? words : [])));
  for (const said of world.said.values()) {
    if (said.laptop !== laptop || said.word === '') continue;
    const ops = opsByWord.get(said.word) ?? [];
    const isAccepted = ops.some((op) => op.accepted && op.unit === said.unit && op.record === said.record);
    if (isAccepted || kept.has(said.word)) continue;
    if (discarded.has(said.word) || world.letGo.has(said.word) || ops.some(({ group }) => world.letGo.has(group)))
      continue;
    const where = ops.length > 0 ? 'was not accepted and is not in quarantine' : 'is nowhere';
    world.violate(
      'nothing lost',
      `${laptop.name} #${said.n} ${said.unit} of ${said.record.slice(0, 4)} (${said.word}) ${where}`,
    );
  }
}

async function askRows(world: World, laptop: SimLaptop, { records }: Truth, log: ShownLog): Promise<void> {
  const { server, time, cipher } = world;
  const asking = { authority: server.server.authority, person: laptop.person, nowMs: time.nowMs() };
  const standing = await server.database.read((tx) => readStanding(tx, asking));
  const sent: Visible[] = [];
  for (const [id, { kind, units }] of records) {
    const facts = kind === 'audit' ? auditFacts(units) : null;
    if (!mayRead(standing, kind, facts)) continue;
    const blind = facts !== null && isBlind(laptop.person, facts, units);
    sent.push({ id, kind, units: blind ? project(kind, units, 'blind') : units });
  }
  const rows = new Map(laptop.port.dump().confirmed.map((row) => [row.id, row]));
  const theirs = new Set(sent.map(({ id }) => id));
  for (const id of rows.keys())
    if (!theirs.has(id)) world.violate('scope', `${laptop.name} holds ${id.slice(0, 4)}, which is not theirs`);
  for (const record of sent) {
    const row = rows.get(record.id);
    if (row === undefined) {
      world.violate('rows equal', `${laptop.name} lacks ${record.id.slice(0, 4)} (${record.kind})`);
      continue;
    }
    const units: Record<string, Units[string]> = {};
    for (const [unit, own] of Object.entries(row.units)) units[unit] = await openUnit(cipher, row.id, unit, own);
    const isFull = row.projection !== 'columns';
    const plain = (of: Units): string => canonical(isFull ? of : project(record.kind, of, 'columns'));
    if (plain(units) !== plain(record.units))
      world.violate('rows equal', `${laptop.name} has other rows of ${record.id.slice(0, 4)} (${record.kind})`);
    const facts = record.kind === 'audit' ? auditFacts(record.units) : null;
    const mustNotSee = facts?.moderator === laptop.person && facts.auditor !== laptop.person;
    if (mustNotSee && Object.keys(units).some((unit) => /^(section|checks|moderation):|^overall$/.test(unit)))
      world.violate('blind', `${laptop.name} holds grades of ${record.id.slice(0, 4)}`);
  }
  // What waits on a restored server still shows on its author's laptop, and nowhere else.
  if (laptop.port.dump().pending.length === 0) await askPercentages(world, laptop, log);
}

/** What the laptop has kept count of, and what it counts from nothing when it is asked something else. */
async function askPercentages(world: World, laptop: SimLaptop, log: ShownLog): Promise<void> {
  const audits = countableBy(log, laptop.person, world.time.nowMs());
  const counted = (query: (typeof queries)[number]): string => recounted(audits, query).join('; ');
  const kept = laptop.answer();
  const texts = kept === null ? 'nothing' : told(kept).join('; ');
  if (texts !== counted(laptop.query))
    return world.violate('percentages', `${laptop.name} says ${texts} and not ${counted(laptop.query)}`);
  const rows = (await laptop.rows()) ?? [];
  for (const query of queries) {
    const anew = told(summarise(rows, query, 0)).join('; ');
    if (anew !== counted(query))
      world.violate('percentages', `${laptop.name} counts ${anew} by ${query.by} and not ${counted(query)}`);
  }
}
