/**
 * The example, on a host that only has files: in and grading within a few keys, everything to see, nothing sent, and nothing of
 * it left, whether it is left, locked, loaded again or killed.
 */
import { expect, type Page } from '@playwright/test';
import { openExample } from './pages/example.ts';
import { databases, remembered } from './pages/alone.ts';
import { gradeOf, place } from './pages/audit-form.ts';
import { expectInstalled } from './pages/doors.ts';
import { openAudit } from './pages/my-audits.ts';
import { openOrganisation } from './pages/organisation.ts';
import { besideFigure, openPercentages } from './pages/percentages.ts';
import { openThisLaptop, saveState } from './pages/this-laptop.ts';
import { test } from './support/static-fixture.ts';

/** From the first press on the first page. */
const mostPresses = 6;
const mostSeconds = 5;

/** Counts presses of keys and of the mouse as the page itself is told of them. */
async function countPresses(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { presses: number };
    counted.presses = 0;
    for (const type of ['pointerdown', 'keydown'])
      addEventListener(type, ({ isTrusted }) => void (counted.presses += isTrusted ? 1 : 0), { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { presses: number }).presses);
}

const firstPage = (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { level: 1, name: 'How do you want to work?' })).toBeVisible();

const expectNothingLeft = async (page: Page): Promise<void> => {
  await expect.poll(() => databases(page)).toEqual(['plumbline-keyring']);
  expect(await remembered(page)).toEqual([]);
};

test(`From the first page to a graded section in at most ${mostPresses} clicks or keys, also without a network`, async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  const page = laptop.page();
  await page.goto(host.url);
  await expectInstalled(page);
  await host.stop();
  await page.reload();
  await firstPage(page);
  const presses = await countPresses(page);

  const startedMs = Date.now();
  await page.getByRole('button', { name: 'Look round the example' }).click();
  const first = page.getByRole('table', { name: 'Audits to do' }).getByRole('link').first();
  await expect(first).toBeVisible();
  const seconds = (Date.now() - startedMs) / 1000;
  console.log(`example: from the door to one's audits in ${seconds.toFixed(1)} s`);
  await first.click();
  const section = page.getByRole('region', { name: 'Allocation and start', exact: true });
  await expect(section).toBeVisible();
  await page.keyboard.press('2');
  await expect(gradeOf(section, 'Good')).toBeChecked();
  await expect(page.getByText('1 of 9 sections graded')).toBeVisible();
  await expect(section.getByText('Saved on this laptop', { exact: true })).toBeVisible();

  expect(await presses()).toBeLessThanOrEqual(mostPresses);
  // Twice the time it may take here by itself: other tests run beside.
  expect(seconds).toBeLessThan(2 * mostSeconds);
  expect(laptop.rules.errors).toEqual([]);
  expect(host.asked.filter((path) => path.startsWith('/api'))).toEqual([]);
});

test('The visitor sees everything, on every screen that it is made up, and is offered nothing that needs a server', async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  const page = laptop.page();
  await page.goto(host.url);
  await openExample(page);
  const bar = page.getByRole('region', { name: 'Example', exact: true });
  await openPercentages(page);
  await expect(page.getByText(/^\d+ of \d\d\d audits were inadequate/)).toBeVisible();
  // Two years of a council are made up and written by one thread, beside whatever else this machine does.
  await expect(page.getByText('More audits are still arriving')).toHaveCount(0, { timeout: 400_000 });
  await expect(besideFigure(page, 'Awaiting moderation')).not.toHaveText('0');
  await expect(bar).toContainText('Everything here is made up, and gone when you leave.');
  await openOrganisation(page);
  await page.getByRole('tab', { name: 'People' }).click();
  await expect(page.getByRole('row', { name: 'Quinn Quality (made up)' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Invitation link' })).toHaveCount(0);
  await openThisLaptop(page, 'Nothing in the example is kept');
  await expect(saveState(page)).toHaveText('Saved on this laptop');
  for (const name of ['Sign out', 'Lock', 'Sync now']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  expect(host.asked.filter((path) => path.startsWith('/api'))).toEqual([]);
});

test('Leaving and locking end it: no database, nothing remembered, the first page', async ({ host, computer }) => {
  const page = (await computer()).page();
  await page.goto(host.url);
  const ways = [
    () => page.getByRole('button', { name: 'Leave the example' }).click(),
    () => page.keyboard.press('Control+Alt+KeyL'),
  ];
  for (const leave of ways) {
    await openExample(page);
    await page.getByRole('table', { name: 'Audits to do' }).getByRole('link').first().click();
    await expect(place(page, 'Allocation and start')).toBeVisible();
    await page.keyboard.press('n');
    await expect(place(page, 'Child seen and understood')).toBeVisible();
    await leave();
    await firstPage(page);
    await expect(page).toHaveURL(`${host.url}/`);
    await expectNothingLeft(page);
  }
});

test('Loading the page again ends it, and another tab that looks round goes on undisturbed', async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  const page = laptop.page();
  await page.goto(host.url);
  await openExample(page);
  const beside = await laptop.tab();
  await beside.goto(host.url);
  await firstPage(beside);
  await openExample(beside);
  await page.reload();
  await firstPage(page);
  await expect.poll(async () => (await databases(page)).length).toBe(2);
  const reference = await beside.getByRole('table', { name: 'Audits to do' }).getByRole('link').first().innerText();
  await openAudit(beside, reference);
  await beside.keyboard.press('3');
  await expect(gradeOf(place(beside, 'Allocation and start'), 'Requires improvement')).toBeChecked();
  await beside.close();
  await page.reload();
  await firstPage(page);
  await expectNothingLeft(page);
});

test('A browser killed in the middle of it leaves nothing once Plumbline has been started again', async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  await laptop.page().goto(host.url);
  await openExample(laptop.page());
  await laptop.kill();
  const page = await laptop.open();
  await page.goto(host.url);
  await firstPage(page);
  await expectNothingLeft(page);
});
