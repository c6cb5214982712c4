/** Warns before audits are added that the council's period would erase at once or soon: their rows are that old. */
import type { Laptop } from '../../bridge/laptop.ts';
import { shownValue } from '../../domain/fold.ts';
import type { RecordId } from '../../domain/ids.ts';
import { dueOnArrival } from '../../domain/retention.ts';
import { settingsId } from '../../domain/unit-names.ts';
import type { RetentionValue } from '../../domain/values.ts';
import type { ImportCheck } from '../../protocol/import-job.ts';
import { readRecord } from '../../store/view.ts';
import { nowMs } from '../data/clock.ts';
import { useLive } from '../data/use-live.ts';
import { WarningText } from '../parts/warning-text.tsx';
import { importing as say } from '../words/import.ts';

const kinds = ['settings'] as const;

export function PastKeeping({ laptop, perDay }: { readonly laptop: Laptop } & Pick<ImportCheck, 'perDay'>) {
  const settings = useLive(laptop.store, () => readRecord(laptop.store, settingsId as RecordId), 'settings', kinds);
  const retention = shownValue<RetentionValue>(settings?.units ?? {}, 'retention');
  if (retention === undefined || retention.months === null) return null;
  const { atOnce, soon } = dueOnArrival(perDay, retention, nowMs(laptop));
  const lines = [
    ...(atOnce > 0 ? [say.pastKeeping(atOnce, retention.months)] : []),
    ...(soon > 0 ? [say.soonPastKeeping(soon, atOnce > 0)] : []),
  ];
  return lines.map((line) => <WarningText key={line}>{line}</WarningText>);
}
