/** What is said of a laptop, and never more than it has said itself. */
import type { LaptopShown } from '../../protocol/laptops.ts';
import { durationText } from '../data/duration.ts';
import { personById, type Organisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { laptops as say } from '../words/laptops.ts';

export const nameOf = ({ name, browser }: LaptopShown): string => name || browser || say.unnamed;

const minuteMs = 60_000;

/** "3 days ago", "just now" */
export const agoText = (ms: number, nowMs: number): string =>
  nowMs - ms < minuteMs ? say.justNow : say.ago(durationText(nowMs - ms));

export const contactText = ({ lastMs }: LaptopShown, nowMs: number): string =>
  say.contact(agoText(lastMs, nowMs), momentText(lastMs));

export function unsentText({ unsent }: LaptopShown, nowMs: number): string {
  if (unsent === null) return say.unknown;
  const [ago, exact] = [agoText(unsent.atMs, nowMs), momentText(unsent.atMs)];
  return unsent.count === 0 ? say.unsentNone(ago, exact) : say.unsentSome(unsent.count, ago, exact);
}

/** What was said of removing it, and what it has done about that; null where nothing was said. */
export function removalText(laptop: LaptopShown, organisation: Organisation, me: string): string | null {
  const { revoked, gaveMs, gone } = laptop;
  if (revoked === null) return null;
  const who = revoked.by === me ? say.you : (personById(organisation, revoked.by)?.name ?? say.somebody);
  if (gone !== null) {
    const when = momentText(gone.atMs);
    if (revoked.form === 'lost') return say.gone.lost(when, gaveMs === null ? null : momentText(gaveMs));
    return revoked.atMs > gone.atMs
      ? say.gone.thenStolen(when, momentText(revoked.atMs), who)
      : say.gone.stolen(when, gone.givenUp);
  }
  if (gaveMs !== null && revoked.form === 'lost') return say.gave(momentText(gaveMs));
  return say.asked[revoked.form](momentText(revoked.atMs), who);
}
