/** Importing graded records, step by step, as a QA lead does it. */
import { expect, type Locator, type Page } from '@playwright/test';

/** A file by its path, or made by a test. */
export type ChosenFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export const csv = (name: string, content: string | Uint8Array): Exclude<ChosenFile, string> => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
});

const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name });
const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Continue', exact: true }).click();

/** Goes there from the organisation, as somebody would look for it. */
export async function openImports(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Organisation' }).click();
  await page.getByRole('button', { name: 'Import graded records' }).click();
  await expect(heading(page, 'Imports')).toBeVisible();
}

/** Begins an import and offers a file; the next page or a sentence follows. */
export async function offerFile(page: Page, file: ChosenFile): Promise<void> {
  if (!(await heading(page, 'Choose the file').isVisible()))
    await page.getByRole('button', { name: 'Import a file', exact: true }).click();
  await page.getByLabel('CSV file of graded audits').setInputFiles(file as string);
  await next(page);
}

export async function expectRows(page: Page): Promise<void> {
  await expect(heading(page, 'Is this how the file should be read?')).toBeVisible();
}

/** Chooses a file that can be read and goes on to its columns. */
export async function chooseFile(page: Page, file: ChosenFile): Promise<void> {
  await offerFile(page, file);
  await expectRows(page);
  await next(page);
  await expect(heading(page, 'What is in each column?')).toBeVisible();
}

/** Says what columns are; a column by its letter and heading, e.g. `B: Team`. */
export async function sayColumns(page: Page, columns: Readonly<Record<string, string>>): Promise<void> {
  for (const [field, column] of Object.entries(columns))
    await page.getByLabel(field, { exact: true }).selectOption({ label: column });
}

/** What a label of a graded column means. */
export const meaning = (page: Page, label: string, column: string): Locator =>
  page.getByLabel(`What “${label}” means in ${column}`, { exact: true });

/** On from the columns, once the file has been looked through. */
export async function leaveColumns(page: Page): Promise<void> {
  await next(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'Columns' })).not.toHaveAttribute('aria-current', 'step', {
    timeout: 120_000,
  });
}

export const placesHeading = (page: Page): Locator => heading(page, 'Which services, teams and people are these?');

export async function leavePlaces(page: Page): Promise<void> {
  await expect(placesHeading(page)).toBeVisible();
  await next(page);
  await expect(heading(page, 'About these audits')).toBeVisible();
}

export async function sayPicked(page: Page, how: string): Promise<void> {
  await page.getByRole('radio', { name: how, exact: true }).check();
  await next(page);
  await expect(heading(page, 'Check before you add')).toBeVisible();
}

/** The check of a file of which everything is here: it goes there from the names, which are none. */
export async function nothingToAdd(page: Page): Promise<void> {
  await next(page);
  await expect(heading(page, 'Check before you add')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'There is nothing to add' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Add / })).toHaveCount(0);
}

/** Adds what was checked, and waits until it is all there. */
export async function add(page: Page, audits: number): Promise<void> {
  const count = `${audits.toLocaleString('en-GB')} audit${audits === 1 ? '' : 's'}`;
  await page.getByRole('button', { name: `Add ${count}`, exact: true }).click();
  await expect(heading(page, 'Import complete')).toBeVisible({ timeout: 300_000 });
  await expect(page.getByRole('alert')).toContainText(`${count} added`);
}

/** The line of an import in the list. */
export const importRow = (page: Page, file: string): Locator =>
  page.getByRole('table', { name: 'Imports so far' }).getByRole('row').filter({ hasText: file });

/** Takes an import back, answering the question. */
export async function takeBack(page: Page, file: string, says: string): Promise<void> {
  await importRow(page, file)
    .getByRole('button', { name: `Take back the import of ${file}` })
    .click();
  await expect(page.getByRole('dialog')).toContainText(says);
  await page.getByRole('dialog').getByRole('button', { name: 'Take back', exact: true }).click();
  await expect(importRow(page, file)).toContainText('Taken back');
}
