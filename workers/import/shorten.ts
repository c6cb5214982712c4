/** Cuts long texts, never a character in half. */

/** Of a cell that is only shown, to recognise it by. */
const shownCharacters = 120;

/** At most `most` UTF-16 units of a text, or as much of a cell as is shown. */
export function shorten(text: string, most = shownCharacters): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
