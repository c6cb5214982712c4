/** The versions of a unit that somebody has to look at before one of them counts alone. */
import { sameValue } from '../../domain/canonical.ts';
import { othersToSee, type ShownUnit } from '../../domain/fold.ts';
import { parseOpId, type DeviceId } from '../../domain/ids.ts';
import type { UnitVersion } from '../../domain/record.ts';

/**
 * What others have made of a unit that its shown version does not say: the `others` the server keeps and, when own unsent
 * changes lie over it, every version that those were made without having seen. This `device`'s own earlier ones are no
 * others; the same person may have another laptop.
 */
export function versionsToSee(shown: ShownUnit | undefined, device: DeviceId): readonly UnitVersion[] {
  const confirmed = shown?.confirmed;
  if (confirmed === undefined || shown === undefined) return [];
  const { pending, value } = shown;
  if (pending === null) return othersToSee(confirmed);
  return [confirmed, ...confirmed.others].filter(
    (version) =>
      !pending.seen.includes(version.op) && parseOpId(version.op).device !== device && !sameValue(version.value, value),
  );
}
