/**
 * What of a backup file comes in here, record by record, before anything is written: the same plan is counted for the person to
 * look at, and then carried out. Reads the store a page of records at a time.
 *
 *   restore   the laptop has nothing: everything, as it was
 *   same      this person's work for this authority: what is missing here, action by action
 *   join      work done for an authority of one's own: told anew; a record comes whole or stays out whole, so that no audit
 *             counts without the part that says otherwise
 */
import { judgeActions } from '../../domain/bring-in/judge.ts';
import { actionsOf } from '../../domain/bring-in/made-change.ts';
import { missingOf } from '../../domain/bring-in/missing.ts';
import { sameValue } from '../../domain/canonical.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { Kind } from '../../domain/record.ts';
import { isEvent } from '../../domain/unit-names.ts';
import type { BackupChange } from '../../protocol/backup.ts';
import type { Store } from '../open.ts';
import type { Edit } from '../record.ts';
import { refusal } from '../refusal.ts';
import type { TakenRecord } from '../take-out.ts';
import { recordTables, rowsOf } from '../view.ts';
import { BackupFailure } from './failure.ts';
import { readHere, type RecordHere } from './record-here.ts';
import { tellRecord, type OutReason, type ToldChange, type Way } from './told.ts';

/** A change that is not made here, and kept. */
export interface KeptOut {
  readonly change: BackupChange;
  readonly why: OutReason;
  /** Whether this laptop keeps it already. */
  readonly isKept: boolean;
}

export interface RecordPlan {
  readonly id: RecordId;
  readonly kind: Kind;
  /** To be made here, in this order. */
  readonly actions: readonly (readonly ToldChange[])[];
  readonly keptOut: readonly KeptOut[];
  /** Whether all that it asks for is here already. */
  readonly isHere: boolean;
  /** Numbers of changes that this laptop has kept from an earlier time, and that come in now. */
  readonly released: readonly number[];
}

/** Planned and written between two turns of the page: small enough that no key press waits. */
const pageSize = 8;

/** The plan of every record, in the order of `records`, in pages. */
export async function* planOf(
  store: Store,
  records: AsyncIterable<TakenRecord>,
  way: Way,
): AsyncGenerator<readonly RecordPlan[], void> {
  for await (const page of pagesOf(records)) {
    const found = await store.port.read(recordTables, (tx) => Promise.all(page.map(({ id }) => rowsOf(tx, id))));
    const plans = found.map(async (rows, i) => {
      const record = page[i];
      return record === undefined ? [] : [planRecord(store, record, await readHere(store, rows), way)];
    });
    yield (await Promise.all(plans)).flat();
  }
}

async function* pagesOf<T>(all: AsyncIterable<T>): AsyncGenerator<readonly T[], void> {
  let page: T[] = [];
  for await (const one of all) {
    page.push(one);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function planRecord(store: Store, record: TakenRecord, here: RecordHere, way: Way): RecordPlan {
  const { id, kind, changes } = record;
  const told = tellRecord(record, way);
  if (!told.ok) {
    return { id, kind, actions: [], isHere: false, released: [], keptOut: keptOf(here, outBecause(changes, told.why)) };
  }
  const { coming, overtaken } = missingIn(told.changes, here);
  const judged = judgeActions({
    record: id,
    kind,
    actions: actionsOf(coming),
    here: here.judged,
    person: store.person,
    standing: way.kind === 'restore' ? null : way.standing,
  }).map((one) => (here.isNew || here.kind === kind ? one : { ...one, objection: 'not-allowed' as const }));
  // Each value has been checked; together they may still be more than one action ever was.
  if (judged.some(({ action }) => refusal(editsOf(record, action)) !== null))
    throw new BackupFailure('strange-content');

  const first = judged.find(({ objection }) => objection !== null)?.objection ?? null;
  const whole = way.kind === 'join' ? judged.map((one) => ({ ...one, objection: first })) : judged;
  const keptOut = keptOf(here, [
    ...whole.flatMap(({ action, objection }) => outBecause(action.map(filedOf), objection)),
    ...outBecause(overtaken.map(filedOf), 'overtaken'),
    ...outBecause(
      changes.filter((change) => change.held !== null && !isShown(here, change)),
      'refused',
    ),
  ]);
  const actions = whole.flatMap(({ action, objection }) => (objection === null ? [action] : []));
  const isOut = new Set(keptOut.map(({ change }) => change));
  const comeOrCame = told.changes.map(filedOf).filter((change) => !isOut.has(change));
  const released = here.keptOut
    .filter((row) => comeOrCame.some((change) => isSameChange(row, change)))
    .map(({ n }) => n);
  const isHere = told.changes.length > 0 && actions.length === 0 && keptOut.length === 0;
  return { id, kind, actions, keptOut, isHere, released };
}

/** The changes that are missing here, in their order, and those that somebody else has overtaken. */
function missingIn(changes: readonly ToldChange[], here: RecordHere) {
  const open = changes.filter(({ filed }) => !here.refused.some((row) => isSameChange(row, filed)));
  const found = [...new Set(open.map(({ unit }) => unit))].map((unit) => {
    const ofUnit = open.filter((change) => change.unit === unit);
    return missingOf(ofUnit, here.units.get(unit), isEvent(unit));
  });
  const comingByFiled = new Map(found.flatMap((unit) => unit.changes.map((change) => [change.filed, change] as const)));
  return {
    coming: open.flatMap(({ filed }) => comingByFiled.get(filed) ?? []),
    overtaken: found.flatMap((unit) => unit.overtaken),
  };
}

const filedOf = ({ filed }: ToldChange): BackupChange => filed;

type Out = Omit<KeptOut, 'isKept'>;

const outBecause = (changes: readonly BackupChange[], why: OutReason | null): readonly Out[] =>
  why === null ? [] : changes.map((change) => ({ change, why }));

const keptOf = (here: RecordHere, out: readonly Out[]): readonly KeptOut[] =>
  out.map((one) => ({
    ...one,
    isKept: [...here.keptOut, ...here.refused].some((row) => isSameChange(row, one.change)),
  }));

const isShown = (here: RecordHere, { unit, value }: BackupChange): boolean => {
  const shown = here.units.get(unit);
  return shown !== undefined && sameValue(shown.value, value);
};

type Moment = Pick<BackupChange, 'unit' | 'claimed' | 'value'>;

const isSameChange = (a: Moment, b: Moment): boolean =>
  a.unit === b.unit && a.claimed.ms === b.claimed.ms && sameValue(a.value, b.value);

/** The changes of one action, as they are recorded here. */
export const editsOf = (
  { id, kind }: Pick<RecordPlan, 'id' | 'kind'>,
  action: readonly ToldChange[],
): readonly Edit[] =>
  action.map(({ unit, value, base, settles }) => ({ record: id, kind, unit, value, base, settles }));
