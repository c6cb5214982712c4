/** The versions of a unit that somebody has to look at before one of them counts alone. */
import { sameValue } from '../../domain/canonical.ts';
import { othersToSee, type ShownUnit } from '../../domain/fold.ts';
import { parseOpId, type DeviceId } from '../../domain/ids.ts';
import type { UnitVersion } from '../../domain/record.ts';

/**
 * What others have made of a unit that its shown version does not say: the `others` the server keeps and, when own unsent
 * changes lie over it, whatever those were made without having seen. What this `device` wrote is then no other but what
 * they go on from; the same person's other laptop is one.
 */
export function versionsToSee(shown: ShownUnit | undefined, device: DeviceId): readonly UnitVersion[] {
  const confirmed = shown?.confirmed;
  if (shown === undefined || confirmed === undefined) return [];
  const { pending, value } = shown;
  if (pending === null) return othersToSee(confirmed);
  const isElsewhere = ({ op }: UnitVersion): boolean => parseOpId(op).device !== device;
  const versions = pending.seen.includes(confirmed.op)
    ? confirmed.others
    : [confirmed, ...confirmed.others].filter(isElsewhere);
  return versions.filter((version) => !pending.seen.includes(version.op) && !sameValue(version.value, value));
}
