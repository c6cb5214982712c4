/** Working by keyboard alone: Tab until something has the focus, then its keys. */
import { expect, type Locator, type Page } from '@playwright/test';

const farthest = 80;

/** Presses Tab until `target` has the focus, as somebody without a mouse gets there; throws when it is never reached. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < farthest; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab did not reach ${String(target)} in ${farthest} presses.`);
}

/** Tabs to something and presses a key there. */
export async function press(page: Page, target: Locator, key: 'Enter' | 'Space' | 'ArrowRight'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Presses a key that moves the focus, and types where it went. */
export async function typeInto(page: Page, key: string, target: Locator, text: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(target).toBeFocused();
  await page.keyboard.type(text);
}
