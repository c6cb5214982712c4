/** A record as it is kept: its state, with what pulls, rights and sign-in ask of it worked out once, when it changes. */
import { recordDigest } from '../../src/domain/digest.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { blindDigest } from '../../src/domain/projection.ts';
import { unitValue } from '../../src/domain/record.ts';
import type { PersonValue } from '../../src/domain/values.ts';
import type { FullRecord } from '../db/records.ts';
import { sha256 } from './context.ts';
import { factsOf, type RecordState } from './judge.ts';
import { emailKey } from './rules.ts';

/** `changedMs` is when it came to be so. */
export function recordOf(id: RecordId, version: number, changedMs: number, { kind, units }: RecordState): FullRecord {
  const facts = factsOf({ kind, units });
  const email = kind === 'person' ? unitValue<PersonValue>(units, 'profile')?.email : undefined;
  return {
    id,
    kind,
    version,
    changedMs,
    digest: recordDigest(sha256, id, units),
    blind: facts && blindDigest(sha256, id, units, facts),
    facts,
    units,
    email: email === undefined ? null : emailKey(email),
  };
}
