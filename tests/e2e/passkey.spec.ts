/** A passkey opens the laptop instead of the passphrase, and never is the only way in (security S4). */
import { expect, type Page } from '@playwright/test';
import { expectInstalled, expectOpen, passphrase, unlock } from './pages/doors.ts';
import { openThisLaptop } from './pages/this-laptop.ts';
import { newInspector } from './support/accessible.ts';
import { plugIn } from './support/authenticator.ts';
import { test } from './support/fixtures.ts';
import {
  evidence,
  expectForm,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  type OneAudit,
  writeEvidence,
} from './support/one-audit.ts';

/** A passkey is bound to a host by name: an address of numbers can have none. */
const byName = (address: string): string => address.replace('127.0.0.1', 'localhost');
const named = (audit: OneAudit): OneAudit => ({
  ...audit,
  auditor: { ...audit.auditor, link: byName(audit.auditor.link) },
});

const text = 'Written before the lid was closed.';
const lock = (page: Page): Promise<void> => page.keyboard.press('Control+Alt+KeyL');
const section = (page: Page) => page.getByRole('region', { name: 'Unlocking with a passkey' });
const byPasskey = (page: Page) => page.getByRole('button', { name: 'Unlock with your passkey' });

async function add(page: Page, typed = passphrase): Promise<void> {
  await section(page).getByLabel('Passphrase', { exact: true }).fill(typed);
  await section(page).getByRole('button', { name: 'Add a passkey' }).click();
}

test('A passkey is added with the passphrase and opens the laptop without a network; deleted, the passphrase does', async ({
  server,
  authority,
  computer,
}) => {
  const audit = named(await makeOneAudit(authority));
  const laptop = await computer();
  const page = await joinAndOpen(laptop, audit);
  const authenticator = await plugIn(page);
  await expectInstalled(page);
  await writeEvidence(page, text);
  await expectSaved(page);
  await server.stop();

  const inspector = newInspector();
  await openThisLaptop(page);
  await section(page).getByRole('button', { name: 'Add a passkey' }).click();
  await inspector.look(page, 'adding a passkey');
  await add(page, 'not the passphrase');
  await expect(section(page).getByText('That is not the passphrase for this laptop.').first()).toBeVisible();
  expect(await authenticator.count()).toBe(0);
  await add(page);
  await expect(section(page).getByText('You can unlock with it or with your passphrase.')).toBeVisible();
  expect(await authenticator.count()).toBe(1);
  await inspector.look(page, 'a passkey was added');

  await lock(page);
  await expect(byPasskey(page)).toBeVisible();
  await inspector.look(page, 'unlocking with a passkey');
  await byPasskey(page).click();
  await expectOpen(page);
  await page.goto(byName(server.url) + audit.path);
  await byPasskey(page).click();
  await expectForm(page);
  await expect(evidence(page)).toHaveValue(text);

  await authenticator.lose();
  await lock(page);
  await byPasskey(page).click();
  await expect(page.getByText('The passkey was not used.').first()).toBeVisible();
  await unlock(page);
  await openThisLaptop(page);
  await section(page).getByRole('button', { name: 'Remove the passkey' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the passkey' }).click();
  await expect(section(page).getByRole('button', { name: 'Add a passkey' })).toBeVisible();
  await lock(page);
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
  await expect(byPasskey(page)).toHaveCount(0);
  inspector.expectNothingWrong(3);
});

test('A passkey that gives no secret is refused with a sentence, and the passphrase goes on', async ({
  authority,
  computer,
}) => {
  const audit = named(await makeOneAudit(authority));
  const laptop = await computer();
  const page = await joinAndOpen(laptop, audit);
  await plugIn(page, false);
  await openThisLaptop(page);
  await section(page).getByRole('button', { name: 'Add a passkey' }).click();
  await add(page);
  await expect(section(page).getByText('This browser or passkey cannot seal a laptop’s copy.').first()).toBeVisible();
  await lock(page);
  await expect(byPasskey(page)).toHaveCount(0);
  await unlock(page);
});
