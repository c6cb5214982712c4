/** A backup file saved on one laptop and opened on another that has nothing: the same work, the same figures, no server. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { newInspector } from './support/accessible.ts';
import { assessmentAnswers } from './support/answers.ts';
import { test as base } from './support/fixtures.ts';
import { openStaticHost, type StaticHost } from './support/static-host.ts';
import { alone, databases, keepCode, setUpAlone } from './pages/alone.ts';
import { expectSection, goTo, gradeOf, gradeSection, place, recordVoice } from './pages/audit-form.ts';
import { heading, openBackupFile, problem, saveBackup, withoutPicker } from './pages/backup.ts';
import { readThrough, submit } from './pages/check-audit.ts';
import { expectOpen } from './pages/doors.ts';
import { auditRow, openAudit, openMyAudits, startAudit } from './pages/my-audits.ts';
import { addService, addTeam, openOrganisation } from './pages/organisation.ts';
import { countWhat, openPercentages, readTable } from './pages/percentages.ts';
import { openThisLaptop } from './pages/this-laptop.ts';

const test = base.extend<{ host: StaticHost; folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  host: async ({}, use) => {
    const host = await openStaticHost();
    await use(host);
    await host.stop();
  },
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-backup-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

const work = { tool: 'Assessment Service', service: 'Assessment', team: 'Team North', selection: 'Random sample' };
const [first] = assessmentAnswers;
if (first === undefined) throw new Error('The tool has a section.');

/** One audit submitted, and one begun. */
async function doSomeWork(page: Page): Promise<void> {
  await openOrganisation(page);
  await addService(page, work.service);
  await addTeam(page, work.service, work.team);
  await openMyAudits(page);
  await startAudit(page, { ...work, reference: 'CASE-6001' });
  for (const answers of assessmentAnswers) {
    await goTo(page, answers.title);
    await gradeSection(page, answers);
  }
  await goTo(page, 'What people said');
  for (const who of ['The practitioner', 'The child or young person', 'A parent or carer']) {
    await recordVoice(page, who, { because: 'Made up.' });
  }
  await goTo(page, 'Overall grade');
  await gradeOf(place(page, 'Overall grade'), 'Requires improvement').check();
  await readThrough(page);
  await submit(page);
  await openMyAudits(page);
  await startAudit(page, { ...work, reference: 'CASE-6002' });
  if (first !== undefined) await gradeSection(page, first);
}

async function figures(page: Page): Promise<unknown> {
  await openPercentages(page);
  await countWhat(page, 'Section grades');
  await expect.poll(async () => (await readTable(page)).length).toBeGreaterThan(0);
  return readTable(page);
}

test('A file saved on one laptop puts the same work and the same figures onto another, and its bytes say nothing', async ({
  host,
  folder,
  computer,
}) => {
  const laptop = await computer();
  const page = laptop.page();
  const inspector = newInspector();
  await withoutPicker(page);
  await page.goto(host.url);
  await keepCode(page, await setUpAlone(page));
  await doSomeWork(page);
  const before = await figures(page);

  const path = join(folder, 'saved.plumbline');
  await openThisLaptop(page);
  await expect(page.getByText('Last backup: Never')).toBeVisible();
  await page.getByRole('button', { name: 'Save a backup file' }).click();
  await inspector.look(page, 'saving a backup file');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Save a backup file' })).toBeFocused();
  const name = await saveBackup(page, path);
  expect(name).toMatch(/^plumbline-exampleshire-made-up-\d{4}-\d\d-\d\d\.plumbline$/);
  await inspector.look(page, 'a backup file saved');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('Last backup: 1 minute ago; nothing has been done since')).toBeVisible();
  const bytes = readFileSync(path).toString('latin1');
  for (const word of ['CASE-6001', alone.name, alone.email, 'Team North', first.evidence.slice(0, 20)]) {
    expect(bytes).not.toContain(word);
  }
  await laptop.close();

  const other = await computer();
  const again = other.page();
  await again.goto(host.url);
  await again.getByRole('button', { name: 'Open a backup file' }).click();
  await inspector.look(again, 'opening a backup file');
  await again.getByRole('button', { name: 'Open the file' }).click();
  await expect(problem(again)).toContainText('Choose a file');
  await openBackupFile(again, path, 'not its passphrase');
  await expect(problem(again)).toContainText('That is not the passphrase of this file.');
  const notOurs = join(folder, 'picture.plumbline');
  writeFileSync(notOurs, Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]));
  await openBackupFile(again, notOurs);
  await expect(problem(again)).toContainText('This is not a Plumbline backup file.');
  expect(await databases(again)).toEqual(['plumbline-keyring']);

  await openBackupFile(again, path);
  await expect(heading(again, 'Choose a passphrase for this laptop')).toBeVisible();
  await inspector.look(again, 'a passphrase for a restored laptop');
  const passphrase = 'the new laptop’s own passphrase';
  await again.getByLabel('Choose a passphrase', { exact: true }).fill(passphrase);
  await again.getByLabel('Type the passphrase again', { exact: true }).fill(passphrase);
  await again.getByRole('button', { name: 'Continue' }).click();
  await expect(heading(again, 'Write down your recovery code')).toBeVisible();
  const groups = await again.getByRole('region', { name: 'Recovery code' }).getByRole('listitem').allInnerTexts();
  await keepCode(
    again,
    groups.map((text) => text.trim().slice(-5)),
  );
  await expectOpen(again);
  await openMyAudits(again);
  await expect(auditRow(again, 'CASE-6002')).toContainText('1 of 9 sections');
  await openAudit(again, 'CASE-6002');
  await expectSection(again, first);
  expect(await figures(again)).toEqual(before);

  await test.step('the same file brought in again adds nothing', async () => {
    await openThisLaptop(again);
    await again.getByRole('button', { name: 'Bring in a file' }).click();
    await openBackupFile(again, path);
    await expect(heading(again, 'What is in this file')).toBeVisible();
    await expect(again.getByText('2 audits, 1 of them submitted')).toBeVisible();
    await again.getByRole('button', { name: 'Continue' }).click();
    await expect(heading(again, 'Check what comes in')).toBeVisible();
    await expect(again.getByText('Nothing in this file is missing here')).toBeVisible();
    await expect(again.getByRole('button', { name: 'Bring it in' })).toHaveCount(0);
  });
  inspector.expectNothingWrong(4);
  expect(laptop.rules.errors).toEqual([]);
  expect(host.asked.filter((one) => one.startsWith('/api'))).toEqual([]);
});

test('Whoever has the only copy is reminded after fifty changes, and the reminder goes with the backup', async ({
  host,
  folder,
  computer,
}) => {
  const page = (await computer()).page();
  await withoutPicker(page);
  await page.goto(host.url);
  await keepCode(page, await setUpAlone(page));
  const reminder = page
    .getByRole('region', { name: 'Messages about this laptop' })
    .getByText('there is no backup of it');
  await openOrganisation(page);
  await addService(page, 'Assessment');
  await expect(reminder).toHaveCount(0);
  for (let number = 1; number <= 50; number += 1) await addTeam(page, 'Assessment', `Team ${number}`);
  await expect(reminder).toBeVisible();
  await saveBackup(page, join(folder, 'reminded.plumbline'));
  await expect(reminder).toHaveCount(0);
});
