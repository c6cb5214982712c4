/** Where somebody left an audit, kept on the laptop until it is submitted: the id of a place, nothing that was written. */
import type { RecordId } from '../../domain/ids.ts';
import type { PlaceId } from './places.ts';

const keyOf = (audit: RecordId): string => `plumbline-place:${audit}`;

export const rememberedPlace = (audit: RecordId): PlaceId | null => localStorage.getItem(keyOf(audit));

export const rememberPlace = (audit: RecordId, place: PlaceId): void => localStorage.setItem(keyOf(audit), place);

export const forgetPlace = (audit: RecordId): void => localStorage.removeItem(keyOf(audit));

const singleKeysKey = 'plumbline-single-keys';

/** Whether single keys are on, on this laptop. */
export const singleKeysOn = (): boolean => localStorage.getItem(singleKeysKey) !== 'off';

export const keepSingleKeys = (on: boolean): void => localStorage.setItem(singleKeysKey, on ? 'on' : 'off');
