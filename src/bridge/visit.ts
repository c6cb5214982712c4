/**
 * Which run of the browser this is. A run ends when the browser is closed completely: the moment at which some computers
 * delete what a page has kept. Two things tell, and both must:
 *
 *   the mark is gone     it is kept where the browser keeps nothing beyond its own end (a session cookie)
 *   no tab was open      every tab holds a name while it lives (a Web Lock): somebody may have deleted the mark by hand
 *
 * A browser that brings its pages back after a restart brings the mark back too: then the run goes on, as far as anybody can
 * tell.
 */
import type { NewId } from '../domain/ids.ts';
import type { Holds } from './holds.ts';

export interface Visit {
  /** The same in all tabs until the browser is closed; null where it cannot be told. */
  readonly run: string | null;
  /** Every tab had been closed before this one, and yet the run goes on. */
  readonly returned: boolean;
  /** Leaves the mark of this run. Not before something is kept here: whoever only looks leaves nothing. */
  readonly leaveMark: () => void;
}

/** A text that the browser forgets as it closes. */
export interface RunMark {
  read(): string | null;
  write(run: string): void;
}

export interface VisitDeps {
  readonly holds: Holds;
  readonly mark: RunMark;
  readonly newId: NewId;
}

const openName = 'plumbline-open';

/** Looks once, when the page starts. */
export async function beginVisit({ holds, mark, newId }: VisitDeps): Promise<Visit> {
  const before = mark.read();
  let isAlone = false;
  await holds.ifFree(openName, async () => {
    isAlone = true;
  });
  await holds.hold(openName);
  const run = before ?? (isAlone ? newId() : null);
  return {
    run,
    returned: isAlone && before !== null,
    leaveMark() {
      if (run !== null && mark.read() === null) mark.write(run);
    },
  };
}
