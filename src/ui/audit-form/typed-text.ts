/**
 * What may be typed into the form's text boxes: how much, and without characters that cannot be kept. The limits are those
 * of `src/protocol/text`, which a screen may not import; a test holds the two equal.
 */

/** Longest evidence, rationale or voice, in UTF-16 units. */
export const longLimit = 20_000;
/** Longest reason or other short text. */
export const shortLimit = 2_000;

const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const loneSurrogate = /[\ud800-\udfff]/gu;

/** Typed or pasted text without what cannot be kept; every other character stays. */
export const keepable = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(control, '').replace(loneSurrogate, '');
