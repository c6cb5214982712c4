/** A second factor as people meet it: set up under "This laptop", asked for at the door, set up on the way in, taken away by a QA lead. */
import { expect, type Page } from '@playwright/test';
import { codeAt } from '../../server/auth/totp.ts';
import { keyBytes } from '../server/authenticator-app.ts';
import { choosePassphrase, expectOpen, join, passphrase, signIn, toSignIn, unlock } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { grant, password } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { evidence, expectForm, expectSaved, joinAndOpen, makeOneAudit, writeEvidence } from './support/one-audit.ts';
import { change } from './support/server-database.ts';

/** The key as the page shows it, to be typed into an app. */
const shownKey = async (page: Page): Promise<Uint8Array> => keyBytes(await page.locator('.app-enrol__key').innerText());

/** What the app shows now, or in the next half minute: the server takes either, and none twice. */
const appCode = (key: Uint8Array, by = 0): string => codeAt(key, Math.floor(Date.now() / 30_000) + by);

test('Set up under “This laptop”, asked for at the door and inside the open app; unlocking never needs it', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  await page.getByRole('link', { name: 'This laptop' }).first().click();
  await page.getByRole('button', { name: 'Set up a second factor' }).click();
  await page.getByLabel('Type your password to go on').fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('img', { name: 'QR code with the key below' })).toBeVisible();
  await inspector.look(page, 'setting up a second factor');
  const key = await shownKey(page);
  const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('That code is not right').first()).toBeVisible();
  await page.getByLabel('Code from the app').fill(appCode(key));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('On. 10 recovery codes left.')).toBeVisible();
  await inspector.look(page, 'a second factor that is on');

  await page.goto(server.url + audit.path);
  await unlock(page);
  await expectForm(page);
  await writeEvidence(page, 'Written before the sign-in ended.');
  await expectSaved(page);
  change(server, 'delete from session');
  await page.keyboard.press('2');
  await page.getByRole('region', { name: 'Messages about this laptop' }).getByText('Sign in again').last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog.getByLabel('Code', { exact: true })).toBeFocused();
  await inspector.look(page, 'the code, inside the open app');
  await dialog.getByLabel('Code', { exact: true }).fill(appCode(key, 1));
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(evidence(page)).toHaveValue('Written before the sign-in ended.');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, audit.auditor.email);
  await expect(page.getByRole('heading', { level: 1, name: 'Enter your code' })).toBeVisible();
  const code = page.getByLabel('Code', { exact: true });
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
  await inspector.look(page, 'the code at the door');
  await code.fill(codes[4] ?? '');
  await code.press('Enter');
  await unlock(page);
  inspector.expectNothingWrong(4);
});

test('Where the council asks for it, it is set up on the way in; a QA lead takes it away and stops somebody signing in', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const lead = await authority.addPerson('Robin Lead', [grant('qa-lead')]);
  const auditor = await authority.addPerson('Avery Example', [grant('auditor')]);
  await server.stop();
  await server.start({ SECOND_FACTOR_FOR: 'auditor' });
  const hers = (await computer()).page();
  await hers.goto(auditor.link);
  await hers.getByLabel('Choose a password', { exact: true }).fill(password);
  await hers.getByRole('button', { name: 'Set password and continue' }).click();
  await expect(hers.getByText('Your password is set. Sign in with it now')).toBeVisible();
  await signIn(hers, auditor.email);
  await expect(hers.getByRole('heading', { level: 1, name: 'Set up your second factor' })).toBeVisible();
  await inspector.look(hers, 'a second factor that the council asks for');
  const key = await shownKey(hers);
  await hers.getByLabel('Code from the app').fill(appCode(key));
  await hers.getByRole('button', { name: 'Turn on' }).click();
  await choosePassphrase(hers);

  const page = (await computer()).page();
  await join(page, lead.link);
  await page.getByRole('link', { name: 'Organisation' }).first().click();
  await page
    .getByRole('link', { name: 'People' })
    .or(page.getByRole('tab', { name: 'People' }))
    .first()
    .click();
  await page.getByRole('button', { name: 'Account of Avery Example' }).click();
  const panel = page.getByRole('region', { name: 'Account of Avery Example' });
  await expect(panel.getByText('Allowed')).toBeVisible();
  await inspector.look(page, 'somebody’s account');
  await panel.getByRole('button', { name: 'Take second factor away' }).click();
  await inspector.look(page, 'taking a second factor away');
  await page.getByRole('dialog').getByRole('button', { name: 'Take second factor away' }).click();
  await expect(panel.getByText('Off', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Stop signing in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop signing in' }).click();
  await expect(panel.getByText('Stopped')).toBeVisible();

  await expect(hers.getByText('Your sign-in has ended.')).toBeVisible();
  await hers.keyboard.press('Control+Alt+KeyL');
  await hers.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await hers.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expectOpen(hers);
  const other = (await computer()).page();
  await other.goto(server.url);
  await toSignIn(other);
  await signIn(other, auditor.email);
  await expect(other.getByText('The email address or password is not right.').first()).toBeVisible();
  await panel.getByRole('button', { name: 'Allow signing in' }).click();
  await expect(panel.getByText('Allowed')).toBeVisible();
  await signIn(other, auditor.email);
  await expect(other.getByRole('heading', { level: 1, name: 'Set up your second factor' })).toBeVisible();
  inspector.expectNothingWrong(3);
});
