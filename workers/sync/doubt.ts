/**
 * Whose fault it is when the server fails over a push: its own, as a whole, or its own at one change alone (FAULTS 25). Shared
 * by all cycles of a session.
 *
 *   fails 3 times in a row --> halved, down to one group; when that has failed 3 times --> it goes last
 *   up to five groups of one search; then none of them does, and it waits for twice as many failures
 *
 * What goes last is sent when all else is, once a cycle: so a server that has been mended takes it without being asked to.
 * Promises:
 *  - nothing leaves the queue, and nothing is shown otherwise: only the order of sending changes
 *  - each search in which the server took nothing is followed by a longer patience
 *  - a group that goes last keeps the others waiting no second time in this session
 */
import type { GroupId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';

export type Advice =
  /** The server may be ill: what failed is tried again later. */
  | 'wait'
  /** Smaller. */
  | 'halve'
  /** The same once more. */
  | 'again'
  /** The others before this group. */
  | 'last';

export interface Doubt {
  /** Groups that go last, the one that failed longest ago first. */
  readonly last: readonly GroupId[];
  /** A search begins with each push. */
  begin(): void;
  /** The server has failed over these ops. */
  failed(ops: readonly Op[]): Advice;
  /** The server has taken these. */
  passed(ops: readonly Op[]): void;
  /** This group goes last no more: it waits no longer. */
  forget(group: GroupId): void;
}

const enoughFailures = 3;
const longestPatience = 48;
/** So many groups in a row are not the groups' fault. */
const mostInARow = 5;

export function newDoubt(): Doubt {
  /** Failures in a row before a search. */
  let patience = enoughFailures;
  let failures = 0;
  let isSearch = false;
  /** What goes last since the server took something. */
  let inARow: readonly GroupId[] = [];
  let suspect: { readonly group: GroupId; readonly failures: number } | null = null;
  let last: readonly GroupId[] = [];
  const without = (groups: readonly GroupId[]): readonly GroupId[] => last.filter((group) => !groups.includes(group));
  const endSearch = (): void => {
    patience = Math.min(longestPatience, patience * 2);
    [failures, isSearch, inARow, suspect] = [0, false, [], null];
  };
  return {
    get last() {
      return last;
    },
    begin() {
      // The push before this one ended in the middle of a search in which nothing had got through.
      if (isSearch && failures > 0) endSearch();
      isSearch = false;
    },
    failed(ops) {
      const [first] = ops;
      if (first === undefined) return 'wait';
      const { group } = first;
      const isAlone = ops.every((op) => op.group === group);
      // Of one that goes last already this says nothing new, of the server nor of any other group.
      if (isAlone && last.includes(group)) {
        last = [...without([group]), group];
        return 'last';
      }
      failures += 1;
      isSearch ||= failures >= patience || ops.some((op) => last.includes(op.group));
      if (!isSearch) return 'wait';
      if (!isAlone) return 'halve';
      suspect = { group, failures: suspect?.group === group ? suspect.failures + 1 : 1 };
      if (suspect.failures < enoughFailures) return 'again';
      if (inARow.length < mostInARow) {
        [last, inARow, suspect] = [[...last, group], [...inARow, group], null];
        return 'last';
      }
      last = without(inARow);
      endSearch();
      return 'wait';
    },
    passed(ops) {
      last = without(ops.map(({ group }) => group));
      [patience, failures, inARow, suspect] = [enoughFailures, 0, [], null];
    },
    forget: (group) => void (last = without([group])),
  };
}
