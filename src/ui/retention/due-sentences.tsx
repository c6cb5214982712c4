/** How many audits a period would erase, and when, as far as this laptop can tell: counted before it is set. */
import { useEffect, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { graceMs } from '../../domain/retention.ts';
import type { RetentionValue } from '../../domain/values.ts';
import { readDue, type DueAudits } from '../../store/due.ts';
import { nowMs } from '../data/clock.ts';
import { dayAt, dayText } from '../format.ts';
import { retention as say } from '../words/retention.ts';

const yearMs = 365 * 24 * 60 * 60 * 1000;

export interface DueCounts {
  /** When the period would take effect. */
  readonly fromMs: number;
  readonly atOnce: number;
  readonly yearAfter: number;
  readonly held: number;
}

export function countsOf({ due, held }: DueAudits, nowAtMs: number): DueCounts {
  const fromMs = nowAtMs + graceMs;
  const atOnce = due.filter((at) => at <= fromMs).length;
  return { fromMs, atOnce, yearAfter: due.filter((at) => at <= fromMs + yearMs).length - atOnce, held };
}

/** Null while it is being counted, and where no rule is asked about. */
export function useDueCounts(laptop: Laptop, rule: RetentionValue | null): DueCounts | null {
  const [counts, setCounts] = useState<DueCounts | null>(null);
  const asked = rule === null ? null : JSON.stringify(rule);
  useEffect(() => {
    setCounts(null);
    if (rule === null) return undefined;
    const stop = new AbortController();
    void readDue(laptop.store, rule, stop.signal).then((found) => {
      if (!stop.signal.aborted) setCounts(countsOf(found, nowMs(laptop)));
    });
    return () => stop.abort();
  }, [laptop, asked]);
  return counts;
}

export function DueSentences({ counts }: { readonly counts: DueCounts | null }) {
  return (
    <div role="status">
      {counts === null ? (
        <p class="govuk-body">{say.counting}</p>
      ) : (
        <>
          <p class="govuk-body">
            <strong>{say.dueThen(counts.atOnce, dayText(dayAt(counts.fromMs)))}</strong> {say.dueYear(counts.yearAfter)}
          </p>
          {counts.held > 0 && <p class="govuk-body">{say.dueHeld(counts.held)}</p>}
          <p class="govuk-body">{say.dueKnown}</p>
        </>
      )}
    </div>
  );
}
