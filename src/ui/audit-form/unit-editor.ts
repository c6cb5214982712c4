/**
 * What somebody is editing in one audit, kept as it is made; there is no Save button. Needs no browser: it is given how to
 * save and how to wait.
 *
 * Promises:
 *  - an act (a grade, a check, a choice) goes to `save` at once and never merges with another; text goes at most `typingMs`
 *    after its first unsaved key, and at once on `release` and `flush`
 *  - saves run one after another in the order they were made; "saved" is said only after `save` answered ok
 *  - a failed save keeps the value on screen with its problem and tries again, after each change and by itself
 *  - a value that arrives never replaces one that is being edited or is not saved yet; of what the same person does to the
 *    unit in another tab of this laptop, every field joins in that was not changed here
 *  - an edit stands on what the screen had when it began, or on what own unsent changes of the unit stand on already
 */
import { signal } from '@preact/signals';
import { sameValue, type JsonObject } from '../../domain/canonical.ts';
import { basisOf, withChange, type Basis, type ShownUnit, type ShownUnits } from '../../domain/fold.ts';
import { parseOpId, type DeviceId, type OpId } from '../../domain/ids.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import { blankValue } from './blank-values.ts';
import { newDraft, type Draft, type How } from './draft.ts';
import { createRefusedBoxes, type RefusedBoxes } from './refused-boxes.ts';

export interface UnitEdit extends Basis {
  readonly unit: string;
  readonly value: JsonObject;
  /** The fields that were changed here since the last save. */
  readonly changed: readonly string[];
}

/** Runs `run` after `ms`; the answer cancels it. */
export type After = (ms: number, run: () => void) => () => void;

export interface EditorDeps {
  readonly save: (edit: UnitEdit, how: How) => Promise<Result<unknown, StoreProblem>>;
  readonly after: After;
}

/** `empty`: nobody has given this unit a value. */
export type UnitStatus = 'empty' | 'unsaved' | 'failed' | 'saved';

/** Whoever asks for a value, status, failure, the units or what is unsaved while drawing is drawn again when the answer changes. */
export interface UnitEditor {
  value(unit: string): JsonObject;
  status(unit: string): UnitStatus;
  /** Why something could not be saved and is only on this screen; null when nothing is. */
  failure(): StoreProblem | null;
  /** Every unit as the screen shows it: what the store has, with what is being edited laid over it. */
  units(): ShownUnits;
  change(unit: string, fields: (now: JsonObject) => JsonObject, how: How, settles?: readonly OpId[]): void;
  /** A text box of the unit has the focus: what it shows stays, and is the base of what is typed. */
  hold(unit: string): void;
  release(unit: string): void;
  /** How many saves had completed: taken before a read, handed back with what it read. */
  mark(): number;
  /** `device`: whose ops are this laptop's own, from whichever of its tabs. */
  receive(units: ShownUnits, mark: number, device: DeviceId): void;
  /** Of these something on the screen is not even tried to be saved. */
  readonly refused: RefusedBoxes;
  retry(): void;
  /** Saves everything now. Resolves true when nothing is left unsaved. */
  flush(): Promise<boolean>;
  /** Nobody is in a text any more: saves everything now, as `flush`. */
  leave(): Promise<boolean>;
  hasUnsaved(): boolean;
  /** Tries no more and forgets what it holds. */
  stop(): void;
}

export const typingMs = 250;
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

interface Job {
  readonly edit: UnitEdit;
  readonly how: How;
  readonly edits: number;
}

