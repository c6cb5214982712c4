/** Reads all that is held of the audits that were chosen, page by page, from the council's server. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { Result, SyncProblem } from '../../protocol/problem.ts';
import type { Found, HeldChange } from '../../protocol/subject-access.ts';
import type { Collected } from './disclosure.ts';

/** `onProgress` answers false to stop; then there is no answer. */
export async function collect(
  sync: Laptop['sync'],
  search: string,
  chosen: readonly Found[],
  onProgress: (done: number) => boolean,
): Promise<Result<readonly Collected[] | null, SyncProblem>> {
  const collected: Collected[] = [];
  let done = 0;
  for (const found of chosen) {
    const first = await sync.disclose({ search, record: found.record, from: 0 });
    if (!first.ok) return first;
    const history: HeldChange[] = [...first.value.history];
    for (let { next } = first.value; next !== null;) {
      if (!onProgress(done + history.length)) return { ok: true, value: null };
      const page = await sync.disclose({ search, record: found.record, from: next });
      if (!page.ok) return page;
      history.push(...page.value.history);
      ({ next } = page.value);
    }
    const { units, decisions, openedBy, missing } = first.value;
    collected.push({ found, held: { units, history, decisions, openedBy, missing } });
    done += history.length;
    if (!onProgress(done)) return { ok: true, value: null };
  }
  return { ok: true, value: collected };
}
