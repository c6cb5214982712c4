/** Working on this laptop only: setting it up, keeping its code, and finding what it left on the disk. */
import { expect, type Page } from '@playwright/test';
import { expectOpen, passphrase } from './doors.ts';

export const alone = { name: 'Casey Example', email: 'casey@example.test', organisation: 'Exampleshire (made up)' };

/** Opens the second of the three doors and answers what it asks, up to the recovery code; answers its groups. */
export async function setUpAlone(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Work on this laptop only' }).click();
  await page.getByLabel('Your full name').fill(alone.name);
  await page.getByLabel('Work email address').fill(alone.email);
  await page.getByLabel('Council or organisation (optional)').fill(alone.organisation);
  await page.getByLabel('Choose a passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Type the passphrase again', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Continue' }).click();
  return readCode(page);
}

/** The groups of the recovery code on the screen. */
export async function readCode(page: Page): Promise<readonly string[]> {
  await expect(page.getByRole('heading', { level: 1, name: 'Write down your recovery code' })).toBeVisible();
  const groups = await page.getByRole('region', { name: 'Recovery code' }).getByRole('listitem').allInnerTexts();
  return groups.map((text) => text.trim().slice(-5));
}

/** Shows that the code was kept, which opens the laptop. */
export async function keepCode(page: Page, code: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'I have it on paper' }).click();
  await page.getByLabel('Groups 7 and 8 of your code').fill(code.slice(-2).join(' '));
  await page.getByRole('button', { name: 'Open Plumbline' }).click();
  await expectOpen(page);
}

/** Names of this origin's databases. */
export const databases = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort());

/** What `localStorage` holds, by name. */
export const remembered = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(localStorage).sort());
