/** What a verification may find: what kind of damage, where, and to what. Ids alone, no content. */

/**
 *   edited     something was changed after it had been taken
 *   deleted    something was taken out
 *   inserted   something was put in that was never taken
 *   moved      something stands where it was not taken
 *   broken     an entry does not go on from the one before it: changed beside its op, or something between was taken out
 *   cut        the end is missing that an anchor has seen
 *   rewritten  what an anchor has seen is not what is here
 */
export type FindingKind = 'edited' | 'deleted' | 'inserted' | 'moved' | 'broken' | 'cut' | 'rewritten';

export interface Finding {
  readonly kind: FindingKind;
  /** The place in the server's chain; null for what has no place of its own. */
  readonly place: number | null;
  /** What it is about: `op <device>:<seq>`, `record <id>`, `device <id>`, `version <n>`, ... */
  readonly about: string;
}
