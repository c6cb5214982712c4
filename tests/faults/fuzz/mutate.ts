/** What is done to an honest push: its content before it is sealed, its ops after, the request around them, and its bytes. */
import { leafOf, nextHead, valueHash } from '../../../src/domain/chain.ts';
import { kinds, type Op } from '../../../src/domain/record.ts';
import type { Chance } from '../../e2e/support/random.ts';
import { hash } from '../../server/client.ts';
import type { World } from './world.ts';

export interface Batch {
  ops: Op[];
  /** Beside the ops: protocol, nonce, authority, person, device, cursor. */
  request: Record<string, unknown>;
}

export interface Mutation {
  readonly kind: string;
  /** `sealed`: leaves and places are made again afterwards, as somebody who writes their own client would. */
  readonly sealed: boolean;
  readonly change: (batch: Batch, world: World, random: Chance) => void;
}

/** A copy of an op with some of it changed, whatever its type. */
const withPart = (op: Op, part: Record<string, unknown>): Op => ({ ...op, ...part }) as Op;
const atSome = (batch: Batch, random: Chance, change: (op: Op) => Op): void => {
  const at = random.between(0, batch.ops.length - 1);
  batch.ops = batch.ops.map((op, i) => (i === at ? change(op) : op));
};

const others: readonly unknown[] = [
  ...[null, true, 0, -0, -1, 1.5, 1e15, 1e308, '', 'x', ' ', '\0', '\ud800', '\u202e', 'a\r\nb', '2026-02-30'],
  ...[
    [],
    [[]],
    {},
    { length: 1 },
    { toString: 1 },
    { hasOwnProperty: 1 },
    ['x'],
    [null],
    '__proto__',
    'qa-lead',
    '0'.repeat(32),
  ],
];

/** Puts something else at one place of a value, or takes it out. */
function disturbed(value: unknown, random: Chance, put: () => unknown): unknown {
  if (typeof value !== 'object' || value === null) return put();
  const keys = Object.keys(value);
  if (keys.length === 0 || random.between(1, 6) === 1) return put();
  const key = random.pick(keys);
  if (Array.isArray(value))
    return value.map((each: unknown, i) => (String(i) === key ? disturbed(each, random, put) : each));
  const { [key]: old, ...rest } = value as Record<string, unknown>;
  return random.between(1, 6) === 1 ? rest : { ...rest, [key]: disturbed(old, random, put) };
}

const sized = (length: number): string => 'x'.repeat(Math.max(0, length));
const limits = [6, 60, 120, 200, 2_000, 20_000];
const oddKeys = [
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  'a" , "b',
  `'; drop table op; --`,
  '$1',
  'length',
  'then',
  '\u202e',
];
const units = [
  ...['case', 'allocation', 'section:risk', 'section:', 'section', 'overall', 'voided', 'submitted', 'hold', 'erased'],
  ...['correction:a', 'correction:__proto__'],
  ...['imported', 'profile', 'roles', 'definition', 'source', 'undone', 'authority', 'retention', 'certificate:a'],
  ...[
    'toString',
    'section:__proto__',
    'agreed',
    'checks:constructor',
    'voice:child',
    'concern',
    'x'.repeat(40),
    '',
    'a b',
  ],
];

/** Any record, person, service or team there is, and some that mean something to the server. */
const anyId = (world: World, random: Chance): string =>
  random.pick([
    ...world.people,
    ...world.services,
    ...world.teams,
    ...world.audits,
    ...world.imports,
    ...[world.known.pen, world.known.authority, '0'.repeat(32), 'f'.repeat(32), 'F'.repeat(32)],
  ]);
const anyOpId = (world: World, random: Chance): string => {
  const { device, seq } = random.pick(world.laptops);
  return random.pick([`${device}:${Math.max(1, seq)}`, `${device}:0`, `${world.newId()}:1`, 'x', `${device}:1e3`]);
};

