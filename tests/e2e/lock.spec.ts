/** Locking by key and by idleness, signing out: what leaves the page, what stays on the laptop, what comes back. */
import { expect, type Page } from '@playwright/test';
import { signIn, unlock } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import {
  evidence,
  expectForm,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  reference,
  sections,
  writeEvidence,
} from './support/one-audit.ts';
import { rowCounts } from './support/laptop-rows.ts';
import { storedUnits } from './support/server-database.ts';

const text = 'Seen alone on the third visit, in her own words.';
const second = sections[1];

/** Opens the second section and types, leaving the focus in the text. */
async function typeInSecondSection(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 2, name: second.title })).toBeVisible();
  await page.keyboard.press('e');
  await expect(evidence(page)).toBeFocused();
  await page.keyboard.insertText(text);
}

/** The page asks for the passphrase, and nothing of the audit is in it. */
async function expectBlank(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Unlock Plumbline' })).toBeVisible();
  const all = await page.evaluate(() => {
    const values = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
    return [document.documentElement.outerHTML, document.title, ...values].join('\n');
  });
  for (const word of [text, reference, second.title, 'Avery Example', 'Team North']) expect(all).not.toContain(word);
}

/** As with the lid shut: nine minutes pass by the clock, and nothing else happens. */
async function sleepNineMinutes(page: Page): Promise<void> {
  const [watch, ...others] = page.workers().filter((worker) => /\/sleep[^/]*$/.test(worker.url()));
  if (watch === undefined || others.length > 0) throw new Error('Not one worker watches for sleep');
  await watch.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 9 * 60_000;
  });
}

/** Nobody touches the page, and it is awake: it looks at its clocks all the while, so that no sleep is seen in it. */
async function passAwake(page: Page, seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= 20) await page.clock.fastForward(1_000 * Math.min(left, 20));
}

async function expectSameSection(page: Page): Promise<void> {
  await unlock(page);
  await expectForm(page);
  await expect(page.getByRole('heading', { level: 2, name: second.title })).toBeVisible();
  await expect(evidence(page)).toHaveValue(text);
}

test('Ctrl + Alt + L, or a sleep, puts away what was typed, empties the page, and unlocking brings the same section back', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  await server.stop();
  await typeInSecondSection(page);
  await page.keyboard.press('Control+Alt+KeyL');
  await expectBlank(page);
  await expectSameSection(page);

  await sleepNineMinutes(page);
  await expectBlank(page);
  await expectSameSection(page);
});

test('Ten minutes without a key lock the page, and what was typed last is kept', async ({ authority, computer }) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  await laptop.page().clock.install();
  const page = await joinAndOpen(laptop, audit);
  await typeInSecondSection(page);
  const warning = page.getByRole('alert').filter({ hasText: 'Plumbline locks itself in a minute' });
  await passAwake(page, 8.5 * 60);
  await expect(warning).toHaveCount(0);
  // Told in time, whoever is there keeps it open with any key (WCAG 2.2.1).
  for (const isStaying of [true, false]) {
    await passAwake(page, isStaying ? 45 : 9.25 * 60);
    await expect(warning).toBeVisible();
    await expect(evidence(page)).toBeVisible();
    if (isStaying) await page.keyboard.press('Shift');
    if (isStaying) await expect(warning).toHaveCount(0);
  }
  await passAwake(page, 50);
  await expectBlank(page);
  await expectSameSection(page);
});

test('At a locked laptop the session’s cookie alone gets nothing from the server', async ({ authority, computer }) => {
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  await expectProved(page);
  await page.keyboard.press('Control+Alt+KeyL');
  await expectBlank(page);
  // What anybody at the keyboard can do with the browser's own tools.
  const answers = await page.evaluate(async () => {
    const nonce = '0'.repeat(32);
    const ask = async (path: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', 'x-plumbline': '1' };
      const reply = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ nonce, keyring: nonce }) });
      return ((await reply.json()) as { problem?: unknown }).problem;
    };
    return [await ask('/api/session'), await ask('/api/session/recover')];
  });
  expect(answers).toEqual([{ kind: 'signed-out' }, { kind: 'signed-out' }]);
  await unlock(page);
  await expectForm(page);
  await expectProved(page);
});

test('Signing out removes what came from the server and keeps unsent work, sealed, for the next sign-in', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer(), audit);
  const before = await rowCounts(page);
  expect(before['pending']).toBe(0);
  expect(before['confirmed']).toBeGreaterThan(0);
  await server.stop();
  await writeEvidence(page, text);
  await expectSaved(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 change is not on the council’s server yet.');
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect.poll(() => rowCounts(page)).toMatchObject({ confirmed: 0, pending: 1 });

  await server.start();
  await signIn(page, audit.auditor.email);
  await unlock(page);
  await expectProved(page);
  await expectForm(page);
  await expect(evidence(page)).toHaveValue(text);
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value['evidence']).toBe(text);
});