export function createUnitEditor({ save, after }: EditorDeps): UnitEditor {
  /** Grows with every change of what is answered below. */
  const version = signal(0);
  const drafts = new Map<string, Draft>();
  const held = new Set<string>();
  const refused = createRefusedBoxes();
  let stored: ShownUnits = {};
  let own: DeviceId | null = null;
  let readAt = 0;
  let saves = 0;
  let queue: Job[] = [];
  let draining: Promise<void> | null = null;
  let cancelRetry: (() => void) | null = null;
  let retryMs = firstRetryMs;
  let stopped = false;

  const changed = (): void => void (version.value = version.peek() + 1);
  const tracked =
    <Args extends readonly unknown[], T>(answer: (...args: Args) => T) =>
    (...args: Args): T => {
      void version.value;
      return answer(...args);
    };
  const valueOf = (unit: string): JsonObject =>
    drafts.get(unit)?.value ?? { ...blankValue(unit), ...stored[unit]?.value };

  function change(
    unit: string,
    fields: (now: JsonObject) => JsonObject,
    how: How,
    settles: readonly OpId[] = [],
  ): void {
    const now = valueOf(unit);
    const given = fields(now);
    const value = { ...now, ...given };
    if (settles.length === 0 && status(unit) !== 'empty' && sameValue(value, now)) return;
    const draft = drafts.get(unit) ?? beginDraft(unit, now);
    draft.value = value;
    draft.edits += 1;
    for (const [field, one] of Object.entries(given)) {
      if (now[field] !== undefined && sameValue(one, now[field])) continue;
      draft.changed.add(field);
      draft.unsaved.set(field, draft.edits);
    }
    draft.settled = [...draft.settled, ...settles];
    draft.settles = [...draft.settles, ...settles];
    draft.savedAs = null;
    draft.owed = how === 'act' || draft.owed === 'act' ? 'act' : 'typing';
    if (draft.owed === 'act') enqueue(unit, draft);
    else draft.cancelTimer ??= after(typingMs, () => enqueue(unit, draft));
    changed();
  }

  function beginDraft(unit: string, value: JsonObject): Draft {
    const draft = newDraft(value, basisOf(stored[unit]));
    drafts.set(unit, draft);
    return draft;
  }

  function enqueue(unit: string, draft: Draft): void {
    draft.cancelTimer?.();
    draft.cancelTimer = null;
    if (draft.owed === null || stopped) return;
    const { value, base, settles, edits, owed } = draft;
    const last = queue.findLastIndex((job) => job.edit.unit === unit);
    if (owed === 'typing' && queue[last]?.how === 'typing') queue.splice(last, 1);
    queue.push({ edit: { unit, value, base, settles, changed: [...draft.unsaved.keys()] }, how: owed, edits });
    draft.owed = null;
    draining ??= drain();
  }

  async function drain(): Promise<void> {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await runJob(job);
    draining = null;
  }

  async function runJob({ edit, how, edits }: Job): Promise<void> {
    const result = await save(edit, how);
    if (stopped) return;
    const draft = drafts.get(edit.unit);
    if (draft === undefined) throw new Error(`A save of ${edit.unit} ended after its draft was gone`);
    if (result.ok) {
      saves += 1;
      draft.problem = null;
      retryMs = firstRetryMs;
      draft.settles = draft.settles.filter((op) => !edit.settles.includes(op));
      for (const [field, at] of [...draft.unsaved]) if (at <= edits) draft.unsaved.delete(field);
      if (draft.edits === edits) draft.savedAs = saves;
      dropIfDone(edit.unit);
    } else {
      draft.problem = result.problem;
      const newerQueued = queue.some((job) => job.edit.unit === edit.unit);
      if (!newerQueued) draft.owed = how === 'act' ? 'act' : (draft.owed ?? how);
      scheduleRetry();
    }
    changed();
  }

  function scheduleRetry(): void {
    if (cancelRetry !== null) return;
    cancelRetry = after(retryMs, retry);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  function retry(): void {
    cancelRetry?.();
    cancelRetry = null;
    for (const [unit, draft] of drafts) if (draft.owed !== null) enqueue(unit, draft);
  }

  /** Forgets a draft that the store shows already, unless somebody is in its text. */
  function dropIfDone(unit: string): void {
    const savedAs = drafts.get(unit)?.savedAs;
    if (savedAs != null && savedAs <= readAt && !held.has(unit)) drafts.delete(unit);
  }

  function receive(units: ShownUnits, mark: number, device: DeviceId): void {
    stored = units;
    readAt = mark;
    own = device;
    for (const [unit, draft] of [...drafts]) {
      joinOtherTab(unit, draft);
      dropIfDone(unit);
    }
    changed();
  }

  /** What other people and other laptops do is asked about and does not join. */
  function joinOtherTab(unit: string, draft: Draft): void {
    const shown = stored[unit];
    if (shown === undefined || !isOfThisLaptop(shown)) return;
    const joining = Object.entries(shown.value).filter(([field]) => !draft.changed.has(field));
    draft.value = { ...draft.value, ...Object.fromEntries(joining) };
  }

  /** Not sent yet, or sent from here: it may have reached the server and come back between two looks. */
  const isOfThisLaptop = ({ pending, confirmed }: ShownUnit): boolean =>
    pending !== null || (confirmed !== undefined && parseOpId(confirmed.op).device === own);

  function hold(unit: string): void {
    held.add(unit);
    if (!drafts.has(unit)) beginDraft(unit, valueOf(unit));
  }

  function release(unit: string): void {
    held.delete(unit);
    const draft = drafts.get(unit);
    if (draft !== undefined) enqueue(unit, draft);
    dropIfDone(unit);
    changed();
  }

  async function flush(): Promise<boolean> {
    retry();
    while (draining !== null) await draining;
    return !hasUnsaved();
  }

  function leave(): Promise<boolean> {
    for (const unit of [...held]) release(unit);
    return flush();
  }

  const hasUnsaved = (): boolean => [...drafts.values()].some(({ savedAs }) => savedAs === null);

  function stop(): void {
    stopped = true;
    cancelRetry?.();
    for (const { cancelTimer } of drafts.values()) cancelTimer?.();
    queue = [];
    drafts.clear();
    held.clear();
  }

  function units(): ShownUnits {
    const shown: Record<string, ShownUnit> = { ...stored };
    for (const [unit, { value, base, settled, edits }] of drafts) {
      if (edits === 0) continue;
      const { confirmed, pending = null } = stored[unit] ?? {};
      shown[unit] = { value, confirmed, pending: withChange(pending, { base, settles: settled }) };
    }
    return shown;
  }

  function status(unit: string): UnitStatus {
    if (refused.has(unit)) return 'failed';
    const draft = drafts.get(unit);
    if (draft === undefined || draft.edits === 0) return stored[unit] === undefined ? 'empty' : 'saved';
    if (draft.problem !== null) return 'failed';
    return draft.savedAs === null ? 'unsaved' : 'saved';
  }

  return {
    value: tracked(valueOf),
    status: tracked(status),
    failure: tracked(() => [...drafts.values()].find(({ problem }) => problem !== null)?.problem ?? null),
    units: tracked(units),
    change,
    hold,
    release,
    mark: () => saves,
    receive,
    refused,
    retry,
    flush,
    leave,
    hasUnsaved: tracked(hasUnsaved),
    stop,
  };
}
