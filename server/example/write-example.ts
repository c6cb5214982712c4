/**
 * Writes an example authority into a fresh server: each person's actions by a device of theirs, down the path of every push,
 * as if it had arrived when it was done. So versions, chains and digests are what they would be.
 */
import { setImmediate } from 'node:timers/promises';
import type { ExampleAuthority } from '../../src/domain/example/example-authority.ts';
import type { ExampleGroup } from '../../src/domain/example/group.ts';
import type { DeviceId, PersonId } from '../../src/domain/ids.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import type { Server } from '../context.ts';
import { serverPen, writeWith, type Pen } from '../sync/pen.ts';

/** Bytes of an op besides its value, rounded up. */
const envelopeBytes = 1_000;
/** Pushes that share a transaction: each transaction waits for the disk once. */
const pushesTogether = 60;

export async function writeExample(
  { database, authority, newId }: Pick<Server, 'database' | 'authority' | 'newId'>,
  example: ExampleAuthority,
): Promise<void> {
  const pens = new Map<PersonId, Pen>();
  const penOf = (person: PersonId): Pen => {
    const pen = pens.get(person) ?? { person, device: newId() as DeviceId };
    pens.set(person, pen);
    return pen;
  };
  // By the first action the QA lead gets the rights that every later one needs: it is written in nobody's name.
  let founding = true;
  for (const pushes of together(pushesOf(example.groups()), pushesTogether)) {
    await database.write(async (tx) => {
      for (const groups of pushes) {
        const by = groups[0]?.by;
        if (by === undefined) continue;
        await writeWith(tx, authority, founding ? serverPen(authority) : penOf(by), newId, groups);
        founding = false;
      }
    });
    // Whoever stops the server meanwhile is heard.
    await setImmediate();
  }
}

/** Neighbouring groups of one person, as much as one push holds. The first group stays by itself. */
function* pushesOf(groups: Iterable<ExampleGroup>): Generator<readonly ExampleGroup[]> {
  let open: ExampleGroup[] = [];
  let bytes = 0;
  let isFirst = true;
  for (const group of groups) {
    const more = bytesOf(group);
    if (open.length > 0 && (isFirst || open[0]?.by !== group.by || bytes + more > batchLimitBytes)) {
      yield open;
      [open, bytes, isFirst] = [[], 0, false];
    }
    open.push(group);
    bytes += more;
  }
  if (open.length > 0) yield open;
}

const bytesOf = ({ edits }: ExampleGroup): number =>
  edits.reduce((sum, { value }) => sum + Buffer.byteLength(JSON.stringify(value)) + envelopeBytes, 0);

function* together<T>(items: Iterable<T>, count: number): Generator<readonly T[]> {
  let open: T[] = [];
  for (const item of items) {
    open.push(item);
    if (open.length < count) continue;
    yield open;
    open = [];
  }
  if (open.length > 0) yield open;
}
