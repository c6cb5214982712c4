import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import {
  agreeingOthers,
  basisOf,
  compareOpIds,
  fold,
  othersToSee,
  overlay,
  shownValue,
  unitOf,
  type Change,
  type PendingChange,
} from '../../src/domain/fold.ts';
import type { OpId } from '../../src/domain/ids.ts';
import type { UnitState } from '../../src/domain/record.ts';
import { compareStamps } from '../../src/domain/stamp.ts';
import { op, person, sure, unit } from './any.ts';

const test = suite('folding ops into a unit');

/** One op, with the ops its author's laptop had received when it was made. */
interface Made {
  readonly change: Change;
  readonly seen: ReadonlySet<OpId>;
}

/** One step of a story: a laptop edits on what it sees, after receiving what another laptop holds. */
interface Step {
  readonly device: number;
  readonly hears: number;
  readonly grade: number;
  readonly settlesAll: boolean;
  readonly ms: number;
}

const devices = 4;
const anyStory = fc.array(
  fc.record({
    device: fc.nat({ max: devices - 1 }),
    hears: fc.nat({ max: devices - 1 }),
    grade: fc.nat({ max: 2 }),
    settlesAll: fc.boolean(),
    ms: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 14 },
);

/** Plays a story: each laptop holds a set of ops, folded in the order it got them. */
function play(story: readonly Step[]): Made[] {
  const made: Made[] = [];
  const laptops = Array.from({ length: devices }, () => ({
    has: new Map<OpId, Made>(),
    unit: undefined as UnitState | undefined,
    seq: 0,
  }));
  const receive = (to: number, next: Made): void => {
    const laptop = sure(laptops[to]);
    if (laptop.has.has(next.change.op)) return;
    laptop.has.set(next.change.op, next);
    laptop.unit = fold(laptop.unit, next.change);
  };
  for (const { device: at, hears, grade, settlesAll, ms } of story) {
    for (const heard of sure(laptops[hears]).has.values()) receive(at, heard);
    const laptop = sure(laptops[at]);
    const { unit: shown } = laptop;
    const change: Change = {
      op: op(at, ++laptop.seq),
      // Laptops may also say the same as each other.
      value: grade === 0 ? { grade: 'same' } : { by: at, grade: `grade-${grade}` },
      author: person(at),
      stamp: { ms, count: 0 },
      base: shown?.op ?? null,
      settles: settlesAll ? (shown?.others.map((other) => other.op) ?? []) : [],
    };
    const one: Made = { change, seen: new Set(laptop.has.keys()) };
    made.push(one);
    receive(at, one);
  }
  return made;
}

/** An order of delivery in which nothing comes before what its author had seen, chosen by `picks`. */
function deliver(made: readonly Made[], picks: readonly number[]): Change[] {
  const waiting = [...made];
  const done: Change[] = [];
  for (let i = 0; waiting.length > 0; i += 1) {
    const given = new Set(done.map((change) => change.op));
    const ready = waiting.filter(({ seen }) => [...seen].every((id) => given.has(id)));
    const next = sure(ready[(picks[i % picks.length] ?? 0) % ready.length]);
    waiting.splice(waiting.indexOf(next), 1);
    done.push(next.change);
  }
  return done;
}

const folded = (changes: readonly Change[]): UnitState | undefined =>
  changes.reduce<UnitState | undefined>((state, change) => fold(state, change), undefined);

const anyPicks = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 14 });

test('gives the same unit in every order of delivery that respects causes', () => {
  fc.assert(
    fc.property(anyStory, anyPicks, anyPicks, (story, one, two) => {
      const made = play(story);
      assert.equal(folded(deliver(made, one)), folded(deliver(made, two)));
    }),
    { numRuns: 500 },
  );
});

test('a set of ops makes the same unit as their delivery, whatever the order in which they come back', () => {
  fc.assert(
    fc.property(
      anyStory,
      anyPicks,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (story, order, dice) => {
        const made = play(story);
        const shuffled = made.map(({ change }) => ({ change, at: dice.next().value })).sort((a, b) => a.at - b.at);
        assert.equal(unitOf(shuffled.map(({ change }) => change)), folded(deliver(made, order)));
      },
    ),
  );
});

