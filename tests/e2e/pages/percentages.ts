/** The percentages, read from the screen as a team lead reads them: table, picture, what stands beside, audits behind. */
import { expect, type Locator, type Page } from '@playwright/test';

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

export async function clearFilters(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Clear all filters' }).click();
}

const tableOf = (page: Page): Locator => page.getByRole('table', { name: /^The figures by / });

/** The table as it stands; the line of all is the last. */
export async function readTable(page: Page): Promise<readonly FigureRow[]> {
  const rows = await tableOf(page).getByRole('row').all();
  const cells = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
  const [headings = [], ...lines] = cells.map((texts) => texts.map((text) => text.trim()));
  return lines.map((line) => Object.fromEntries(headings.map((heading, at) => [heading, line[at] ?? ''])));
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
