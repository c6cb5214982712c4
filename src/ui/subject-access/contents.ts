/** What of all that a search found is in an answer, and how much is not and why: said on the screen and in both files alike. */
import type { RecordId } from '../../domain/ids.ts';
import type { SearchReply } from '../../protocol/subject-access.ts';
import { subjectAccess as say } from '../words/subject-access.ts';

export interface Contents {
  /** How many audits were found, and how many of them are in it. */
  readonly found: number;
  readonly included: number;
  readonly leftOut: {
    /** Whoever answers has not ticked them: they are not about this person. */
    readonly byChoice: number;
    /** Whoever answers has yet to moderate them, and may not see them. */
    readonly keptBack: number;
    /** Beyond what one search lists. */
    readonly beyondTheList: number;
  };
  /** Audits of the council that say no more whose they were: no search finds them. */
  readonly erased: number;
}

export function contentsOf({ found, total, erased }: SearchReply, included: readonly RecordId[]): Contents {
  const left = found.filter(({ record }) => !included.includes(record));
  const keptBack = left.filter(({ blind }) => blind).length;
  return {
    found: total,
    included: found.length - left.length,
    leftOut: { byChoice: left.length - keptBack, keptBack, beyondTheList: total - found.length },
    erased,
  };
}

/** One sentence each, the first about what is in. */
export function contentsLines({ found, included, leftOut, erased }: Contents): readonly string[] {
  const { byChoice, keptBack, beyondTheList } = leftOut;
  return [
    included === found ? say.allIn(found) : say.partIn(included, found),
    ...(byChoice > 0 ? [say.leftByChoice(byChoice)] : []),
    ...(keptBack > 0 ? [say.leftBlind(keptBack)] : []),
    ...(beyondTheList > 0 ? [say.leftBeyond(beyondTheList)] : []),
    say.erased(erased),
  ];
}
