/** A sealed op on the wire, held to `src/domain/record`. Its value is checked by `checkValue`, per unit. */
import * as v from 'valibot';
import type { JsonObject } from '../domain/canonical.ts';
import type { AuthorityId, DeviceId, GroupId, OpId, PersonId, RecordId } from '../domain/ids.ts';
import { kinds, type Op } from '../domain/record.ts';

/** The largest group (one user action), in bytes of JSON. */
export const groupLimitBytes = 64 * 1024;
/** The largest push, in bytes of JSON. */
export const batchLimitBytes = 256 * 1024;

/** The most versions one op may settle; whatever is left over stays in `others` for the next. */
export const settlesLimit = 50;

const hex32 = (text: unknown): boolean => typeof text === 'string' && /^[0-9a-f]{32}$/.test(text);

export const authorityId = v.custom<AuthorityId>(hex32, 'not an authority id');
export const personId = v.custom<PersonId>(hex32, 'not a person id');
export const deviceId = v.custom<DeviceId>(hex32, 'not a device id');
export const recordId = v.custom<RecordId>(hex32, 'not a record id');
export const groupId = v.custom<GroupId>(hex32, 'not a group id');
export const opIdText = v.custom<OpId>(
  (id) => typeof id === 'string' && /^[0-9a-f]{32}:[1-9]\d{0,14}$/.test(id),
  'not an op id',
);
export const hashText = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** A device's numbers end here, with the digits of an op id: one that cannot be read back would stop everybody's pull. */
export const seqNumber = v.pipe(count, v.maxValue(999_999_999_999_999));

/** The largest time a Date can hold: no screen could show a later one. */
export const latestMs = 8.64e15;
export const moment = v.pipe(count, v.maxValue(latestMs));

export const stampSchema = v.object({ ms: moment, count });

export const unitName = v.pipe(v.string(), v.regex(/^[a-z][a-z-]{0,31}(:[a-z0-9][a-z0-9_-]{0,63})?$/));

export const jsonObject = v.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'not an object',
);

export const opSchema: v.GenericSchema<unknown, Op> = v.object({
  authority: authorityId,
  person: personId,
  device: deviceId,
  seq: v.pipe(seqNumber, v.minValue(1)),
  group: groupId,
  groupSize: v.pipe(count, v.minValue(1), v.maxValue(1000)),
  record: recordId,
  kind: v.picklist(kinds),
  unit: unitName,
  claimed: stampSchema,
  base: v.nullable(opIdText),
  settles: v.pipe(v.array(opIdText), v.maxLength(settlesLimit)),
  value: jsonObject,
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  leaf: hashText,
  prev: hashText,
});
