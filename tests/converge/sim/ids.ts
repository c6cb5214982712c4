/** Ids that look random and repeat with their seed. */
import { hash as nodeHash } from 'node:crypto';
import type { Hash } from '../../../src/domain/chain.ts';
import type { Chance } from '../../../src/domain/example/chance.ts';

/** SHA-256 in one call: the simulator spends most of its time hashing. */
export const hash: Hash = (text) => nodeHash('sha256', text, 'hex');

export const idsFrom =
  (chance: Chance): (() => string) =>
  () =>
    Array.from({ length: 4 }, () =>
      Math.floor(chance.share() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
