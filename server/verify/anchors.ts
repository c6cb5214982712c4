/**
 * Heads that were kept outside the database, and what they say about it. A chain alone cannot show that its end was cut off,
 * or that all of it was made anew: whoever has kept a head can.
 *
 * A file of anchors has a line of JSON for each; lines that are none (the rest of a log) are passed over.
 */
import * as v from 'valibot';
import { hashText } from '../../src/protocol/op.ts';
import { parseJson } from '../json.ts';
import type { Epoch } from './check-chain.ts';
import type { Finding } from './finding.ts';

const anchorSchema = v.object({
  epoch: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  place: v.pipe(v.number(), v.integer(), v.minValue(1)),
  head: hashText,
  at: v.pipe(v.string(), v.isoTimestamp()),
});
export type Anchor = v.InferOutput<typeof anchorSchema>;

export function readAnchors(text: string): Anchor[] {
  return text.split('\n').flatMap((line) => {
    const parsed = line.includes('"head"') ? parseJson(line) : null;
    const read = parsed?.ok === true ? v.safeParse(anchorSchema, parsed.value) : null;
    return read?.success === true ? [read.output] : [];
  });
}

export interface AnchorsChecked {
  readonly findings: readonly Finding[];
  /** The newest that fits. */
  readonly fits: Anchor | null;
  /** How many are of what a restore has lost: they say nothing about what is here. */
  readonly lost: number;
}

export async function checkAnchors(
  anchors: readonly Anchor[],
  { epochs, tip }: { readonly epochs: readonly Epoch[]; readonly tip: { readonly place: number } },
  headAt: (place: number) => Promise<string | undefined>,
): Promise<AnchorsChecked> {
  const inOrder = [...anchors].sort((a, b) => a.place - b.place || (a.at < b.at ? -1 : 1));
  let fits: Anchor | null = null;
  let lost = 0;
  for (const anchor of inOrder) {
    const from = epochs.findIndex(({ epoch }) => epoch === anchor.epoch);
    const end = epochs[from + 1]?.place;
    if (from >= 0 && end !== undefined && anchor.place >= end) lost += 1;
    else if (from >= 0 && (await headAt(anchor.place)) === anchor.head) fits = anchor;
    else return { findings: [contradiction(anchor, fits, tip.place)], fits, lost };
  }
  return { findings: [], fits, lost };
}

/** The first anchor that does not fit: what lies behind the last that does is not what it was. */
function contradiction({ place, at }: Anchor, fits: Anchor | null, tip: number): Finding {
  if (place > tip) return { kind: 'cut', place: tip + 1, about: `what was there up to place ${place} at ${at}` };
  const after = fits === null ? 'from the beginning' : `after place ${fits.place}, which is as it was at ${fits.at},`;
  return { kind: 'rewritten', place: (fits?.place ?? 0) + 1, about: `${after} up to place ${place} of ${at}` };
}
