/** The way in, as a person goes through it: an invitation, a passphrase, unlocking. */
import { expect, type Page } from '@playwright/test';
import { password } from '../support/authority.ts';

export const passphrase = 'a made-up passphrase';

/** Opens an invitation link, sets a password, protects the laptop's copy and waits until the app is open. */
export async function join(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Choose a password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set password and continue' }).click();
  await choosePassphrase(page);
}

export async function choosePassphrase(page: Page): Promise<void> {
  await page.getByLabel('Choose a passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Type the passphrase again', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Protect and open' }).click();
  await expectOpen(page);
}

export async function unlock(page: Page): Promise<void> {
  await page
    .getByLabel('Enter your passphrase')
    .or(page.getByLabel('Passphrase', { exact: true }))
    .fill(passphrase);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expectOpen(page);
}

export async function expectOpen(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

/** Waits until the app's files are all on the computer: from here on it starts without a server. */
export async function expectInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}