const times = [-1, 0, 0.5, 8.64e15, 8.64e15 + 1, 2 ** 53, 1e300];
const changeOp =
  (part: (op: Op, world: World, random: Chance) => Record<string, unknown>): Mutation['change'] =>
  (batch, world, random) =>
    atSome(batch, random, (op) => withPart(op, part(op, world, random)));
const changeValue = (value: (op: Op, world: World, random: Chance) => unknown): Mutation['change'] =>
  changeOp((op, world, random) => ({ value: value(op, world, random) }));

const sealedOps: Readonly<Record<string, Mutation['change']>> = {
  types: changeValue(({ value }, _, random) => disturbed(value, random, () => random.pick(others))),
  'ids of others in values': changeValue(({ value }, world, random) => {
    const fields = Object.keys(value).filter((key) => /^[0-9a-f]{32}$/.test(String(value[key])) || value[key] === null);
    return fields.length === 0 ? value : { ...value, [random.pick(fields)]: anyId(world, random) };
  }),
  'ids of others': changeOp((_, world, random) => ({ record: anyId(world, random) })),
  kinds: changeOp((_, __, random) => ({ kind: random.pick([...kinds, 'toString', '', 'Audit']) })),
  units: changeOp((_, __, random) => ({ unit: random.pick(units) })),
  'kinds and units': changeOp((_, __, random) => ({ kind: random.pick(kinds), unit: random.pick(units) })),
  clocks: changeOp(({ claimed }, world, random) => {
    const far = world.server.clock.ms + random.pick([-1e9, 59_999, 60_001, 1e12]);
    return {
      claimed: random.pick([
        { ms: random.pick([...times, far]), count: 0 },
        { ...claimed, count: random.pick(times) },
      ]),
    };
  }),
  sizes: changeValue(({ value }, _, random) => {
    const size = random.pick(limits) + random.between(-1, 1);
    return disturbed(value, random, () => sized(size));
  }),
  'a large group': changeValue(({ value }, _, random) => ({
    ...value,
    more: sized(64 * 1024 - random.between(0, 400)),
  })),
  'odd keys': changeValue(({ value }, _, random) =>
    random.between(0, 1) === 0
      ? { ...value, [random.pick(oddKeys)]: 1 }
      : disturbed(value, random, () => ({ [random.pick(oddKeys)]: 1 })),
  ),
  'what it stands on': changeOp((op, world, random) =>
    random.pick([
      { base: anyOpId(world, random) },
      { base: null },
      { settles: Array.from({ length: random.pick([1, 2, 50, 51]) }, () => anyOpId(world, random)) },
      { base: `${op.device}:${op.seq}` },
    ]),
  ),
  'another’s name': changeOp((_, world, random) => ({ person: random.pick([...world.people, world.known.pen]) })),
  'another authority': changeOp((_, world) => ({ authority: world.newId() })),
  'another device in an op': changeOp((_, world, random) => ({ device: random.pick(world.laptops).device })),
  'group sizes': changeOp(({ groupSize }, _, random) => ({ groupSize: groupSize + random.pick([-1, 1, 1000]) })),
  'groups again': (batch, world, random) => {
    const old = [...(world.known.devices.get(String(batch.request['device']))?.groups ?? [])];
    if (old.length > 0) atSome(batch, random, (op) => withPart(op, { group: random.pick(old) }));
  },
  'roles taken': (batch, _, random) => {
    const me = String(batch.request['person']);
    const grants = [{ role: 'qa-lead', services: [], teams: [], from: '2020-01-01', to: null }];
    atSome(batch, random, (op) => withPart(op, { record: me, kind: 'person', unit: 'roles', value: { grants } }));
  },
  'audits of others': (batch, world, random) => {
    if (world.audits.length > 0)
      atSome(batch, random, (op) => (op.kind === 'audit' ? withPart(op, { record: random.pick(world.audits) }) : op));
  },
  'more of an audit': (batch, _, random) => {
    const [first] = batch.ops as [Op];
    const more = random.pick(['submitted', 'voided', 'section:risk', 'imported', 'hold', 'erased', 'correction:a']);
    const value = { by: first.person, at: 1, reason: 'made up', unit: 'case' };
    batch.ops = [
      ...batch.ops,
      withPart(first, { seq: first.seq + batch.ops.length, kind: 'audit', unit: more, value }),
    ];
    batch.ops = batch.ops.map((op) =>
      op.group === first.group ? withPart(op, { groupSize: first.groupSize + 1 }) : op,
    );
  },
};

