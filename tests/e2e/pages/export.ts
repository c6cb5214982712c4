/** Taking figures and audits away: pressing the button, and reading the file that the browser saved. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import Papa from 'papaparse';

export interface SavedFile {
  readonly name: string;
  /** As it lies on the disk. */
  readonly text: string;
  /** The lines above the table, by their first cell. */
  readonly preamble: ReadonlyMap<string, readonly string[]>;
  readonly headings: readonly string[];
  /** The table, each row by its headings. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Presses a button and reads the file that comes of it. */
export async function download(page: Page, button: Locator): Promise<SavedFile> {
  const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const text = await readFile(await saved.path(), 'utf8');
  const { data, errors } = Papa.parse<string[]>(text);
  if (errors.length > 0) throw new Error(`${saved.suggestedFilename()} is no CSV: ${JSON.stringify(errors[0])}`);
  const blank = data.findIndex((row) => row.every((cell) => cell === ''));
  const [headings = [], ...rows] = data.slice(blank + 1);
  return {
    name: saved.suggestedFilename(),
    text,
    preamble: new Map(data.slice(0, blank).map(([label = '', ...rest]) => [label.replace('\ufeff', ''), rest])),
    headings,
    rows: rows.map((row) => Object.fromEntries(headings.map((heading, at) => [heading, row[at] ?? '']))),
  };
}

export const downloadFigures = (page: Page): Promise<SavedFile> =>
  download(page, page.getByRole('button', { name: 'Download as CSV' }));

/** On the screen of audits behind a figure, where the way to the file is folded away. */
export async function downloadAudits(page: Page): Promise<SavedFile> {
  const button = page.getByRole('button', { name: 'Download as CSV' });
  if (!(await button.isVisible())) await page.getByText('Download as CSV', { exact: true }).first().click();
  return download(page, button);
}