test('a set of ops is gone through a few times, however many they are, and not once for each', () => {
  const count = 300;
  let reads = 0;
  const changes = Array.from({ length: count }, (_, i): Change => ({
    ...{ value: { i }, author: person(0), stamp: { ms: i, count: 0 }, base: null, settles: [] },
    get op() {
      reads += 1;
      return op(0, i + 1);
    },
  }));
  const made = unitOf(changes);
  assert.equal([made?.value, made?.others], [{ i: count - 1 }, []]);
  assert.ok(reads < 10 * count, `${reads} reads`);
});

test('gives the same unit when a delivery is repeated, since a log takes no op twice', () => {
  fc.assert(
    fc.property(anyStory, anyPicks, anyPicks, (story, order, repeats) => {
      const changes = deliver(play(story), order);
      const log = new Set<OpId>();
      let state: UnitState | undefined;
      changes.forEach((change, i) => {
        const again = sure(changes[(repeats[i % repeats.length] ?? 0) % (i + 1)]);
        for (const delivered of [change, again, change]) {
          if (log.has(delivered.op)) continue;
          log.add(delivered.op);
          state = fold(state, delivered);
        }
      });
      assert.equal(state, folded(changes));
    }),
  );
});

test('changes nothing when an op comes again while it, or a later one of its device, is a head', () => {
  fc.assert(
    fc.property(anyStory, anyPicks, (story, order) => {
      const changes = deliver(play(story), order);
      const state = sure(folded(changes));
      const heads = [state.op, ...state.others.map((other) => other.op)];
      for (const change of changes) if (heads.includes(change.op)) assert.is(fold(state, change), state);
    }),
  );
});

