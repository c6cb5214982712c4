/** Why an action cannot be recorded, whatever else the laptop holds: a value that breaks its schema, or more than an op may carry. */
import { canonical, type JsonObject } from '../domain/canonical.ts';
import { groupLimitBytes } from '../protocol/op.ts';
import type { StoreProblem } from '../protocol/problem.ts';
import { checkValue } from '../protocol/values.ts';
import type { Edit } from './record.ts';

/** The most bytes an op's other fields and its `settles` can take on the wire. */
const envelopeBytes = 800;
const settledBytes = 56;

/** Why one action cannot be recorded, whatever is here; null when it can. */
export function refusal(edits: readonly Edit[]): StoreProblem | null {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const { kind, unit, value, settles = [] } of edits) {
    const bad = checkValue(kind, unit, value);
    if (bad !== null) return { kind: 'invalid-value', ...bad };
    const text = canonicalOrWhy(value);
    if ('why' in text) return { kind: 'invalid-value', field: unit, why: text.why };
    bytes += encoder.encode(text.canonical).length + envelopeBytes + settles.length * settledBytes;
  }
  return bytes > groupLimitBytes ? { kind: 'too-much-text' } : null;
}

/** Fields that this build does not know pass `checkValue` unseen; what cannot be hashed must not be saved either. */
function canonicalOrWhy(value: JsonObject): { readonly canonical: string } | { readonly why: string } {
  try {
    return { canonical: canonical(value) };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
