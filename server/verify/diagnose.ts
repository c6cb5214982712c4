/**
 * Names the damage behind entries of the chain that do not fit. An entry's head is made of the head before it and of what it
 * says, so trying it behind other heads tells what was moved, put in or taken out; what fits nowhere was changed.
 */
import type { Hash } from '../../src/domain/chain.ts';
import { nextServerHead, type Entry } from '../../src/domain/server-chain.ts';
import type { Finding } from './finding.ts';

interface Place {
  readonly place: number;
  readonly head: string;
}

/** An entry that is not as it should be, with what stands before it. */
export interface Suspect extends Place {
  readonly about: string;
  /** What it ought to say by the tables; null when what it is about is gone. */
  readonly entry: Entry | null;
  /** Whether what it is about is as it was when it was taken. */
  readonly isSound: boolean;
  /** Whether it goes on from the head before it. */
  readonly follows: boolean;
  readonly before: Place;
  readonly beforeThat: Place;
}

export function diagnose(hash: Hash, suspects: readonly Suspect[]): Finding[] {
  const moved = reordered(hash, suspects);
  if (moved !== null) return moved;
  const heads = new Map<string, Place>();
  for (const { before, place, head } of suspects) for (const at of [before, { place, head }]) heads.set(at.head, at);
  const byPlace = new Map(suspects.map((each) => [each.place, each]));
  const inserted = new Map<number, Finding>();
  const found: Finding[] = [];
  for (const suspect of suspects) {
    const finding = nameOf(hash, suspect, { suspects, heads, byPlace });
    if (finding?.kind === 'inserted' && finding.place !== null) inserted.set(finding.place, finding);
    else if (finding !== null) found.push(finding);
  }
  return [...found.filter(({ place }) => place === null || !inserted.has(place)), ...inserted.values()].sort(
    (a, b) => (a.place ?? 0) - (b.place ?? 0),
  );
}

/**
 * Where nothing was changed but the order: each suspect begins a run that goes on to the next one, and the runs put behind the
 * heads they go on from make the order of then. null when they do not.
 */
function reordered(hash: Hash, suspects: readonly Suspect[]): Finding[] | null {
  const last = suspects.at(-1);
  if (last === undefined) return [];
  const ends = suspects.map((_, i) => suspects[i + 1]?.before ?? last);
  const nextOf = new Map<string, number>();
  const starts = [suspects[0]?.before, ...ends];
  for (const [i, { entry, isSound, follows, head }] of suspects.entries()) {
    if (entry === null || !isSound || follows) return null;
    const own = starts.find((at) => at !== undefined && nextServerHead(hash, at.head, entry) === head);
    if (own === undefined) return null;
    nextOf.set(own.head, i);
  }
  const found: Finding[] = [];
  let at = suspects[0]?.before ?? last;
  let place = at.place + 1;
  for (let walked = 0; walked < suspects.length; walked += 1) {
    const i = nextOf.get(at.head);
    const [run, end] = i === undefined ? [] : [suspects[i], ends[i]];
    if (run === undefined || end === undefined) return null;
    if (run.place !== place) found.push({ kind: 'moved', place: run.place, about: run.about });
    place += end.place - run.place + 1;
    at = end;
  }
  return found.sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
}

interface Around {
  readonly suspects: readonly Suspect[];
  readonly heads: ReadonlyMap<string, Place>;
  readonly byPlace: ReadonlyMap<number, Suspect>;
}

/** What was done at an entry; null when it is as it was and only its neighbour is not. */
function nameOf(hash: Hash, suspect: Suspect, around: Around): Finding | null {
  const { place, about, entry, isSound, follows, before, beforeThat, head } = suspect;
  if (entry === null) return { kind: 'deleted', place, about };
  if (!isSound) return { kind: 'edited', place, about };
  // It goes on, so that only the numbers of the places were changed.
  if (follows) return { kind: 'edited', place, about };
  const fitsAfter = (at: string): boolean => nextServerHead(hash, at, entry) === head;

  const neighbour = around.byPlace.get(before.place);
  // The head before it was changed, and nothing else.
  if (neighbour?.entry != null && fitsAfter(nextServerHead(hash, neighbour.before.head, neighbour.entry))) return null;
  if (before.place > 0 && fitsAfter(beforeThat.head)) {
    return { kind: 'inserted', place: before.place, about: neighbour?.about ?? `place ${before.place}` };
  }
  const own = [...around.heads.values()].find((at) => at.head !== before.head && fitsAfter(at.head));
  // What it goes on from is itself out of its place.
  if (own !== undefined && around.byPlace.has(own.place)) return null;
  if (own !== undefined) return { kind: 'moved', place, about };
  const isOthers = around.suspects.some(
    (other) => other !== suspect && other.entry !== null && nextServerHead(hash, before.head, other.entry) === head,
  );
  if (isOthers) return { kind: 'moved', place, about };
  if (place > before.place + 1) return { kind: 'deleted', place: before.place + 1, about: gapOf(before.place, place) };
  return { kind: 'broken', place, about };
}

const gapOf = (before: number, place: number): string =>
  place === before + 2 ? `the entry of place ${before + 1}` : `the entries of places ${before + 1} to ${place - 1}`;
