/**
 * Where somebody left an audit, kept on the laptop until it is submitted: the id of a place, nothing that was written. Of the
 * example nothing is kept.
 */
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { PlaceId } from './places.ts';

const places = 'plumbline-place:';
const keyOf = (audit: RecordId): string => `${places}${audit}`;

export const rememberedPlace = (audit: RecordId): PlaceId | null => localStorage.getItem(keyOf(audit));

export function rememberPlace({ home }: Laptop, audit: RecordId, place: PlaceId): void {
  if (home.isKept) localStorage.setItem(keyOf(audit), place);
}

export const forgetPlace = (audit: RecordId): void => localStorage.removeItem(keyOf(audit));

/** Forgets where everybody on this laptop left their audits. */
export function forgetPlaces(): void {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(places))) localStorage.removeItem(key);
}

const singleKeysKey = 'plumbline-single-keys';

/** Whether single keys are on, on this laptop. */
export const singleKeysOn = (): boolean => localStorage.getItem(singleKeysKey) !== 'off';

export const keepSingleKeys = (on: boolean): void => localStorage.setItem(singleKeysKey, on ? 'on' : 'off');
