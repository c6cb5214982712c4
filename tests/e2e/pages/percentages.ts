/** The percentages, read from the screen as a team lead reads them: table, picture, what stands beside, audits behind. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Bar } from '../support/figures.ts';

/** One line of the table: what each column says, by its heading. */
export type FigureRow = Readonly<Record<string, string>>;

/** Goes there by the navigation, with no filter on. */
export async function openPercentages(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Percentages' }).click();
  await expect(page.getByRole('heading', { name: 'Percentages', level: 1 })).toBeVisible();
}

export const countWhat = (page: Page, measure: 'Overall grades' | 'Section grades'): Promise<void> =>
  page.getByRole('radio', { name: measure, exact: true }).check();

export async function groupBy(page: Page, dimension: string): Promise<void> {
  await page.getByLabel('Group by', { exact: true }).selectOption(dimension);
}

export async function headlineGrade(page: Page, grade: string): Promise<void> {
  await page.getByLabel('Grade in the headline', { exact: true }).selectOption(grade);
}

/** Puts filters on: option by label, e.g. `{ Service: 'Assessment', 'From month': 'March 2026' }`. */
export async function filter(page: Page, wanted: Readonly<Record<string, string>>): Promise<void> {
  const fold = page.getByRole('group').filter({ has: page.getByText(/^Filters/) });
  if (!(await page.getByLabel('From month').isVisible())) await page.getByText('Filters', { exact: true }).click();
  await expect(fold.getByLabel('From month')).toBeVisible();
  for (const [label, option] of Object.entries(wanted))
    await page.getByLabel(label, { exact: true }).selectOption(option);
}

/** The references of the audits behind a figure, whose link is on the screen; then back to the figures. */
export async function expectBehind(page: Page, link: Locator, references: readonly string[]): Promise<void> {
  await link.click();
  await expect(page.getByRole('heading', { name: 'Audits behind a figure' })).toBeVisible();
  const cases = page.getByRole('table', { name: 'Audits behind a figure' }).getByRole('rowheader');
  await expect.poll(async () => (await cases.allInnerTexts()).sort()).toEqual(references);
  await page.goBack();
  await expect(tableOf(page)).toBeVisible();
}

export async function clearFilters(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Clear all filters' }).click();
}

const tableOf = (page: Page): Locator => page.getByRole('table', { name: /^The figures by / });

/** The table as it stands; the line of all is the last. */
export async function readTable(page: Page): Promise<readonly FigureRow[]> {
  const texts = await tableOf(page).evaluate((table: HTMLTableElement) =>
    [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
  );
  const [headings = [], ...lines] = texts;
  return lines.map((line) => Object.fromEntries(headings.map((heading, at) => [heading, line[at] ?? ''])));
}

/** The bars of the picture as they stand, from what they say to screen readers and from their drawing. */
export async function readPicture(page: Page, dimension: string): Promise<readonly Bar[]> {
  const picture = page.getByRole('region', { name: `By ${dimension.toLowerCase()}`, exact: true });
  // The first list is the key.
  const rows = picture.getByRole('list').nth(1).getByRole('listitem');
  return rows.evaluateAll((items) =>
    items.map((item) => {
      const [name, counts] = [...item.children];
      const bar = item.querySelector('svg');
      const attributes = (of: string, ...names: string[]): string[] =>
        [...(bar?.querySelectorAll(of) ?? [])].flatMap((part) => names.map((one) => part.getAttribute(one) ?? ''));
      return {
        group: name?.textContent ?? '',
        says: bar?.getAttribute('aria-label') ?? counts?.textContent ?? '',
        widths: attributes('rect', 'width'),
        range: attributes('line', 'x1', 'x2').slice(0, 2),
      };
    }),
  );
}

/** A figure of the table that leads to its audits. */
export const figure = (page: Page, row: string, column: RegExp): Locator =>
  tableOf(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
    .getByRole('link', { name: column });

/** What stands in no percentage, by its name. */
export const besideFigure = (page: Page, name: string): Locator =>
  page
    .getByRole('region', { name: 'Not in the percentages' })
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd');
