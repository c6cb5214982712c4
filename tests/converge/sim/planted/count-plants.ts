/** Bugs planted in the counting. */
import type { AuditRow } from '../../../../src/domain/summary.ts';
import { summarise, Tally } from '../../../../src/domain/tally.ts';
import { openTracker } from '../../../../workers/summary/tracker.ts';
import type { Plant } from '../plant.ts';

/** The count of an audit is not taken back when the audit is voided. */
export const voidedStillCounts: Plant = {
  name: 'count not taken back when an audit is voided',
  caughtBy: ['percentages'],
  tracker(deps) {
    const own = openTracker(deps);
    return {
      ...own,
      watch(query, onAnswer) {
        const tally = new Tally(query);
        const known = new Map<string, AuditRow>();
        own.watch(query, (summary) => {
          void own.rows().then((rows) => {
            const now = new Map(rows.map((row) => [row.id as string, row]));
            for (const [id, before] of known) {
              if (now.get(id)?.state !== 'voided' || before.state === 'voided') tally.remove(before);
            }
            for (const row of rows) tally.add(row);
            known.clear();
            for (const [id, row] of now) known.set(id, row);
            onAnswer(tally.answer(summary.change));
          });
        });
      },
    };
  },
};

/** Exempted audits are in the base, in what is kept and in what is counted from nothing alike. */
export const exemptInBase: Plant = {
  name: 'exempted audits in the base',
  caughtBy: ['percentages'],
  tracker(deps) {
    const own = openTracker(deps);
    const rows = async (): Promise<readonly AuditRow[]> => (await own.rows()).map((row) => ({ ...row, exempt: false }));
    return {
      ...own,
      rows,
      watch: (query, onAnswer) =>
        own.watch(query, ({ change }) => void rows().then((each) => onAnswer(summarise(each, query, change)))),
    };
  },
};