test('loses no value: it shows, stands beside, or was superseded by an op that saw it or by its own device', () => {
  fc.assert(
    fc.property(anyStory, anyPicks, (story, order) => {
      const made = play(story);
      const state = sure(folded(deliver(made, order)));
      const heads = new Set([state.op, ...state.others.map((other) => other.op)]);
      for (const { change } of made) {
        if (heads.has(change.op)) continue;
        assert.ok(
          made.some(
            (later) =>
              later.seen.has(change.op) &&
              (later.change.base === change.op ||
                later.change.settles.includes(change.op) ||
                later.change.author === change.author),
          ),
          `${change.op} is gone`,
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('never pairs the values of two people', () => {
  fc.assert(
    fc.property(anyStory, anyPicks, (story, order) => {
      const made = play(story);
      const state = sure(folded(deliver(made, order)));
      for (const version of [state, ...state.others]) {
        const source = sure(made.find(({ change }) => change.op === version.op)).change;
        assert.equal(version.value, source.value);
        assert.is(version.author, source.author);
      }
    }),
  );
});

test('shows the version with the latest stamp, ties by device and then by number', () => {
  fc.assert(
    fc.property(anyStory, anyPicks, (story, order) => {
      const state = sure(folded(deliver(play(story), order)));
      for (const other of state.others) {
        const byStamp = compareStamps(state.stamp, other.stamp);
        assert.ok(byStamp > 0 || (byStamp === 0 && compareOpIds(state.op, other.op) > 0));
      }
    }),
  );
});

const change = (by: number, value: JsonObject, more: Partial<Change> = {}): Change => ({
  op: op(by, 1),
  value,
  author: person(by),
  stamp: { ms: by, count: 0 },
  base: null,
  settles: [],
  ...more,
});

test('two people who graded unseen by each other are both kept, and the later one shows', () => {
  const state = sure(folded([change(2, { grade: 'good' }), change(1, { grade: 'inadequate' })]));
  assert.equal(state.value, { grade: 'good' });
  assert.equal(othersToSee(state), [
    { op: op(1, 1), value: { grade: 'inadequate' }, author: person(1), stamp: { ms: 1, count: 0 } },
  ]);
  assert.equal(agreeingOthers(state), []);
});

test('two people who say the same are nothing to look at, whichever comes first, and the next edit settles both', () => {
  const [a, b] = [change(1, { grade: 'good' }), change(2, { grade: 'good' })];
  assert.equal(folded([a, b]), folded([b, a]));
  const state = sure(folded([a, b]));
  assert.equal(othersToSee(state), []);
  assert.equal(agreeingOthers(state), [a.op]);
  const next = change(3, { grade: 'outstanding' }, { base: state.op, settles: agreeingOthers(state) });
  assert.equal(fold(state, next).others, []);
});

test('op ids order by device and then by number, not by text', () => {
  assert.ok(compareOpIds(op(1, 9), op(1, 10)) < 0);
  assert.ok(compareOpIds(op(2, 1), op(1, 10)) > 0);
  assert.is(compareOpIds(op(1, 1), op(1, 1)), 0);
});

const lay = suite('laying pending changes over a confirmed record');

const pending = (name: string, value: JsonObject, more: Partial<PendingChange> = {}): PendingChange => ({
  unit: name,
  value,
  base: null,
  settles: [],
  ...more,
});

lay('shows the confirmed value where nothing is pending', () => {
  const confirmed = { overall: unit({ chosen: 'good' }) };
  assert.equal(overlay(confirmed, []), {
    overall: { value: { chosen: 'good' }, confirmed: confirmed.overall, pending: null },
  });
});

lay('shows the newest pending value, keeps what is beneath it, and adds units nobody confirmed', () => {
  const confirmed = { overall: unit({ chosen: 'good' }), case: unit({ reference: 'A1' }) };
  const shown = overlay(confirmed, [
    pending('overall', { chosen: 'inadequate' }, { base: confirmed.overall.op }),
    pending('section:child-seen', { grade: 'good' }),
    pending('overall', { chosen: 'outstanding' }, { base: confirmed.overall.op }),
  ]);
  assert.equal(shown['overall'], {
    value: { chosen: 'outstanding' },
    confirmed: confirmed.overall,
    pending: { base: confirmed.overall.op, seen: [confirmed.overall.op] },
  });
  assert.equal(shown['section:child-seen'], {
    value: { grade: 'good' },
    confirmed: undefined,
    pending: { base: null, seen: [] },
  });
  assert.is(shown['case']?.pending, null);
  assert.equal(shownValue(shown, 'overall'), { chosen: 'outstanding' });
  assert.is(shownValue(shown, 'concern'), undefined);
});

lay('changes neither its confirmed record nor any value', () => {
  const confirmed = Object.freeze({ overall: Object.freeze(unit({ chosen: 'good' })) });
  const mine = Object.freeze([Object.freeze(pending('overall', Object.freeze({ chosen: 'inadequate' })))]);
  const shown = overlay(confirmed, mine);
  assert.is(shown['overall']?.value, mine[0]?.value);
  assert.equal(confirmed.overall, unit({ chosen: 'good' }));
});

const next = suite('what the next change of a unit stands on');

next('is nothing where nobody has given a value, or only this person has, unsent', () => {
  assert.equal(basisOf(undefined), { base: null, settles: [] });
  const { concern } = overlay({}, [pending('concern', { raised: true })]);
  assert.equal(basisOf(concern), { base: null, settles: [] });
});

next('is the confirmed version and those that say the same', () => {
  const [a, b] = [change(1, { grade: 'good' }), change(2, { grade: 'good' })];
  const confirmed = { overall: sure(folded([a, b])) };
  assert.equal(basisOf(overlay(confirmed, [])['overall']), { base: b.op, settles: [a.op] });
});

next('stays what own unsent changes stood on when another version arrives beneath, which then is kept beside', () => {
  const first = change(1, { grade: 'good' });
  const theirs = change(2, { grade: 'outstanding' }, { base: first.op });
  const mine = change(3, { grade: 'inadequate' }, { base: first.op });
  const confirmed = { overall: sure(folded([first, theirs])) };
  const { overall } = overlay(confirmed, [pending('overall', mine.value, mine)]);
  assert.equal(overall?.pending, { base: first.op, seen: [first.op] });
  const again = { ...mine, ...basisOf(overall), op: op(3, 2), value: { grade: 'requires-improvement' } };
  const { others } = sure(folded([first, theirs, mine, again]));
  assert.equal(
    others.map((other) => other.op),
    [theirs.op],
  );
});

next('remembers every version that own unsent changes were based on or have settled', () => {
  const mine = [
    pending('overall', { chosen: 'good' }, { base: op(1, 1), settles: [op(2, 1)] }),
    pending('overall', { chosen: 'inadequate' }, { base: op(1, 1), settles: [op(4, 1)] }),
  ];
  const { overall } = overlay({ overall: unit({ chosen: 'outstanding' }, 4) }, mine);
  assert.equal(overall?.pending, { base: op(1, 1), seen: [op(1, 1), op(2, 1), op(4, 1)] });
  assert.equal(basisOf(overall), { base: op(1, 1), settles: [] });
});

test.run();
lay.run();
next.run();
