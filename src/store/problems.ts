/**
 * Turns what Dexie and IndexedDB throw into a `StoreProblem`, once. The ports reject with a `StoreFailure` that carries the
 * problem as data and the foreign error as its cause; `recordEdits` and `openStore` answer it as a `Result`.
 */
import type { Result, StoreProblem } from '../protocol/problem.ts';

/** The store could not do what was asked, for an expected reason. */
export class StoreFailure extends Error {
  readonly problem: StoreProblem;
  constructor(problem: StoreProblem, cause?: unknown) {
    super(`The laptop's store failed: ${problem.kind}`, { cause });
    this.name = 'StoreFailure';
    this.problem = problem;
  }
}

/** The problem behind anything a store function rejected with, or null when it is a bug. */
export const problemOf = (error: unknown): StoreProblem | null =>
  error instanceof StoreFailure ? error.problem : null;

/** Wraps what the platform threw. An AbortError is looked through to its inner error (FAULTS L4). */
export function asFailure(error: unknown): StoreFailure {
  return error instanceof StoreFailure ? error : new StoreFailure(platformProblem(error), error);
}

function platformProblem(error: unknown): StoreProblem {
  const names = [...namesOf(error)];
  if (names.includes('QuotaExceededError')) return { kind: 'disk-full' };
  if (names.includes('VersionError') || names.includes('VersionChangeError')) return { kind: 'build-too-old' };
  if (names.some((name) => lostNames.has(name))) return { kind: 'storage-lost' };
  const why = error instanceof Error || isNamed(error) ? `${names[0]}: ${String(error.message)}` : String(error);
  return { kind: 'storage-failed', why };
}

/** A connection that is closed or a table that is not there: the database under the app is not the one it opened. */
const lostNames: ReadonlySet<string> = new Set(['InvalidStateError', 'DatabaseClosedError', 'NotFoundError']);

interface Named {
  readonly name: string;
  readonly message?: unknown;
  readonly inner?: unknown;
  readonly cause?: unknown;
}

const isNamed = (error: unknown): error is Named =>
  typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string';

function* namesOf(error: unknown): Iterable<string> {
  for (let at: unknown = error, depth = 0; isNamed(at) && depth < 5; at = at.inner ?? at.cause, depth += 1)
    yield at.name;
}

/** Runs `work` and answers an expected failure as data; a bug is thrown on. */
export async function asResult<T, P = never>(
  work: () => Promise<Result<T, P | StoreProblem>>,
): Promise<Result<T, P | StoreProblem>> {
  try {
    return await work();
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return { ok: false, problem };
  }
}

/** The page that is open saves nothing any more, however often it is tried. */
export const isForGood = ({ kind }: StoreProblem): boolean =>
  kind === 'storage-lost' || kind === 'storage-closed' || kind === 'build-too-old';
