/**
 * The server killed with SIGKILL while an auditor's browser hands in changes. After each kill everything it had answered is
 * in its database; in the end nothing is left unsent, and browser and server prove that they hold the same.
 */
import { expect, type Page, type Response } from '@playwright/test';
import { paths } from '../../src/protocol/sync.ts';
import { test } from './support/fixtures.ts';
import { evidence, expectProved, joinAndOpen, makeOneAudit, sections, wholeState } from './support/one-audit.ts';
import { chance, type Chance } from './support/random.ts';
import { storedHeads, storedOps, storedUnits } from './support/server-database.ts';

const kills = 6;

test(`The server is killed ${kills} times while a browser hands in changes, and has everything it answered for`, async ({
  server,
  authority,
  computer,
}) => {
  const random = chance('killed server');
  const audit = await makeOneAudit(authority);
  // Without a service worker the browser lets the answers be read from outside.
  const laptop = await computer({ serviceWorkers: 'block' });
  const page = await joinAndOpen(laptop, audit);
  const acknowledged = new Map<string, number>();
  page.on('response', (response) => void noteAnswer(response, acknowledged));

  for (let kill = 1; kill <= kills; kill += 1) {
    const pushing = page.waitForRequest((request) => request.url().endsWith(paths.push));
    await gradeAll(page, random);
    await pushing;
    // Before, while or just after the server writes the batch down.
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 40)));
    await server.kill();
    const heads = storedHeads(server);
    for (const [device, seq] of acknowledged) expect(heads.get(device)).toBeGreaterThanOrEqual(seq);
    await gradeAll(page, random);
    await server.start();
  }
  await page.keyboard.press('e');
  await expect(evidence(page)).toBeFocused();
  await page.keyboard.type('The last words.');
  await page.keyboard.press('Escape');
  await expectProved(page);
  expect(acknowledged.size).toBeGreaterThan(0);

  await wholeState(page).getByRole('link').click();
  const rowOf = (name: string) => page.locator('.govuk-summary-list__row', { hasText: name });
  await expect(rowOf('Saved on this laptop, not sent yet')).toContainText('None');
  await expect(rowOf('Sent, waiting for')).toContainText('None');
  await expect(rowOf('Needs your attention')).toContainText('None');

  const ops = storedOps(server, audit.id).filter(({ device }) => acknowledged.has(device));
  expect(ops.map(({ seq }) => seq)).toEqual(ops.map((_, i) => i + 1));
  expect(ops.every(({ accepted }) => accepted === 1)).toBe(true);
  await page.goBack();
  for (const { id, title } of sections) {
    await page.getByRole('button', { name: new RegExp(`^${title}`) }).click();
    await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
    const { value } = storedUnits(server, audit.id)[`section:${id}`] ?? { value: {} };
    expect(await page.locator('.app-grades input:checked').getAttribute('value')).toBe(value['grade']);
    expect(await evidence(page).inputValue()).toBe(value['evidence']);
  }
});

/** Several changes in a row: a grade for each section, there and back. */
async function gradeAll(page: Page, random: Chance): Promise<void> {
  for (const step of ['n', 'p']) {
    for (let at = 1; at < sections.length; at += 1) {
      await page.keyboard.press(String(random.between(1, 4)));
      await page.keyboard.press(step);
    }
  }
}

/** Notes up to which op the server has answered for. An answer that was cut off counts for nothing. */
async function noteAnswer(response: Response, acknowledged: Map<string, number>): Promise<void> {
  if (!response.url().endsWith(paths.push)) return;
  const asked = response.request().postDataJSON() as { device: string };
  const body = await response.json().then(
    (envelope: { body?: { acceptedTo: number } }) => envelope.body,
    () => undefined,
  );
  if (body !== undefined)
    acknowledged.set(asked.device, Math.max(body.acceptedTo, acknowledged.get(asked.device) ?? 0));
}
