/** Has a browser look whether there is a newer service worker, as it does by itself every so often. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Once. A look that the browser has begun before counts for whoever asks meanwhile, and may find nothing new. */
export const lookForNewer = (page: Page): Promise<void> =>
  page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));

/** Until the page offers the newer build. */
export async function expectOffered(page: Page, offer: Locator): Promise<void> {
  await expect.poll(() => lookForNewer(page).then(() => offer.isVisible())).toBe(true);
}
