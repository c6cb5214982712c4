/**
 * Notes which ops this database had and lost, as laptops tell of them: a row for each place and teller, so that nobody unsays what
 * another has told. What two have told alike is firm: it stays, and no third row of the same record is added (protocol: Regather).
 */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { Missing } from './missing.ts';
import { regatherMs } from './restored.ts';
import { inStatements, insertRows } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

/** Who tells, when, how many new rows there is room for, and since when what somebody else told is confirmed by the same. */
export interface Telling {
  readonly person: PersonId;
  readonly nowMs: number;
  readonly room: number;
  readonly sinceMs: number;
}

/**
 * Notes ops that are missing, but for those that are here. Told again with more known of it, an op keeps what is known; told as
 * of another record, its teller's row is what they told last, unless it is firm. Answers whether what somebody else alone has
 * told since `sinceMs` is now told by two.
 */
export async function insertMissing(
  tx: Tx,
  authority: AuthorityId,
  missing: readonly Missing[],
  telling: Telling,
): Promise<boolean> {
  let isConfirmed = false;
  let { room } = telling;
  for (const device of new Set(missing.map((each) => each.device))) {
    const once = new Map(missing.filter((each) => each.device === device).map((each) => [each.seq, each]));
    for (const some of inStatements([...once.values()])) {
      const { added, confirmed } = await insertOfDevice(tx, authority, device, some, { ...telling, room });
      room -= added;
      if (confirmed) isConfirmed = true;
    }
  }
  return isConfirmed;
}

type Row = Tables['missing'];

async function insertOfDevice(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  missing: readonly Missing[],
  telling: Telling,
): Promise<{ readonly added: number; readonly confirmed: boolean }> {
  const seqs = missing.map(({ seq }) => seq);
  const here = await seqsHere(tx, authority, device, seqs);
  const known = await toldBefore(tx, authority, device, seqs);
  const fresh: Row[] = [];
  let confirmed = false;
  for (const { seq, person, record, kind, unit, madeMs } of missing) {
    if (here.has(seq)) continue;
    const { changed, added, shows } = tell(
      known.filter((row) => row.seq === seq),
      { person, record, kind, unit, made_ms: madeMs },
      telling,
    );
    if (added !== null) fresh.push({ authority, device, seq, ...added });
    if (shows) confirmed = true;
    for (const { by, to } of changed) {
      const ofDevice = tx
        .updateTable('missing')
        .set(to)
        .where('authority', '=', authority)
        .where('device', '=', device);
      await ofDevice.where('seq', '=', seq).where('told_by', '=', by).execute();
    }
  }
  const added = fresh.slice(0, telling.room);
  await insertRows(tx, 'missing', added);
  return { added: added.length, confirmed };
}

async function seqsHere(
  tx: Tx,
  authority: AuthorityId,
  device: DeviceId,
  seqs: readonly number[],
): Promise<ReadonlySet<number>> {
  const ofDevice = tx.selectFrom('op').select('seq').where('authority', '=', authority).where('device', '=', device);
  return new Set((await ofDevice.where('seq', 'in', seqs).execute()).map(({ seq }) => seq));
}

function toldBefore(tx: Tx, authority: AuthorityId, device: DeviceId, seqs: readonly number[]): Promise<Row[]> {
  const ofDevice = tx.selectFrom('missing').selectAll().where('authority', '=', authority).where('device', '=', device);
  return ofDevice.where('seq', 'in', seqs).execute();
}

type Told = Pick<Row, 'person' | 'record' | 'kind' | 'unit' | 'made_ms'>;

interface Change {
  /** Rows of this place, by their teller, and what they become. */
  readonly changed: readonly { readonly by: string; readonly to: Partial<Row> }[];
  readonly added: Omit<Row, 'authority' | 'device' | 'seq'> | null;
  /** Whether what another alone has told recently is now told by two. */
  readonly shows: boolean;
}

const isSame = (a: Told, b: Told): boolean => a.record === b.record && a.unit === b.unit;

/** Whether what one person tells is what another tells as well: of a place of which no record is known, whatever they say. */
const isBorneOut = (told: Told, by: Told): boolean => told.record === null || isSame(told, by);

/** What becomes of the rows of one place. */
function tell(rows: readonly Row[], told: Told, { person, nowMs, sinceMs }: Telling): Change {
  const own = rows.find((row) => row.told_by === person);
  const others = rows.filter((row) => row.told_by !== person);
  const now = own === undefined ? told : ownNow(own, told);
  const alone = others.filter((row) => row.firm === 0);
  const joined = alone.filter((row) => isBorneOut(row, now));
  const by = others.filter((row) => isBorneOut(now, row));
  const isFirm = by.length > 0;
  const becomes = isFirm && own?.firm !== 1 ? by.filter((row) => row.firm === 0) : [];
  const changed: { by: string; to: Partial<Row> }[] = joined.map((row) => ({ by: row.told_by, to: { firm: 1 } }));
  const shows = [...joined, ...becomes].some((row) => row.told_ms >= sinceMs);
  if (own === undefined) {
    const isTold = told.record !== null && others.some((row) => row.firm === 1 && isSame(told, row));
    const added = isTold ? null : { ...told, told_ms: nowMs, told_by: person, firm: isFirm ? 1 : 0 };
    return { changed, added, shows };
  }
  // Told of another loss, it is told anew.
  const isNew = own.told_ms <= nowMs - regatherMs || (own.record !== null && !isSame(own, now));
  const firm = isFirm || (own.firm === 1 && isSame(own, now)) ? 1 : 0;
  const to = { ...now, firm, told_ms: isNew ? nowMs : own.told_ms };
  if (Object.entries(to).some(([key, value]) => own[key as keyof typeof to] !== value))
    changed.push({ by: person, to });
  return { changed, added: null, shows };
}

/** What a person's row says once they have told again. */
function ownNow({ person, record, kind, unit, made_ms, firm }: Row, told: Told): Told {
  const before = { person, record, kind, unit, made_ms };
  if (record !== null && told.record !== null && !isSame(before, told)) return firm === 1 ? before : told;
  const more = Object.entries(told).filter(([key]) => before[key as keyof Told] === null);
  return { ...before, ...Object.fromEntries(more) };
}
