/**
 * What must hold of changes that were held, and of what people decided about them. At the end:
 *
 *   a decision stands     what somebody was told to be decided is recorded, by whom and why, and nothing follows what ends it
 *   accepted on behalf    the ops of a held group are in the history when, and only when, a lead has accepted it
 *   returned              stands in front of its author, with the lead's note
 *
 * And whenever a list of held changes, or what became of some, is answered:
 *
 *   scope, blind          nobody is shown or decides about their own, what lies outside their scope, or what they moderate
 *                         unlocked
 */
import { readStanding } from '../../../server/sync/standing.ts';
import { auditFacts } from '../../../src/domain/facts.ts';
import type { PersonId, RecordId } from '../../../src/domain/ids.ts';
import { isBlind } from '../../../src/domain/projection.ts';
import type { Kind, UnitVersion } from '../../../src/domain/record.ts';
import { mayRead } from '../../../src/domain/rights.ts';
import type { DecideReply, HeldList } from '../../../src/protocol/held.ts';
import { openNote } from '../../../src/store/boxes.ts';
import { isKept } from '../../../src/store/rows.ts';
import { readDecisions, readTruth, type StoredDecision, type Truth } from './server-truth.ts';
import type { SimLaptop } from './sim-laptop.ts';
import type { World } from './world.ts';

/** Returned is the only decision that another may follow. */
const isEnd = ({ what }: { readonly what: string }): boolean => what !== 'returned';

export async function askHeld(world: World, truth: Truth): Promise<void> {
  askDecisions(world, truth);
  askAcceptedOnBehalf(world, truth);
  // A copy of a laptop says of its own what the other has decided.
  if (world.wasCloned.yes) return;
  for (const laptop of world.laptops) {
    const unheard = await unheardDecision(world, laptop, truth.decisions);
    if (unheard !== null) world.violate('returned', `${laptop.name} ${unheard}`);
    await askNotes(world, laptop, truth.decisions);
  }
}

function askDecisions(world: World, { decisions, opsByWord }: Truth): void {
  const byGroup = new Map<string, StoredDecision[]>();
  for (const one of decisions) {
    const key = `${one.device} ${one.group}`;
    byGroup.set(key, [...(byGroup.get(key) ?? []), one]);
  }
  for (const [key, made] of byGroup) {
    const after = made.findIndex(isEnd) + 1;
    if (after > 0 && after < made.length)
      world.violate('a decision stands', `${made.map(({ what }) => what).join(', ')} was decided about ${key}`);
  }
  // What was restored or copied has another past than what people were told.
  if (world.copy.timesBack > 0 || world.wasCloned.yes) return;
  for (const { group, what, by, why, words } of world.told) {
    const made = decisions.filter((one) => one.group === group);
    const stands = made.some((one) => one.what === what && one.by === by && one.why === why);
    // An author who decides offline may be told later that a lead has been first.
    const wasFirst = what === 'discarded' && made.some((one) => isEnd(one) && one.what === 'accepted');
    if (!stands && !wasFirst)
      world.violate('a decision stands', `${what} (${why}) of ${group.slice(0, 4)} is not recorded`);
    const lost = words.find((word) => !opsByWord.has(word) && !made.some((one) => one.words.includes(word)));
    if (lost !== undefined) world.violate('a decision stands', `what was ${what} (${why}) is gone: ${lost}`);
  }
}

function askAcceptedOnBehalf(world: World, { ops, decisions }: Truth): void {
  const last = new Map(decisions.map((one) => [`${one.device} ${one.group}`, one.what]));
  for (const { device, seq, group, accepted, heldAs, word } of ops) {
    if (heldAs === null) continue;
    const decided = last.get(`${device} ${group}`) ?? 'undecided';
    if (heldAs !== decided)
      world.violate('accepted on behalf', `${device.slice(0, 4)}:${seq} (${word}) is ${heldAs}, and was ${decided}`);
    if (accepted !== (decided === 'accepted'))
      world.violate('accepted on behalf', `${device.slice(0, 4)}:${seq} (${word}) is in: ${accepted}, but ${decided}`);
  }
}

