/** What the chain and the records do not show by themselves: chains of devices, ops and decisions without an entry, held ops. */
import { firstHead, nextHead, type Hash } from '../../src/domain/chain.ts';
import type { AuthorityId, DeviceId } from '../../src/domain/ids.ts';
import type { Tables, Tx } from '../db/tables.ts';
import {
  deviceChains,
  doubledEntries,
  heldStates,
  letInKeys,
  opsLetIn,
  opsOutside,
  opsWithoutOutcome,
  recordsGone,
  versionCount,
} from '../db/trail.ts';
import { headAt } from '../db/authorities.ts';
import type { JsonObject } from '../../src/domain/canonical.ts';
import { keptHash } from '../../src/domain/retention.ts';
import type { ErasedValue } from '../../src/domain/values.ts';
import { erasedOps, erasures } from '../db/erasure.ts';
import { undecided } from '../db/held.ts';
import { devicesWithGaps } from '../db/missing.ts';
import { restoredMs } from '../db/restored.ts';
import type { Finding } from './finding.ts';

const op = ({ device, seq }: { readonly device: string; readonly seq: number }): string => `op ${device}:${seq}`;

export async function checkRest(
  tx: Tx,
  hash: Hash,
  authority: Pick<Tables['authority'], 'id' | 'version' | 'head' | 'server_person'>,
  decisions: ReadonlyMap<string, Tables['decision']>,
  decided: ReadonlySet<string>,
): Promise<Finding[]> {
  const id = authority.id as AuthorityId;
  const findings: Finding[] = [];
  const find = (kind: Finding['kind'], about: string, place: number | null = null): void =>
    void findings.push({ kind, place, about });

  for (const each of await opsOutside(tx, id)) find('inserted', op(each));
  for (const { subject, number, place } of await doubledEntries(tx, id))
    find('inserted', op({ device: subject, seq: number }), place);
  for (const each of await opsWithoutOutcome(tx, id)) find('edited', `what became of ${op(each)}`);
  for (const { record } of await recordsGone(tx, id)) find('deleted', `record ${record}`);
  const letIn = new Set((await letInKeys(tx, id)).map(({ subject, number }) => `${subject}:${number}`));
  for (const { device, seq } of await opsLetIn(tx, id))
    if (!letIn.has(`${device}:${seq}`)) find('edited', `what became of ${op({ device, seq })}`);

  const versions = await versionCount(tx, id);
  const head = await headAt(tx, id, authority.version);
  if (versions.count !== authority.version + 1 || versions.newest !== authority.version || head !== authority.head)
    find('edited', `the versions, of which there are ${versions.count} up to ${versions.newest}`);

  for (const key of decisions.keys()) if (!decided.has(key)) find('inserted', `decision ${key}`);
  const last = new Map([...decisions.values()].map((row) => [`${row.device}/${row.grp}`, row.what]));
  for (const { device, seq, state, grp, value_hash } of await heldStates(tx, id))
    if (state !== (last.get(`${device}/${grp}`) ?? undecided) && !(state === 'erased' && value_hash !== null))
      find('edited', `what became of ${op({ device, seq })}`);

  for (const about of await erasedWrongly(tx, hash, id, authority.server_person)) find('edited', about);

  // A restore is the reason of any gap; what a person said, of gaps in the chains of their own laptops.
  const wasRestored = (await restoredMs(tx, id)) !== undefined;
  const withGaps = await devicesWithGaps(tx, id);
  for await (const { device, ops } of deviceChains(tx, id)) {
    for (const about of brokenLinks(hash, device, ops, wasRestored || withGaps.has(device.device)))
      find('edited', about);
  }
  return findings;
}

/** What was erased without the server's saying so, or is not what it left. */
async function erasedWrongly(tx: Tx, hash: Hash, authority: AuthorityId, serverPerson: string): Promise<string[]> {
  const wrong: string[] = [];
  const said = new Map((await erasures(tx, authority, serverPerson)).map(({ record, value }) => [record, value]));
  for await (const { record, ops } of erasedOps(tx, authority)) {
    const value = JSON.parse(said.get(record) ?? '{}') as Partial<ErasedValue>;
    const kept = ops.map(({ device, seq, value: left }) => ({ device, seq, value: JSON.parse(left) as JsonObject }));
    if (value.kept !== keptHash(hash, kept)) wrong.push(`what was left of record ${record}`);
  }
  return wrong;
}

/** Where a device's ops do not go on from each other, or its row is not where they end. */
function brokenLinks(
  hash: Hash,
  device: Tables['device'],
  ops: readonly Pick<Tables['op'], 'seq' | 'person' | 'leaf' | 'prev'>[],
  mayHaveGaps: boolean,
): string[] {
  const broken: string[] = [];
  let [seq, head] = [0, firstHead(hash, device.device as DeviceId)];
  for (const each of ops) {
    const isNext = each.seq === seq + 1;
    if (isNext ? each.prev !== head : !mayHaveGaps) broken.push(op({ device: device.device, seq: each.seq }));
    else if (each.person !== device.person) broken.push(op({ device: device.device, seq: each.seq }));
    [seq, head] = [each.seq, nextHead(hash, each.prev, each.leaf)];
  }
  const isAtEnd = device.seq === seq ? device.head === head : device.seq > seq && mayHaveGaps;
  return isAtEnd ? broken : [...broken, `device ${device.device}`];
}
