/** What every step of the protocol is given: whose authority, who asks, what time it is, and how to hash. */
import { hash } from 'node:crypto';
import type { Hash } from '../../src/domain/chain.ts';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Authority } from '../db/authorities.ts';

export interface Asking {
  readonly authority: Authority;
  readonly person: PersonId;
  readonly nowMs: number;
}

export const sha256: Hash = (text) => hash('sha256', text, 'hex');