const sealedAlready: Readonly<Record<string, Mutation['change']>> = {
  'values after sealing': changeValue(({ value }, _, random) => disturbed(value, random, () => random.pick(others))),
  'leaves and places': changeOp((op, _, random) => {
    const field = random.pick(['leaf', 'prev', 'salt'] as const);
    return {
      [field]: random.pick([op.leaf, op.prev, op.salt, op[field].toUpperCase(), op[field].slice(1), '0'.repeat(64)]),
    };
  }),
  'numbers twice': (batch, _, random) => {
    const again = random.pick(batch.ops);
    batch.ops = random.pick([
      [...batch.ops, again],
      [again, ...batch.ops],
      batch.ops.map((op) => withPart(op, { seq: again.seq })),
    ]);
  },
  'a broken chain': (batch, _, random) => {
    const at = random.between(0, batch.ops.length - 1);
    batch.ops = random.pick([
      batch.ops.filter((__, i) => i !== at),
      batch.ops.toReversed(),
      batch.ops.map((op) => withPart(op, { seq: op.seq + random.pick([-1, 1, 1e15]) })),
    ]);
  },
  'sent again': (batch, world, random) => {
    const taken = [...(world.known.devices.get(String(batch.request['device']))?.taken.values() ?? [])];
    const groups = taken.slice(-random.between(1, 5)).map(({ op }) => op);
    batch.ops = random.pick([groups, [...groups, ...batch.ops]]);
  },
  'a fork': (batch, world, random) => {
    const taken = [...(world.known.devices.get(String(batch.request['device']))?.taken.values() ?? [])].slice(-3);
    if (taken.length > 0)
      batch.ops = resealed([withPart(random.pick(taken).op, { groupSize: 1, value: { forked: 1 } })]);
  },
  'parts of a request': (batch, world, random) => {
    const field = random.pick(['protocol', 'nonce', 'authority', 'person', 'device', 'cursor', 'ops']);
    batch.request = {
      ...batch.request,
      [field]: random.pick([...others, 2, world.newId(), random.pick(world.people)]),
    };
  },
  'another’s device': (batch, world, random) => {
    batch.request = { ...batch.request, device: random.pick(world.laptops).device };
  },
  'another history': (batch, world) => {
    const cursor = { epoch: world.newId(), version: 1, head: 'a'.repeat(64), rights: 'b'.repeat(64) };
    batch.request = { ...batch.request, cursor };
  },
};

const named = (of: Readonly<Record<string, Mutation['change']>>, sealed: boolean): Mutation[] =>
  Object.entries(of).map(([kind, change]) => ({ kind, sealed, change }));
export const mutations: readonly Mutation[] = [...named(sealedOps, true), ...named(sealedAlready, false)];

/** Leaves and places made again, from the place of the first. What has no canonical text keeps its old leaf. */
export function resealed(ops: readonly Op[]): Op[] {
  let head = ops[0]?.prev ?? '';
  return ops.map((op) => {
    const leaf = leafOr(op);
    const made = { ...op, leaf, prev: head };
    head = nextHead(hash, head, leaf);
    return made;
  });
}

function leafOr(op: Op): string {
  try {
    return leafOf(hash, op, valueHash(hash, op.salt, op.value));
  } catch {
    return op.leaf;
  }
}
