/**
 * Percentages counted a second time, as plainly as can be, from the audits a test has made up itself. Knows nothing of how
 * the app counts: no code of it is used here.
 */
export const grades = ['Outstanding', 'Good', 'Requires improvement', 'Inadequate'] as const;
export type Grade = (typeof grades)[number];

/** One audit as somebody would write it on a card. */
export interface Card {
  readonly reference: string;
  readonly service: string;
  readonly team: string;
  readonly auditor: string;
  readonly tool: string;
  /** As the screen says it: "March 2026". */
  readonly month: string;
  readonly selection: 'random' | 'thematic';
  readonly fate: 'submitted' | 'Not submitted yet' | 'Awaiting moderation' | 'Voided' | 'Exempt';
  readonly overall: Grade | null;
  readonly sections: Readonly<Record<string, Grade | 'Not applicable' | null>>;
}

export type Dimension = 'Service' | 'Team' | 'Section' | 'Auditor' | 'Month' | 'Tool';

/** One grade given, or the reason why it stands in no percentage. */
interface Item {
  readonly card: Card;
  readonly group: string;
  readonly where: string;
}

export interface Asked {
  readonly measure: 'Overall grades' | 'Section grades';
  readonly by: Dimension;
  readonly only?: (card: Card, section: string | null) => boolean;
}

export interface Counted {
  readonly group: string;
  readonly items: readonly Item[];
}

/** The groups of an answer, and under "All" everything. */
export function recount(cards: readonly Card[], { measure, by, only = () => true }: Asked): readonly Counted[] {
  const items: Item[] = [];
  for (const card of cards) {
    const given = measure === 'Overall grades' ? { '': card.overall } : card.sections;
    for (const [section, grade] of Object.entries(given)) {
      if (!only(card, section === '' ? null : section)) continue;
      const group = by === 'Section' ? section : card[by.toLowerCase() as 'service'];
      items.push({ card, group, where: card.fate === 'submitted' ? (grade ?? 'Not graded') : card.fate });
    }
  }
  const groups = [...new Set(items.map(({ group }) => group))];
  return [
    ...groups.map((group) => ({ group, items: items.filter((item) => item.group === group) })),
    { group: 'All', items },
  ];
}

export const countOf = ({ items }: Counted, ...where: readonly string[]): number =>
  items.filter((item) => where.includes(item.where)).length;

export const baseOf = (counted: Counted): number => countOf(counted, ...grades);

/** The references of the audits behind a figure. */
export const behind = ({ items }: Counted, ...where: readonly string[]): readonly string[] =>
  [...new Set(items.filter((item) => where.includes(item.where)).map(({ card }) => card.reference))].sort();

/** Wilson 1927: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), with z of 95%. */
export function wilson(count: number, base: number): { readonly lower: number; readonly upper: number } {
  const z = 1.959963984540054;
  const p = count / base;
  const middle = p + (z * z) / (2 * base);
  const reach = z * Math.sqrt((p * (1 - p)) / base + (z * z) / (4 * base * base));
  const scale = 1 + (z * z) / base;
  return { lower: Math.max(0, (middle - reach) / scale), upper: Math.min(1, (middle + reach) / scale) };
}

/** What may keep a grade out of every percentage, in the order of the screen. */
export const besides = ['Not submitted yet', 'Awaiting moderation', 'Voided', 'Exempt', 'Not applicable', 'Not graded'];

const wholeOf = (count: number, base: number): string => `${Math.floor((200 * count + base) / (2 * base))}%`;
const whole = (share: number): string => `${Math.round(share * 100)}%`;

/** The table that the screen should show: a line for each group and one for all of them. */
export function expectedTable(
  answer: readonly Counted[],
  by: Dimension,
  headline: Grade,
): readonly Readonly<Record<string, string>>[] {
  const all = answer.at(-1) ?? { group: 'All', items: [] };
  const shown = besides.filter((name) => name === besides[0] || countOf(all, name) > 0);
  return answer.map((counted) => {
    const base = baseOf(counted);
    const good = countOf(counted, 'Outstanding', 'Good');
    const count = countOf(counted, headline);
    const range = base < 5 ? null : wilson(count, base);
    return {
      [by]: counted.group,
      ...Object.fromEntries(grades.map((grade) => [grade, String(countOf(counted, grade))])),
      'Good or better': range === null ? String(good) : `${good} (${wholeOf(good, base)})`,
      Counted: String(base),
      [`% ${headline.toLowerCase()}`]: range === null ? 'counts only' : wholeOf(count, base),
      [`Likely range, ${headline.toLowerCase()}`]:
        range === null ? '' : `${whole(range.lower)} to ${whole(range.upper)}`,
      ...Object.fromEntries(shown.map((name) => [name, String(countOf(counted, name))])),
    };
  });
}

/** One bar: what it says, how wide its parts are, and from where to where its likely range goes, in percent of the bar. */
export interface Bar {
  readonly group: string;
  readonly says: string;
  readonly widths: readonly string[];
  readonly range: readonly string[];
}

/** The picture that the screen should show: the headline's grade first, then the rest away from it. */
export function expectedPicture(answer: readonly Counted[], headline: Grade): readonly Bar[] {
  const rest = grades.filter((grade) => grade !== headline);
  const order = [headline, ...(headline === 'Inadequate' ? rest.reverse() : rest)];
  const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
  return answer.slice(0, -1).map((counted) => {
    const base = baseOf(counted);
    const parts = order.filter((grade) => countOf(counted, grade) > 0);
    const said = parts.map((grade) => `${countOf(counted, grade)} ${grade.toLowerCase()}`).join(', ');
    if (base === 0) return { group: counted.group, says: 'None counted', widths: [], range: [] };
    if (base < 5) return { group: counted.group, says: `Counts only: ${said}`, widths: [], range: [] };
    const { lower, upper } = wilson(countOf(counted, headline), base);
    return {
      group: counted.group,
      says: `${counted.group}: ${said} of ${base}`,
      widths: parts.map((grade) => percent(countOf(counted, grade) / base)),
      range: [percent(lower), percent(upper)],
    };
  });
}

/** The sentence above everything. */
export function expectedSentence(answer: readonly Counted[], headline: Grade, what: 'audit' | 'section grade'): string {
  const all = answer.at(-1) ?? { group: 'All', items: [] };
  const base = baseOf(all);
  const count = countOf(all, headline);
  const { lower, upper } = wilson(count, base);
  const counted = `${count} of ${base} ${what}${base === 1 ? ' was' : 's were'} ${headline.toLowerCase()}`;
  return base < 5
    ? `${counted}.`
    : `${counted}: ${wholeOf(count, base)}, likely between ${whole(lower)} and ${whole(upper)}.`;
}
