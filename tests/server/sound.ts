/** A database that nobody has laid hands on: a verification of it finds nothing. */
import * as assert from 'uvu/assert';
import { verifyDatabase, type Verified } from '../../server/verify/verify.ts';
import type { Anchor } from '../../server/verify/anchors.ts';
import type { TestServer } from './example.ts';

export async function verify({ plumbline }: TestServer, anchors: readonly Anchor[] = []): Promise<Verified> {
  const verified = await plumbline.server.database.read((tx) => verifyDatabase(tx, anchors));
  if (verified === null) throw new Error('There is no authority');
  return verified;
}

export async function assertSound(server: TestServer): Promise<void> {
  assert.equal((await verify(server)).findings, []);
}
