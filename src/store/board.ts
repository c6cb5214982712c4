/**
 * The cube that a board viewer was last told (docs/protocol.md, Board): one sealed row of `meta`. It is all that their laptop
 * has; from what lies on the disk nobody can see more than that there is one, and after how many days it is to go.
 */
import type { JsonObject } from '../domain/canonical.ts';
import { grantsOf } from '../domain/facts.ts';
import type { RecordId } from '../domain/ids.ts';
import type { UnitVersion } from '../domain/record.ts';
import type { CubeReply } from '../protocol/board.ts';
import type { Lacking } from '../protocol/sync.ts';
import type { Place } from './cipher.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import type { Sealed } from './rows.ts';
import { lackingOf } from './lacking.ts';
import { stateIn } from './state.ts';

export type KeptCube = Pick<CubeReply, 'madeMs' | 'cube'> & Lacking;

/** The days are in clear, as they are in the settings. */
interface CubeBox extends Sealed {
  readonly laptopDays: number | null;
}

export const cubeKey = 'cube';

const place = ({ person }: Store): Place => ({ table: 'meta', record: person as string as RecordId, unit: cubeKey });

export const hasCube = (store: Store): Promise<boolean> =>
  store.port.read(['meta'], async (tx) => (await tx.get('meta', cubeKey)) !== undefined);

/** null before the first, and when this person is a board viewer no more. */
export async function readCube(store: Store): Promise<KeptCube | null> {
  const row = await store.port.read(['meta'], (tx) => tx.get('meta', cubeKey));
  if (row === undefined) return null;
  return (await store.cipher.open(place(store), row.value as CubeBox)) as unknown as KeptCube;
}

export async function writeCube(store: Store, { laptopDays = null, madeMs, cube, ...told }: CubeReply): Promise<void> {
  const kept: KeptCube = { madeMs, cube, ...lackingOf(told) };
  const sealed = await store.cipher.seal(place(store), kept as unknown as JsonObject);
  const value: CubeBox = { ...sealed, laptopDays };
  await store.port.write(['meta'], 'relaxed', async (tx) => {
    await stateIn(tx, store);
    await tx.put('meta', { name: cubeKey, value });
  });
}

/** After how many days without the server the cube goes, as it was told with it; null for never, and where there is none. */
export async function cubeDaysIn(tx: ReadTx): Promise<number | null> {
  const row = await tx.get('meta', cubeKey);
  return (row?.value as CubeBox | undefined)?.laptopDays ?? null;
}

export async function dropCube(store: Store): Promise<void> {
  if (!(await hasCube(store))) return;
  await store.port.write(['meta'], 'strict', async (tx) => {
    await stateIn(tx, store);
    await tx.delete('meta', cubeKey);
  });
}

/** Whether this person may be a board viewer: their record says so, or they are not even sent that. */
export async function mayHaveCube(store: Store): Promise<boolean> {
  const id = store.person as string as RecordId;
  const own = await store.port.read(['confirmed'], (tx) => tx.get('confirmed', id));
  const roles = own?.units['roles'];
  if (own === undefined) return true;
  const units = roles === undefined ? {} : { roles: { value: roles.plain } as UnitVersion };
  return grantsOf(units).some(({ role }) => role === 'board-viewer');
}
