/**
 * Whose fault it is when the server fails over a push: its own, as a whole, or its own at one change alone (FAULTS 25).
 * Shared by all cycles of a session.
 *
 *   fails 3 times in a row --> halved, down to one group, until that has failed 3 times --> aside, on trial
 *   on trial --the next gets through--> stays aside
 *            \--the next fails: on trial too, up to five, then all go back, and it waits for twice as many failures
 *
 * Promises:
 *  - a server that is ill fails at everything: nothing stays aside unless another group has got through after it had failed
 *  - what is on trial stays so over the end of a push that nobody answered: what was sent behind it may have been taken
 *  - each search that shows an ill server is followed by a longer patience
 *  - a group that was found is known again in this session, and keeps the others waiting no second time
 */
import type { Op } from '../../src/domain/record.ts';

export type Advice =
  /** The server may be ill: what failed is tried again later, and what is on trial goes back. */
  | 'wait'
  /** Smaller. */
  | 'halve'
  /** The same once more. */
  | 'again'
  /** This one group, on trial. */
  | 'set aside';

export interface Doubt {
  /** Groups at which the server has failed, while it is not known whether it takes any other. */
  readonly trial: readonly string[];
  /** A search begins with each push. */
  begin(): void;
  /** The server has failed over these ops. */
  failed(ops: readonly Op[]): Advice;
  /** This group is aside, on trial. */
  aside(group: string): void;
  /** What was on trial is back in the queue. */
  back(): void;
  /** The server has taken something: what was on trial was at fault. */
  passed(): void;
}

const enoughFailures = 3;
const longestPatience = 48;
/** So many groups in a row are not the groups' fault. */
const mostOnTrial = 5;

export function newDoubt(): Doubt {
  /** Failures in a row before a search. */
  let patience = enoughFailures;
  let failures = 0;
  let isSearch = false;
  let trial: readonly string[] = [];
  const found = new Set<string>();
  return {
    get trial() {
      return trial;
    },
    begin: () => void (isSearch = false),
    failed(ops) {
      failures += 1;
      const [first] = ops;
      const isKnown = ops.some(({ group }) => found.has(group));
      isSearch ||= failures >= patience || isKnown;
      if (first === undefined || !isSearch) return 'wait';
      if (ops.some(({ group }) => group !== first.group)) return 'halve';
      if (failures < enoughFailures && !isKnown) return 'again';
      if (trial.length < mostOnTrial) return 'set aside';
      patience = Math.min(longestPatience, patience * 2);
      failures = 0;
      return 'wait';
    },
    aside: (group) => void (trial = [...trial.filter((one) => one !== group), group]),
    back: () => void (trial = []),
    passed() {
      for (const group of trial) found.add(group);
      trial = [];
      patience = enoughFailures;
      failures = 0;
    },
  };
}
