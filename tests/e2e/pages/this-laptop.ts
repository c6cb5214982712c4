/** Where the work is: the state in the bar above every screen, and the page that explains it. */
import { expect, type Locator, type Page } from '@playwright/test';

/** The save state of everything on this computer, as the bar says it on every screen. */
export const saveState = (page: Page): Locator =>
  page.getByRole('navigation', { name: 'You and this laptop' }).getByRole('link');

export const onTheServer = /^On the council’s server at \d\d:\d\d$/;

/** Waits until everything is proved to be on the council's server. */
export const expectOnServer = (page: Page, timeout = 90_000): Promise<void> =>
  expect(saveState(page)).toHaveText(onTheServer, { timeout });

/** Goes there by the navigation. */
export async function openThisLaptop(page: Page, title = 'This laptop'): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'This laptop' }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** What the page says of one thing, such as "Connection". */
export const factOf = (page: Page, name: string): Locator =>
  page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');

export const offlineBanner = (page: Page): Locator =>
  page.getByRole('region', { name: 'Messages about this laptop' }).getByText('You are offline.');