/** The first decision that this laptop has to tell, or has not heard; null when there is none. */
export async function unheardDecision(
  world: World,
  { person, port }: SimLaptop,
  known?: readonly StoredDecision[],
): Promise<string | null> {
  const { quarantine } = port.dump();
  if (quarantine.length === 0) return null;
  const own = quarantine.find((row) => !isKept(row));
  if (own !== undefined) return `has not told that it has ${own.code} #${own.n}`;
  const decisions = known ?? (await world.server.database.read(readDecisions));
  for (const row of quarantine) {
    const last = decisions.findLast(
      (one) => one.device === row.link?.device && one.group === row.group && one.author === person,
    );
    if (last?.what === 'accepted') return `has not heard that #${row.n} was accepted`;
    if (last?.what === 'returned' && (row.returned?.by !== last.by || row.returned.atMs !== last.atMs))
      return `has not heard that #${row.n} was returned`;
  }
  return null;
}

async function askNotes(world: World, laptop: SimLaptop, decisions: readonly StoredDecision[]): Promise<void> {
  for (const row of laptop.port.dump().quarantine) {
    if (row.returned === undefined) continue;
    const note = await openNote(world.cipher, row, row.returned);
    const isSaid = decisions.some((one) => one.group === row.group && one.what === 'returned' && one.why === note);
    if (!isSaid && world.copy.timesBack === 0)
      world.violate('returned', `${laptop.name} #${row.n} says “${note}”, which nobody has said`);
  }
}

/** Asked of each answer with held changes in it: as things stand in the moment in which it was given. */
export async function askHeldAnswer(world: World, laptop: SimLaptop, path: string, reply: string): Promise<void> {
  const { body } = JSON.parse(reply) as { readonly body?: HeldList | DecideReply };
  if (body === undefined) return;
  const nowMs = world.time.nowMs();
  const { person } = laptop;
  const asking = { authority: world.server.server.authority, person, nowMs };
  const standing = await world.server.database.read((tx) => readStanding(tx, asking));
  const truth = await readTruth(world);
  const isMoving =
    truth.ops.some(({ receivedMs }) => receivedMs === nowMs) ||
    truth.decisions.some((one) => one.receivedMs === nowMs && one.by !== person);
  // Somebody wrote in the same moment: how things stood when it was answered is not known any more.
  if (isMoving || world.time.nowMs() !== nowMs) return;
  for (const { author, record, kind, group } of listedIn(body, truth)) {
    const units = truth.records.get(record)?.units;
    const possible = units === undefined ? begunBy(truth, author, record) : [units];
    const facts = possible.map((one) => (kind === 'audit' ? auditFacts(one) : null));
    const what = `${laptop.name} has to do with ${group.slice(0, 4)} about ${record.slice(0, 4)} at ${path}`;
    if (author === person) world.violate('scope', `${what}, which is their own`);
    if (!facts.some((one) => mayRead(standing, kind, one))) world.violate('scope', `${what}, out of their scope`);
    if (facts.every((one) => one !== null && isBlind(person, one, units ?? {})))
      world.violate('blind', `${what}, which they moderate`);
  }
}

interface Listed {
  readonly author: PersonId;
  readonly record: RecordId;
  readonly kind: Kind;
  readonly group: string;
}

function listedIn(body: HeldList | DecideReply, { ops }: Truth): readonly Listed[] {
  if ('groups' in body)
    return body.groups.flatMap(({ person, group, ops: own }) =>
      own.map(({ record, kind }) => ({ author: person, record, kind, group })),
    );
  const decided = body.results.filter(({ outcome }) => outcome === 'decided');
  return ops
    .filter((op) => decided.some(({ device, group }) => op.device === device && op.group === group))
    .map(({ version, record, kind, group }) => ({ author: version.author, record, kind, group }));
}

/** What an audit that is not there would be, by each allocation that its author has had held. */
const begunBy = ({ ops }: Truth, author: PersonId, id: RecordId): readonly Record<string, UnitVersion>[] => {
  const held = ops.filter((op) => op.record === id && op.version.author === author && op.unit === 'allocation');
  return held.length === 0 ? [{}] : held.map(({ version }) => ({ allocation: version }));
};
