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
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expectOpen(page);
}

/** Opens an address in the only tab, which asks for the passphrase again: the key is kept in no other place. */
export async function openAt(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await unlock(page);
}

/** Signs in on a computer that has no copy of this person's yet, and protects the new one. */
export async function signInAfresh(page: Page, address: string, email: string, secret = password): Promise<void> {
  await page.goto(address);
  await toSignIn(page);
  await signIn(page, email, secret);
  await choosePassphrase(page);
}

/** Opens the first of the three doors. */
export async function toSignIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in to your council’s server' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
}

export async function expectOpen(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

/** Waits until the app's files are all on the computer: from here on it starts without a server. */
export async function expectInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Signs in at the door, where the email may be filled in already. */
export async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('Email address', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs in again from the message inside the open app. */
export async function signInAgain(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Messages about this laptop' }).getByText('Sign in again').last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
}
