/** How right this laptop's clock is: wrong from where the server no longer takes its times for the order of changes (FAULTS 36). */
import { aheadLimitMs } from '../../domain/stamp.ts';
import { durationText } from '../data/duration.ts';
import { words } from '../words.ts';

/** `offsetMs`: the server's time minus this laptop's; null before they were compared. */
export function clockText(offsetMs: number | null): string {
  const { thisLaptop: text } = words;
  if (offsetMs === null) return text.clockUnknown;
  if (Math.abs(offsetMs) <= aheadLimitMs) return text.clockRight;
  return text.clockOff(durationText(Math.abs(offsetMs)), offsetMs < 0 ? 'ahead' : 'behind');
}
