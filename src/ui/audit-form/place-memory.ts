/** Where somebody left an audit, kept in the tab for as long as it is open: the id of a place, nothing that was written. */
import type { RecordId } from '../../domain/ids.ts';
import type { PlaceId } from './places.ts';

const keyOf = (audit: RecordId): string => `plumbline-place:${audit}`;

export const rememberedPlace = (audit: RecordId): PlaceId | null => sessionStorage.getItem(keyOf(audit));

export const rememberPlace = (audit: RecordId, place: PlaceId): void => sessionStorage.setItem(keyOf(audit), place);

const singleKeysKey = 'plumbline-single-keys';

/** Whether single keys are on, on this laptop. */
export const singleKeysOn = (): boolean => localStorage.getItem(singleKeysKey) !== 'off';

export const keepSingleKeys = (on: boolean): void => localStorage.setItem(singleKeysKey, on ? 'on' : 'off');
