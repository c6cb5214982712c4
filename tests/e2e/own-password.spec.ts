/** Changing one's own password under "This laptop": what is open stays open, and every other computer asks for the new one. */
import { expect } from '@playwright/test';
import { choosePassphrase, signIn, toSignIn } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { password } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectForm, expectProved, joinAndOpen, makeOneAudit, writeEvidence } from './support/one-audit.ts';
import { storedUnits } from './support/server-database.ts';

const newPassword = 'seven grey herons';

test('A password is changed in the open app: work goes on being sent, and the old one opens nothing', async ({
  authority,
  computer,
  server,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  await page.getByRole('link', { name: 'This laptop' }).first().click();
  await page.getByRole('button', { name: 'Change your password' }).click();
  const [now, next] = [page.getByLabel('Your password now'), page.getByLabel('Your new password')];
  await expect(now).toBeFocused();
  await expect(now).toHaveAttribute('autocomplete', 'current-password');
  await expect(next).toHaveAttribute('autocomplete', 'new-password');
  await now.fill('not my password');
  await next.fill(password);
  await next.press('Enter');
  await expect(page.getByText('That is not your password.').first()).toBeVisible();
  await now.fill(password);
  await next.press('Enter');
  await expect(page.getByText('That is the password you have.').first()).toBeVisible();
  await inspector.look(page, 'changing a password');
  await next.fill(newPassword);
  await next.press('Enter');
  await expect(page.getByText('Your password is changed.').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Password', exact: true })).toBeFocused();
  await inspector.look(page, 'a password that was changed');

  await page.goBack();
  await expectForm(page);
  await writeEvidence(page, 'Written after the password was changed.');
  await expectProved(page);
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value['evidence']).toBe(
    'Written after the password was changed.',
  );

  const desk = (await computer()).page();
  await desk.goto(server.url);
  await toSignIn(desk);
  await signIn(desk, audit.auditor.email);
  await expect(desk.getByText('The email address or password is not right.').first()).toBeVisible();
  await signIn(desk, audit.auditor.email, newPassword);
  await choosePassphrase(desk);
  await expect(desk.getByText('your password was changed, after signing in as you')).toBeVisible();
  inspector.expectNothingWrong(2);
});
