/** Looking round a made-up authority that a server keeps for as long as it runs: each printed account, as a person signs in. */
import { existsSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { newInspector } from './support/accessible.ts';
import { test } from './support/fixtures.ts';
import { startExampleServer, type ExampleServer } from './support/example-server.ts';
import { expectInstalled, openAt, signInAfresh, toSignIn } from './pages/doors.ts';
import { openOrganisation } from './pages/organisation.ts';
import { besideFigure, openPercentages, readTable } from './pages/percentages.ts';
import { expectOnServer } from './pages/this-laptop.ts';

const authority = 'Example Council (made up)';

let server: ExampleServer;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  server = await startExampleServer();
});
test.afterAll(() => server.stop());

async function signInAs(page: Page, role: string): Promise<void> {
  const { email = '', password = '' } = server.accounts[role] ?? {};
  await signInAfresh(page, server.url, email, password);
  await expect(page.getByText(authority, { exact: true })).toBeVisible();
  await expectOnServer(page);
}

test('Whoever opens the example sees that it is one before signing in', async ({ computer }) => {
  expect(existsSync(server.folder)).toBe(true);
  expect(Object.keys(server.accounts)).toEqual([
    'auditor',
    'moderator',
    'team lead',
    'head of service',
    'QA lead',
    'administrator',
    'board viewer',
  ]);
  const page = (await computer()).page();
  await page.goto(server.url);
  await toSignIn(page);
  await expect(page.getByText(authority, { exact: true })).toBeVisible();
});

test('The auditor finds audits allocated to them, one not begun and one half-way, and what they have written', async ({
  computer,
}) => {
  const page = (await computer()).page();
  await signInAs(page, 'auditor');
  await expect(page.getByRole('heading', { name: 'My audits', level: 1 })).toBeVisible();
  const toDo = page.getByRole('row').filter({ hasText: 'EX-' });
  await expect(toDo.filter({ hasText: 'Not started' }).first()).toBeVisible();
  const halfWay = toDo.filter({ hasText: 'In progress' }).first();
  await expect(halfWay).toBeVisible();
  await halfWay.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: /^Case EX-\d{4}$/, level: 1 })).toBeVisible();
  await expect(page.getByText(/^[3-8] of (9|10) sections graded$/).first()).toBeVisible();
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button').first().click();
  await expect(page.getByLabel('Evidence', { exact: true })).toHaveValue(/(\S+\s+){49}\S+/);
});

test('The team lead sees the percentages of their service with their base', async ({ computer }) => {
  const page = (await computer({ width: 1400 })).page();
  await signInAs(page, 'team lead');
  await openPercentages(page);
  const rows = await readTable(page);
  expect(rows.map((row) => row['Service'])).toEqual(['Assessment Service', 'All']);
  const [row] = rows;
  expect(Number(row?.['Counted'])).toBeGreaterThan(100);
  const sentence = /^\d+ of \d{3} audits were inadequate: \d+%, likely between \d+% and \d+%\.$/;
  await expect(page.getByRole('link', { name: sentence })).toBeVisible();
  await expect(besideFigure(page, 'Not submitted yet')).not.toHaveText('0');
});

test('The QA lead sees every service, and what it was called before', async ({ computer }) => {
  const page = (await computer({ width: 1400 })).page();
  await signInAs(page, 'QA lead');
  await openPercentages(page);
  await expect.poll(async () => (await readTable(page)).length).toBe(10);
  await openOrganisation(page);
  await expect(page.getByText('Formerly Care Leavers Service')).toBeVisible();
  await expect(page.getByText('Formerly Edge of Care Team')).toBeVisible();
});

test('The board viewer sees percentages alone, and still does when the example has been stopped and is gone', async ({
  computer,
}) => {
  const page = (await computer({ width: 1440 })).page();
  await signInAs(page, 'board viewer');
  const heading = page.getByRole('heading', { level: 1, name: 'Percentages for the board' });
  await expect(heading).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
    'Board percentages',
    'This laptop',
  ]);
  const places = page.getByRole('table', { name: /^By service/ }).first();
  const team = places.getByRole('row', { name: /^Assessment Team 1/ });
  await expect(places.getByRole('row', { name: /^Assessment Service/ })).toBeVisible();
  await expect(team).toHaveCount(0);
  await page
    .getByRole('button', { name: /^Show the teams/ })
    .first()
    .press('Enter');
  await expect(team).toBeVisible();
  await expect(places.getByRole('row', { name: /^Assessment Service/ })).toContainText(/\d+ \(\d+%\)likely/);
  await expect(places.getByText('Too few').first()).toBeVisible();
  await expect(page.getByText(/^Made by the council’s server on/)).toBeVisible();
  await expect(page.locator('main').getByRole('link')).toHaveCount(0);
  const inspector = newInspector();
  await inspector.look(page, 'percentages for the board');
  inspector.expectNothingWrong(1);
  await expectInstalled(page);

  const said = await server.stop();
  expect(said).toContain(`The example is gone: ${server.folder} has been removed.`);
  expect(existsSync(server.folder)).toBe(false);
  await openAt(page, server.url);
  await expect(heading).toBeVisible();
  await expect(places.getByRole('row', { name: /^Assessment Service/ })).toBeVisible();
});
