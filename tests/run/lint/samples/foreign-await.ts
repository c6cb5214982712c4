/** Awaits inside transactions, for the test of the rule: each marked one must be found, and no other. */
import type { Port, ReadTx, WriteTx } from '../../../../src/store/port.ts';
import { readState } from '../../../../src/store/state.ts';

const seal = async (text: string): Promise<string> => text;
const started = seal('begun before');

export function inBodies(store: { readonly port: Port }, port: Port): readonly Promise<unknown>[] {
  return [
    port.write(['meta'], 'strict', async (tx) => {
      const value = await seal('a'); // found
      await tx.put('meta', { name: 'a', value });
    }),
    store.port.read(['meta', 'pending'], async (tx) => {
      await started; // found
      const [state, rows] = await Promise.all([readState(tx), tx.all('pending')]);
      const sealed = await Promise.all([tx.count('pending'), seal('b')]); // found
      const one = (n: number) => tx.get('pending', n);
      const other = (text: string) => seal(text);
      await Promise.all([one(1), one(2)]);
      await other('outside'); // found
      const each = await Promise.all(rows.map((row) => tx.get('pending', row.n)));
      const all = await Promise.all(rows.map(async (row) => seal(await seal(String(row.n))))); // found
      return [state, sealed, each, all];
    }),
    port.write(['meta'], 'strict', async () => {
      await fetch('/away'); // found
    }),
    seal(String(port.isClosed())),
  ];
}

export async function takesOne(tx: ReadTx, fresh: AsyncIterable<string>): Promise<unknown> {
  for await (const one of fresh) void one; // found
  const known = (await readState(tx)) ?? (await tx.get('meta', 'device'));
  return known === null ? undefined : (await import('../../../../src/store/rows.ts')).unsent; // found
}

export async function writesOne(tx: WriteTx, isNew: boolean): Promise<void> {
  await (isNew ? tx.put('meta', { name: 'new', value: true }) : tx.delete('meta', 'new'));
}

export async function outside(port: Port): Promise<void> {
  const value = await seal('c');
  await port.write(['meta'], 'strict', async (tx) => tx.put('meta', { name: 'c', value: value.length }));
}
