/** Day, month and year as typed, and the `YYYY-MM-DD` they make. Pure: 30 February is no day. */

export interface DayParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** `partial`: a box is still empty, or the year has fewer than four digits. `impossible`: full, and no real day. */
export type DayTyped = 'empty' | 'partial' | 'impossible' | 'complete';

export function splitDay(day: string | null): DayParts {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (match === null) return { day: '', month: '', year: '' };
  return { day: String(Number(match[3])), month: String(Number(match[2])), year: match[1] ?? '' };
}

export function joinDay(parts: DayParts): { readonly day: string | null; readonly typed: DayTyped } {
  const texts = [parts.year.trim(), parts.month.trim(), parts.day.trim()] as const;
  if (texts.every((text) => text === '')) return { day: null, typed: 'empty' };
  if (texts.some((text) => text === '')) return { day: null, typed: 'partial' };
  if (!texts.every((text) => /^\d{1,4}$/.test(text))) return { day: null, typed: 'impossible' };
  if (texts[0].length < 4) return { day: null, typed: 'partial' };
  const [year, month, date] = texts.map(Number) as [number, number, number];
  const made = new Date(Date.UTC(year, month - 1, date));
  const real = year >= 1900 && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return real ? { day: made.toISOString().slice(0, 10), typed: 'complete' } : { day: null, typed: 'impossible' };
}
