/** Reading an audit through, and submitting it. */
import { expect, type Page } from '@playwright/test';

/** Goes there from the form. */
export async function readThrough(page: Page): Promise<void> {
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('button', { name: 'Read through and submit' }).click();
  await expect(page.getByRole('heading', { name: 'Read through and submit', level: 1 })).toBeVisible();
}

/** What is said to be missing, in the order of the screen; empty when nothing is. */
export async function missing(page: Page): Promise<readonly string[]> {
  const list = page.getByRole('region', { name: 'Before you can submit' });
  await expect(list.or(page.getByText('Nothing is missing.'))).toBeVisible();
  return list.getByRole('listitem').allInnerTexts();
}

/** Submits the audit that is read through, answering the question whether to. */
export async function submit(page: Page): Promise<void> {
  expect(await missing(page)).toEqual([]);
  await page.getByRole('button', { name: 'Submit this audit' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Audit submitted' })).toBeVisible();
}
