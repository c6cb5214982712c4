/**
 * Reads a request's JSON. Keys that could reach a prototype are refused wherever they are, and so is nesting deeper than any
 * record needs: both before anything else looks at the value (FAULTS S19, S20).
 */
import { forbiddenKeys } from '../src/domain/canonical.ts';

/** A unit's value may be 12 levels deep; around it are the op, the list of ops and the request. */
export const depthLimit = 12 + 3;

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

export function parseJson(text: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not JSON' };
  }
  const why = unfit(value);
  return why === null ? { ok: true, value } : { ok: false, why };
}

// Level by level, not by recursion: the depth of what was sent is not yet known to be harmless.
function unfit(root: unknown): string | null {
  let level = [root].filter(isComposite);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > depthLimit) return 'nested too deeply';
    for (const value of level) {
      if (!Array.isArray(value) && Object.keys(value).some((key) => forbiddenKeys.has(key)))
        return 'a key is not allowed';
    }
    level = level.flatMap((value) => Object.values(value).filter(isComposite));
  }
  return null;
}

const isComposite = (value: unknown): value is object => typeof value === 'object' && value !== null;
