/** Every door, with and without errors, has no violation of WCAG 2.2 AA that axe finds, and fits a screen of 320 px. */
import { expect, type Page } from '@playwright/test';
import { choosePassphrase, join, signIn, toSignIn } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { grant, password } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { makeOneAudit } from './support/one-audit.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('Nobody is kept out at a door', async ({ server, authority, computer }) => {
  test.setTimeout(240_000);
  const audit = await makeOneAudit(authority);
  const other = await authority.addPerson('Blake Example', [grant('auditor')]);
  const laptop = await computer();
  const page = laptop.page();
  const inspector = newInspector();
  const look = (name: string) => inspector.look(page, name);

  await page.goto(server.url);
  await expect(heading(page, 'How do you want to work?')).toBeVisible();
  await look('the three doors');
  const statement = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Accessibility statement (opens in a new tab)' }).click();
  await expect(heading(await statement, 'Accessibility statement for Plumbline')).toBeVisible();
  await inspector.look(await statement, 'the accessibility statement at the door');
  await (await statement).close();
  await toSignIn(page);
  await page.getByText('No account, or forgotten your password?').click();
  await look('sign-in');
  await press(page, 'Sign in');
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('sign-in, nothing entered');
  await signIn(page, 'nobody@example.test');
  await expect(page.getByRole('alert').getByText('The email address or password is not right.')).toBeVisible();
  await look('sign-in, refused');

  await page.goto(`${server.url}/join#${'x'.repeat(43)}`);
  await page.reload();
  await expect(heading(page, 'This invitation cannot be used')).toBeVisible();
  await look('a bad invitation');
  await page.goto('about:blank');
  await page.goto(audit.auditor.link);
  await expect(heading(page, 'Set your password')).toBeVisible();
  await look('join');
  await press(page, 'Set password and continue');
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('join, no password');
  await page.getByLabel('Choose a password', { exact: true }).fill(password);
  await press(page, 'Set password and continue');
  await expect(heading(page, 'Protect this laptop’s copy')).toBeVisible();
  await look('choose a passphrase');
  await page.getByLabel('Choose a passphrase', { exact: true }).fill('one of the two');
  await page.getByLabel('Type the passphrase again', { exact: true }).fill('another one');
  await press(page, 'Protect and open');
  await expect(page.getByRole('alert').getByText('The two passphrases are not the same.')).toBeVisible();
  await look('choose a passphrase, not the same');
  await choosePassphrase(page);

  await page.keyboard.press('Control+Alt+KeyL');
  await expect(heading(page, 'Unlock Plumbline')).toBeVisible();
  await look('unlock');
  await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await press(page, 'Unlock');
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('unlock, wrong passphrase');
  await press(page, 'I have forgotten my passphrase');
  await expect(page.getByText(`Sign in as ${audit.auditor.email} to go on.`)).toBeVisible();
  await look('sign-in of one person');
  await signIn(page, audit.auditor.email);
  await expect(heading(page, 'Choose a new passphrase')).toBeVisible();
  await look('a new passphrase');

  await page.goto('about:blank');
  await join(page, other.link);
  await page.keyboard.press('Control+Alt+KeyL');
  await expect(page.getByText('Whose copy do you want to open?')).toBeVisible();
  await look('unlock, two people');
  await press(page, 'Unlock');
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('unlock, nobody chosen');
  inspector.expectNothingWrong(15);
});
