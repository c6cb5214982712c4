/**
 * Says of every push what may become of it, from the words of docs/protocol.md ("Push") and of the design, and neither from the
 * server's code nor from its table of rights. It keeps what has been accepted so far as versions of units, decides first and is
 * told nothing by the server, so that the two can be compared after each push and at the end.
 */
import { firstHead } from '../../../src/domain/chain.ts';
import type { Op } from '../../../src/domain/record.ts';
import { hash } from '../../server/client.ts';
import { mayBe, type Verdict as GroupVerdict } from './rules-of-groups.ts';
import { readPush, type Sent } from './rules-of-requests.ts';
import { copyOf, groupsOf, type Known } from './known.ts';

export type Verdict =
  /** Refused whole, and nothing of it is kept. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Every op is answered: in order of the batch. */
  | { readonly kind: 'taken'; readonly outcomes: readonly GroupVerdict[]; readonly seq: number; readonly head: string };

export interface Oracle {
  readonly known: Known;
  judge(sent: Sent, nowMs: number): Verdict;
}

export function newOracle(known: Known): Oracle {
  return {
    known,
    judge(sent, nowMs) {
      const read = readPush(sent, known);
      const used = read.ok ? read.device : read.used;
      // Whoever uses a device first has it, also where nothing of the push is taken.
      if (used !== null && sent.as !== null) known.owners.set(used, sent.as);
      if (!read.ok) return { kind: 'refused', why: read.why };
      const { device, ops } = read;
      const state = known.devices.get(device) ?? {
        ...{ seq: 0, head: firstHead(hash, device) },
        ...{ taken: new Map<number, { readonly op: Op; readonly outcome: GroupVerdict }>(), groups: new Set<string>() },
      };
      const fresh = ops.filter(({ seq }) => seq > state.seq);
      for (const group of groupsOf(fresh)) {
        const after = copyOf(known, group);
        const outcome = mayBe(group, known, after, nowMs);
        if (outcome === 'accepted') for (const [id, record] of after) known.records.set(id, record);
        for (const op of group) state.taken.set(op.seq, { op, outcome });
        state.groups.add(group[0]?.group ?? '');
      }
      const last = fresh.at(-1);
      if (last !== undefined) Object.assign(state, { seq: last.seq, head: read.headAfter(last) });
      known.devices.set(device, state);
      const end = ops.at(-1) as Op;
      const outcomes = ops.map(({ seq }) => state.taken.get(seq)?.outcome ?? 'held');
      return { kind: 'taken', outcomes, seq: end.seq, head: read.headAfter(end) };
    },
  };
}
