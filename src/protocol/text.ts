/** Text as fields may hold it, with the limits that are enforced while typing, on the laptop's disk and on arrival. */
import * as v from 'valibot';

/** Longest evidence, rationale or voice text, in UTF-16 units: twenty times what auditors write (DOMAIN 2.1). */
export const longTextLimit = 20_000;
export const shortTextLimit = 2_000;

// A lone surrogate cannot be encoded; control characters other than tab and line ends have no place in a record.
const broken = /[\ud800-\udfff]/u;
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const clean = v.check(
  (text: string) => !broken.test(text) && !control.test(text),
  'has a character that cannot be kept',
);

export const longText = v.pipe(v.string(), v.maxLength(longTextLimit), clean);
export const shortText = v.pipe(v.string(), v.maxLength(shortTextLimit), clean);

/** One line of at most `max` UTF-16 units. */
export const line = (max: number) => v.pipe(v.string(), v.maxLength(max), v.regex(/^[^\r\n]*$/), clean);

export const dayText = v.pipe(v.string(), v.isoDate());

const object = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'not an object',
);

/** Texts by key. A list is none: it would pass as an object whose keys are numbers. */
export const byKey = (key: v.GenericSchema<string, string>, text: v.GenericSchema<string, string>) =>
  v.pipe(object, v.record(key, text));

/** Makes typed or pasted text acceptable: drops what `clean` refuses, keeps every other character. */
export const tidyText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .replace(/[\ud800-\udfff]/gu, '');
