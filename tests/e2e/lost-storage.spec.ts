/**
 * What a browser keeps is lost: cleared under the open app, or damaged on the disk while it was closed. It is noticed, what is
 * missing is named, nothing is made anew without a word, and what had been sent comes back.
 */
import { expect, type Page } from '@playwright/test';
import * as doors from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { damage, type Damage } from './support/damaged-profile.ts';
import { test } from './support/fixtures.ts';
import {
  evidence,
  expectForm,
  expectProved,
  expectSaved,
  grade,
  joinAndOpen,
  makeOneAudit,
  reference,
  saveLine,
  writeEvidence,
} from './support/one-audit.ts';

const sent = 'Sent before it was lost.';
const grades = ['Outstanding', 'Good', 'Requires improvement', 'Inadequate'];

const notice = (page: Page) => page.getByRole('region', { name: 'Work has been lost' });
const banner = (page: Page) => page.getByRole('region', { name: 'Messages about this laptop' }).getByRole('alert');

/** Databases of people that the browser has on its disk. */
const databases = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name ?? '').filter((name) => /^plumbline-[0-9a-f]{32}$/.test(name)),
  );

test('A connection the browser closes is opened again; storage cleared under the app raises an alarm and keeps the text', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const laptop = await computer({ width: 1440 });
  await laptop.context().addInitScript(() => {
    const made: IDBDatabase[] = [];
    const { open } = IDBFactory.prototype;
    let failing = 0;
    IDBFactory.prototype.open = function (...args) {
      if (/^plumbline-[0-9a-f]{32}$/.test(args[0]) && failing > 0) {
        failing -= 1;
        throw new DOMException('Internal error opening backing store for indexedDB.open.', 'DataError');
      }
      const request = open.apply(this, args);
      request.addEventListener('success', () => made.push(request.result));
      return request;
    };
    Object.assign(window, {
      closeDatabases(fails: number) {
        failing = fails;
        for (const db of made.splice(0)) db.close();
      },
    });
  });
  const page = await joinAndOpen(laptop, audit);
  await doors.expectInstalled(page);

  await test.step('closed in the middle of an edit, and not to be opened twice', async () => {
    await page.keyboard.press('e');
    await expect(evidence(page)).toBeFocused();
    await page.keyboard.type('Sent before ');
    await page.evaluate(() => (window as unknown as { closeDatabases(fails: number): void }).closeDatabases(2));
    await page.keyboard.type('it was lost.');
    await page.keyboard.press('Escape');
    await expectSaved(page);
    await expect(banner(page)).toHaveCount(0);
    await expectProved(page);
  });

  await test.step('closed and not to be opened again: what was written last is kept beside it, and is back after a reload', async () => {
    await page.evaluate(() => (window as unknown as { closeDatabases(fails: number): void }).closeDatabases(99));
    await page.keyboard.press('e');
    await expect(evidence(page)).toBeFocused();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' And then it closed for good.');
    await expect(page.getByText('It is kept, encrypted')).toBeVisible();
    await expect(saveLine(page)).toHaveText('Not saved yet');
    await inspector.look(page, 'storage closed for good');
    await page.reload();
    await doors.unlock(page);
    await expectForm(page);
    await expect(evidence(page)).toHaveValue('Sent before it was lost. And then it closed for good.');
    await expect(banner(page)).toHaveCount(0);
    await page.keyboard.press('e');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Sent before it was lost.');
    await page.keyboard.press('Escape');
    await expectSaved(page);
    await expectProved(page);
  });

  await test.step('cleared under the open app', async () => {
    await server.stop();
    await page.keyboard.press('2');
    await expectSaved(page);
    const browser = await laptop.context().newCDPSession(page);
    await browser.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
    await writeEvidence(page, ' And this is not saved.');
    await expect(banner(page)).toContainText('The browser has cleared Plumbline’s storage while it was open.');
    await expect(banner(page)).toContainText(/changes 1 to \d+, made between/);
    await expect(banner(page)).toContainText('1 of them had not been sent, and nobody has it now.');
    await expect(evidence(page)).toHaveValue(`${sent} And this is not saved.`);
    await expect(saveLine(page)).toHaveText('Not saved yet');
    expect(await databases(page), 'nothing was made in its place').toEqual([]);
    await inspector.look(page, 'storage cleared under the app');
  });

  await test.step('loaded again: it says so, and what had been sent comes back', async () => {
    await page.reload();
    await expect(notice(page)).toContainText(audit.auditor.email);
    await expect(notice(page)).toContainText('1 of them had not been sent');
    await inspector.look(page, 'the first page after a loss');
    await server.start();
    await doors.signInAfresh(page, server.url, audit.auditor.email);
    await expect(banner(page)).toContainText('The browser has lost everything that Plumbline kept on this laptop');
    await page.getByRole('link', { name: reference, exact: true }).click();
    await expectForm(page);
    await expect(evidence(page)).toHaveValue(sent);
    await expectProved(page);
    await expect.poll(() => server.said()).toMatch(/"event":"laptop-lost-work".*"cause":"all".*"unsent":1/);
    await page.getByRole('button', { name: 'I have read this' }).click();
    await expect(banner(page)).toHaveCount(0);
    await page.reload();
    await doors.unlock(page);
    await expectForm(page);
    await expect(banner(page)).toHaveCount(0);
  });
  inspector.expectNothingWrong(3);
});

/** Those first that leave the keyring: the others sign in again, which ends the session that all of them were copied with. */
const damages: readonly Damage[] = ['CURRENT deleted', 'log cut', 'bytes flipped', 'MANIFEST garbage', 'log gone'];

test('A database damaged on the disk is noticed, never an empty list without a word, and one sync brings back what was sent', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  const page = await joinAndOpen(laptop, audit);
  await writeEvidence(page, sent);
  await expectProved(page);
  await server.stop();
  for (let at = 0; at < 40; at += 1) {
    await page.keyboard.press(String((at % 4) + 1));
    await expect(grade(page, grades[at % 4] ?? '')).toBeChecked();
  }
  await expectSaved(page);
  await laptop.close();
  await server.start();

  for (const how of damages) {
    await test.step(how, async () => {
      const damaged = await computer({ copyOf: laptop.profile, beforeOpen: (profile) => damage(profile, how) });
      const opened = damaged.page();
      await opened.goto(server.url);
      const knowsThem = opened.getByRole('heading', { level: 1, name: 'Unlock Plumbline' });
      await expect(knowsThem.or(notice(opened))).toBeVisible();
      if (await knowsThem.isVisible()) await doors.unlock(opened);
      else await doors.signInAfresh(opened, server.url, audit.auditor.email);
      if (how === 'CURRENT deleted') await expect(opened.getByRole('link', { name: reference })).toBeVisible();
      else await expect(banner(opened)).toContainText(/of what Plumbline kept|everything that Plumbline kept/);
      if (how === 'CURRENT deleted') await expect(banner(opened)).toHaveCount(0);
      else await expect(banner(opened)).toContainText(/\d+ of them had not been sent/);
      await opened.getByRole('link', { name: reference, exact: true }).click();
      await expectForm(opened);
      await expect(evidence(opened)).toHaveValue(sent);
      await expectProved(opened);
      await damaged.remove();
    });
  }
});
