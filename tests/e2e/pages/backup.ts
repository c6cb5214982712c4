/** The backup file: saved, opened on a new laptop, and brought in. */
import { expect, type Locator, type Page } from '@playwright/test';
import { openThisLaptop } from './this-laptop.ts';

export const filePassphrase = 'a made-up file passphrase';

/** A browser that lets no page write a file itself: files are saved by a link, which a test can follow. */
export const withoutPicker = (page: Page): Promise<unknown> =>
  page.context().addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));

/** Saves a backup file under `path`; answers the name the browser was given. */
export async function saveBackup(page: Page, path: string): Promise<string> {
  await openThisLaptop(page);
  await page.getByRole('button', { name: 'Save a backup file' }).click();
  await page.getByLabel('Choose a passphrase', { exact: true }).fill(filePassphrase);
  await page.getByLabel('Type the passphrase again', { exact: true }).fill(filePassphrase);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the file' }).click();
  const download = await downloading;
  await download.saveAs(path);
  await expect(page.getByText('The backup file is made')).toBeVisible();
  return download.suggestedFilename();
}

/** Chooses a file and opens it. */
export async function openBackupFile(page: Page, path: string, passphrase = filePassphrase): Promise<void> {
  await page.getByLabel('Backup file', { exact: true }).setInputFiles(path);
  await page.getByLabel('Passphrase of the file', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open the file' }).click();
}

export const problem = (page: Page): Locator => page.getByRole('alert').first();

export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name });

/** Goes to bringing in a file, by the navigation. */
export async function toBringIn(page: Page): Promise<void> {
  await openThisLaptop(page);
  await page.getByRole('button', { name: 'Bring in a file' }).click();
  await expect(heading(page, 'Bring in a backup file')).toBeVisible();
}

/** A table of the check or the result, line by line: what it says in each cell. */
export async function linesOf(page: Page, caption: string): Promise<readonly (readonly string[])[]> {
  const table = page.getByRole('table', { name: caption });
  await expect(table).toBeVisible();
  const lines = await table.evaluate((one: HTMLTableElement) =>
    [...one.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
  );
  return lines.slice(1);
}
