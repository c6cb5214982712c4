/**
 * A schedule: what people do and what goes wrong, drawn from a seed before anything runs. Each step is plain data and draws
 * nothing later from a stream that other steps share, so that leaving steps out leaves the others as they were.
 */
import type { Chance } from '../../../src/domain/example/chance.ts';
import { fates, type Fate } from './fates.ts';

export const acts = [
  'grade',
  'type',
  'checks',
  'overall',
  'voice',
  'group',
  'submit',
  'void',
  'choose',
  'allocate',
  'start audit',
  'change rights',
  'move team',
  'add person',
  'import',
  'undo import',
  'accept held',
  'return held',
  'send again',
  'edit held',
  'discard held',
  'open in full',
  'sign out',
  'sync now',
] as const;

export const mishaps = [
  'fates',
  'offline',
  'online',
  'power cut',
  'power cut soon',
  'kill worker',
  'kill worker soon',
  'disk full',
  'disk free',
  'clock',
  'asleep',
  'events swallowed',
  'server crash',
  'server trips',
  'session ended',
  'clone',
  'keep a copy',
  'restore',
] as const;

export interface Step {
  readonly do: (typeof acts)[number] | (typeof mishaps)[number];
  /** Which laptop, and which of its tabs. */
  readonly on: number;
  readonly tab: number;
  /** What it is about: an audit, a section, a person, an amount; each step reads them as it needs. */
  readonly what: number;
  readonly which: number;
  readonly fates: readonly Fate[];
  /** How long it is until the next step. */
  readonly thenMs: number;
}

export interface Schedule {
  readonly seed: string;
  /** Whose laptops there are, and how many tabs each has. */
  readonly laptops: readonly { readonly who: 'quinn' | 'alex' | 'amira' | 'lee'; readonly tabs: number }[];
  readonly steps: readonly Step[];
}

const weights: Readonly<Record<Step['do'], number>> = {
  grade: 14,
  type: 9,
  checks: 3,
  overall: 5,
  voice: 2,
  group: 5,
  submit: 4,
  void: 1,
  choose: 4,
  allocate: 4,
  'start audit': 3,
  'change rights': 2,
  'move team': 1,
  'add person': 2,
  import: 1,
  'undo import': 1,
  'accept held': 5,
  'return held': 3,
  'send again': 3,
  'edit held': 2,
  'discard held': 3,
  'open in full': 2,
  'sign out': 1,
  'sync now': 3,
  fates: 12,
  offline: 3,
  online: 3,
  'power cut': 2,
  'power cut soon': 3,
  'kill worker': 2,
  'kill worker soon': 3,
  'disk full': 2,
  'disk free': 2,
  clock: 2,
  asleep: 1,
  'events swallowed': 1,
  'server crash': 1,
  'server trips': 1,
  'session ended': 1,
  clone: 0.4,
  'keep a copy': 0.6,
  restore: 0.6,
};

/** In some schedules much is held and decided about. */
const ofHeld: Partial<Record<Step['do'], number>> = {
  allocate: 12,
  'change rights': 5,
  'accept held': 15,
  'return held': 10,
  'send again': 9,
  'edit held': 5,
  'discard held': 9,
};

/** In some the server is put back, by laptops whose disks and copies are whole. */
const ofRestores: Partial<Record<Step['do'], number>> = {
  'keep a copy': 5,
  restore: 4,
  'disk full': 0,
  clone: 0,
};

const bagOf = (weights: Partial<Record<Step['do'], number>>): readonly Step['do'][] =>
  Object.entries(weights).flatMap(([name, weight]) =>
    Array.from({ length: Math.round(weight * 5) }, () => name as Step['do']),
  );
const bag = bagOf(weights);
const heldBag = bagOf({ ...weights, ...ofHeld });
const restoresBag = bagOf({ ...weights, ...ofRestores });
const waits = [0, 0, 0, 10, 50, 200, 700, 1_200, 1_500, 3_000, 6_000, 20_000] as const;
const casts = [
  ['alex', 'quinn'],
  ['alex', 'alex'],
  ['alex', 'lee', 'quinn'],
  ['alex', 'amira', 'quinn'],
  ['alex', 'alex', 'quinn'],
  ['alex', 'alex', 'lee', 'quinn'],
  ['alex', 'amira', 'lee', 'quinn'],
] as const;
const badFates = fates.filter((fate) => fate !== 'fine');

export function drawSchedule(seed: string, chance: Chance): Schedule {
  const cast = chance.pick(casts);
  const from = chance.pick([heldBag, heldBag, restoresBag, bag, bag, bag, bag, bag]);
  const laptops = cast.map((who) => ({ who, tabs: chance.happens(0.25) ? 2 : 1 }));
  const steps = Array.from({ length: chance.between(15, 45) }, (): Step => ({
    do: chance.pick(from),
    on: chance.between(0, laptops.length - 1),
    tab: chance.between(0, 1),
    what: chance.between(0, 999),
    which: chance.between(0, 999),
    fates: Array.from({ length: chance.between(1, 4) }, () => (chance.happens(0.3) ? 'fine' : chance.pick(badFates))),
    thenMs: chance.pick(waits),
  }));
  return { seed, laptops, steps };
}
