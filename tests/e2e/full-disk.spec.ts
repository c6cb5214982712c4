/** The disk is full while somebody writes: the screen says so and keeps the text, and saves it once there is space. */
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { hash } from '../server/client.ts';
import { openBackup } from '../../src/store/backup/read-backup.ts';
import { filePassphrase, saveBackup, withoutPicker } from './pages/backup.ts';
import { expectInstalled, unlock } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { test } from './support/fixtures.ts';
import {
  comeBack,
  evidence,
  expectForm,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  saveLine,
  wholeState,
  writeEvidence,
} from './support/one-audit.ts';
import { chance } from './support/random.ts';

const sentence =
  'This laptop’s disk is full, so the last change is not saved. Free some space and keep this page open: it will try again.';

const spareBytes = 60_000;

test('On a full disk the text stays on the screen, is said not to be saved, no lock loses it, and it is saved once there is space', async ({
  server,
  authority,
  computer,
}, testInfo) => {
  const inspector = newInspector();
  const random = chance('full disk');
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  let page = await joinAndOpen(laptop, audit);
  await expectInstalled(page);
  await server.stop();
  await writeEvidence(page, 'Saved before. ');
  await expectSaved(page);

  const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate());
  await laptop.close();

  // Set before the browser has looked how much space there is: it remembers that for a while.
  page = await laptop.open();
  await withoutPicker(page);
  const browser = await laptop.context().newCDPSession(page);
  const origin = server.url;
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + spareBytes });
  await page.clock.install();
  await page.goto(server.url + audit.path);
  await unlock(page);
  await expectForm(page);
  const full = page.getByRole('alert').getByText(sentence);
  let long = '';
  await page.keyboard.press('e');
  await expect(evidence(page)).toBeFocused();
  for (let time = 1; time <= 12 && !(await full.isVisible()); time += 1) {
    // Letters by chance, so that nothing gets smaller on the disk.
    long = random.letters(15_000);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(long);
    await expect(saveLine(page)).toHaveText(/^(Saved on this laptop|Not saved yet)$/);
  }
  await expect(full).toBeVisible();
  await expect(page.getByText('What you wrote is still on this screen')).toBeVisible();
  await expect(saveLine(page)).toHaveText('Not saved yet');
  await expect(evidence(page)).toHaveValue(long);
  await page.getByRole('button', { name: 'Try again now' }).click();
  await expect(saveLine(page)).toHaveText('Not saved yet');

  await page.getByRole('link', { name: 'My audits' }).first().click();
  await expect(page.getByText('What you wrote in an audit is not saved yet.')).toBeVisible();
  await expect(wholeState(page)).toContainText('Needs your attention');
  await test.step('everything goes into a backup file, what is only on the screen too', async () => {
    await expect(page.getByText('also what is not saved yet, can go into a backup file')).toBeVisible();
    const path = testInfo.outputPath('full.plumbline');
    await saveBackup(page, path);
    const opened = await openBackup(hash, new Blob([readFileSync(path)]), filePassphrase);
    const written: unknown[] = [];
    for await (const { units } of opened.records(new AbortController().signal))
      written.push(...[...units.values()].map((value) => value['evidence']));
    expect(written).toContain(long);
  });
  await page.getByRole('link', { name: 'Go to the audit' }).click();
  await expect(evidence(page)).toHaveValue(long);
  await expect(saveLine(page)).toHaveText('Not saved yet');

  const dialog = page.getByRole('dialog', { name: 'Something you wrote is not saved' });
  await page.keyboard.press('Control+Alt+KeyL');
  await expect(dialog.getByRole('button', { name: 'Lock and lose it' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep it open' }).click();
  await expect(evidence(page)).toHaveValue(long);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(dialog.getByRole('button', { name: 'Sign out and lose it' })).toBeVisible();
  await inspector.look(page, 'asking before it is lost');
  inspector.expectNothingWrong(1);
  await dialog.getByRole('button', { name: 'Keep it open' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.clock.fastForward('10:30');
  await expect(page.getByText('Plumbline should have locked itself and did not')).toBeVisible();
  await expect(evidence(page)).toHaveValue(long);

  await browser.send('Storage.overrideQuotaForOrigin', { origin });
  await expect(page.getByRole('heading', { level: 1, name: 'Unlock Plumbline' })).toBeVisible();
  await unlock(page);
  await expectForm(page);
  await expect(evidence(page)).toHaveValue(long);
  await expectSaved(page);
  await expect(page.getByText(sentence)).toBeHidden();
  await laptop.close();
  const again = await comeBack(laptop, server.url + audit.path);
  await expect(evidence(again)).toHaveValue(long);
});
