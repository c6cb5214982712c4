/**
 * Graded records from a spreadsheet, from the file to the percentages and back: a messy tracker comes in, again it adds
 * nothing, taken back it is in no figure; cancelled, locked and hostile ones leave nothing half.
 */
import { expect, type Page } from '@playwright/test';
import { settingsId } from '../../src/domain/unit-names.ts';
import { expectOpen, join, unlock } from './pages/doors.ts';
import * as importing from './pages/import.ts';
import * as figures from './pages/percentages.ts';
import { grant, type MadeAuthority } from './support/authority.ts';
import type { Computer } from './support/computer.ts';
import { test } from './support/fixtures.ts';
import { rowCounts } from './support/laptop-rows.ts';
import { expectProved } from './support/one-audit.ts';
import { longTracker, tracker, trackerName, twoMoreRows } from './support/trackers.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** A QA lead at the list of imports, on a computer of their own. */
async function leadAtImports(authority: MadeAuthority, laptop: Computer): Promise<Page> {
  const lead = await authority.addPerson('Lee Lead', [grant('qa-lead')]);
  const page = laptop.page();
  await join(page, lead.link);
  await expectOpen(page);
  await importing.openImports(page);
  return page;
}

/** The line of all in the figures, by column. */
const total = async (page: Page): Promise<figures.FigureRow> => (await figures.readTable(page)).at(-1) ?? {};

test('A messy tracker comes in as it says, on this laptop and on a team lead’s; again it adds nothing; taken back it is gone', async ({
  authority,
  computer,
}) => {
  const assessment = await authority.addService('Assessment');
  await authority.addTeam(assessment, 'East');
  const ash = await authority.addPerson('Ash Auditor', [grant('auditor')]);
  const teamLead = await authority.addPerson('Tess Lead', [grant('team-lead', [assessment])]);
  const rule = { months: 1, cycles: [], laptopDays: null };
  await authority.write({ record: settingsId, kind: 'settings', unit: 'retention', value: rule });
  const page = await leadAtImports(authority, await computer({ width: 1440 }));
  const leads = (await computer({ width: 1440 })).page();
  const auditors = (await computer({ width: 1440 })).page();
  await join(leads, teamLead.link);
  await join(auditors, ash.link);
  await expectProved(page);
  const before = await rowCounts(page);

  await test.step('how the file was read is shown, and can be put right', async () => {
    await importing.offerFile(page, importing.csv(trackerName, tracker()));
    await importing.expectRows(page);
    await expect(page.getByText('Windows (1252)')).toBeVisible();
    await expect(page.getByLabel('Columns are separated by')).toHaveValue(';');
    await expect(page.getByLabel('The headings are in')).toHaveValue('4');
    await expect(page.getByText('Voice of the child”, mixes')).toBeVisible();
    await expect(page.getByText('Seen – the child’s plan').first()).toBeVisible();
    await page.getByLabel('Columns are separated by').selectOption({ label: 'Vertical bar' });
    await expect(page.getByText('No columns were found in this file.')).toBeVisible();
    await page.getByLabel('Columns are separated by').selectOption({ label: 'Semicolon' });
    await expect(page.getByText('No columns were found in this file.')).toBeHidden();
    await button(page, 'Continue').click();
  });

  await test.step('what is plain is suggested, the rest is asked', async () => {
    await expect(page.getByLabel('Date of the audit')).toHaveValue('0');
    await expect(page.getByLabel('Overall grade', { exact: true })).toHaveValue('6');
    await button(page, 'Continue').click();
    await expect(page.getByText('Say what should happen to rows without a date').first()).toBeVisible();
    await page.getByRole('radio', { name: 'Leave them out' }).check();
    await importing.meaning(page, 'n/a', 'Voice of the child').selectOption({ label: 'Not applicable' });
    await expect(importing.meaning(page, 'Met', 'Voice of the child')).toHaveValue('');
    await expect(page.getByRole('region', { name: 'Columns that are not brought in' })).toContainText('J: Comments');
    await importing.leaveColumns(page);
  });

  await test.step('names are known, new, or asked about once', async () => {
    await expect(page.getByLabel('Services: what is Assessment?')).toHaveValue(assessment.id);
    await button(page, 'Continue').click();
    await expect(page.getByText('Say whether a team name under several services is one team').first()).toBeVisible();
    await page.getByRole('radio', { name: 'A team of its own in each service' }).check();
    await expect(page.getByLabel('Auditors: what is Kim Nobody?')).toHaveValue('nobody');
    await importing.leavePlaces(page);
    await button(page, 'Continue').click();
    await expect(page.getByText('Say how these cases were picked').first()).toBeVisible();
    await page.getByLabel('Name of the audit tool').fill('Quarterly tracker');
    await importing.sayPicked(page, 'Random sample');
  });

  await test.step('everything is said before anything is written', async () => {
    await expect(page.getByText('7 audits are older than the 1 month for which your council keeps')).toBeVisible();
    await expect(page.getByRole('heading', { name: '7 audits will be added' })).toBeVisible();
    for (const text of [
      'Quarterly tracker (new)',
      'Early Help',
      'Coast (Early Help)',
      '1 row without a date: row 13',
      '1 row whose date cannot be read: row 12',
      'Dates that cannot be read: “TBC”',
      '“Met” (1), “Not met” (1)',
      '“nan” (1)',
    ])
      await expect(page.locator('#main')).toContainText(text);
    expect(await rowCounts(page)).toEqual(before);
    await importing.add(page, 7);
  });

  await test.step('the percentages are those of the file', async () => {
    await page.getByRole('link', { name: 'See their percentages' }).click();
    await expect
      .poll(() => total(page))
      .toMatchObject({
        ...{
          Outstanding: '1',
          Good: '3',
          'Requires improvement': '1',
          Inadequate: '1',
          Counted: '6',
          'Not graded': '1',
        },
      });
    await figures.groupBy(page, 'Section');
    await expect
      .poll(async () => (await figures.readTable(page)).map((line) => Object.values(line)[0]))
      .toEqual([...['Quality of assessment', 'Voice of the child', 'All']]);
    const [quality, voice] = await figures.readTable(page);
    expect(quality).toMatchObject({ Good: '4', Counted: '6', 'Not graded': '1' });
    expect(voice).toMatchObject({ Good: '3', Counted: '4', 'Not applicable': '1', 'Not graded': '2' });
    await figures.openPercentages(leads);
    await expect.poll(() => total(leads)).toMatchObject({ Counted: '3', 'Not graded': '1' });
  });

  await test.step('an auditor who is known has theirs in the list, to be read', async () => {
    await auditors.getByRole('link', { name: 'C-1001', exact: true }).click();
    await expect(auditors.getByText('Graded elsewhere.')).toBeVisible();
    await expect(auditors.getByText('13 January 2025')).toBeVisible();
    await auditors.goBack();
  });

  await test.step('the same file again adds nothing; a longer one its new rows, to the same tool', async () => {
    await importing.openImports(page);
    await importing.chooseFile(page, importing.csv('the same.csv', tracker()));
    await page.getByRole('radio', { name: 'Leave them out' }).check();
    await importing.leaveColumns(page);
    await importing.nothingToAdd(page);
    await expect(page.locator('#main')).toContainText(`7 rows came in with ${trackerName}`);
    await expect(page.locator('#main')).toContainText('Lee Lead has imported this same file');

    await page.getByRole('link', { name: 'File' }).click();
    await importing.chooseFile(page, importing.csv('longer.csv', tracker(twoMoreRows)));
    await page.getByRole('radio', { name: 'Leave them out' }).check();
    await importing.meaning(page, 'n/a', 'Voice of the child').selectOption({ label: 'Not applicable' });
    await importing.leaveColumns(page);
    await importing.leavePlaces(page);
    await expect(page.getByText('these audits join its tool, “Quarterly tracker”')).toBeVisible();
    await importing.sayPicked(page, 'Random sample');
    await importing.add(page, 2);
    await page.getByRole('link', { name: 'See their percentages' }).click();
    await expect.poll(() => total(page)).toMatchObject({ Inadequate: '3', Counted: '8' });
  });

  await test.step('taken back, an import leaves every figure and every list, here and elsewhere', async () => {
    await importing.openImports(page);
    await importing.takeBack(page, trackerName, 'Its 7 audits leave every figure');
    await importing.takeBack(page, 'longer.csv', 'Its 2 audits leave every figure');
    await figures.openPercentages(page);
    await expect(page.getByText('There are no audits on this laptop yet.')).toBeVisible();
    await expect(leads.getByText('There are no audits on this laptop yet.')).toBeVisible();
    await expect(auditors.getByText('No audits here yet')).toBeVisible();
    await auditors.goForward();
    await expect(auditors.getByText('was taken back by Lee Lead')).toBeVisible();
  });
});

const manyRows = 4_000;
const many = importing.csv('many.csv', longTracker(manyRows));

/** To the moment before the audits are added. */
async function toTheCheck(page: Page): Promise<void> {
  await importing.chooseFile(page, many);
  await importing.sayColumns(page, { Auditor: 'None in this file' });
  await importing.leaveColumns(page);
  await importing.leavePlaces(page);
  await importing.sayPicked(page, 'Not known, or another way');
}

/** Begins to add, and waits until some of it is there and the rest is not. */
async function addSome(page: Page): Promise<void> {
  await button(page, 'Add 4,000 audits').click();
  await expect(page.getByText(/^[1-9][\d,]* of 4,000 audits added$/)).toBeVisible();
}

test('Cancelled half-way, an import is taken back as a whole', async ({ authority, computer }) => {
  const page = await leadAtImports(authority, await computer({ width: 1440 }));
  await toTheCheck(page);
  await addSome(page);
  await button(page, 'Cancel and take back').click();
  await expect(page.getByRole('dialog')).toContainText('leave every figure and every list');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop and take back' }).click();
  await expect(heading(page, 'Import cancelled')).toBeVisible();
  const { pending = 0 } = await rowCounts(page);
  expect(pending).toBeGreaterThan(0);
  await button(page, 'Back to imports').click();
  await expect(importing.importRow(page, 'many.csv')).toContainText('Taken back');
  await figures.openPercentages(page);
  await expect(page.getByText('There are no audits on this laptop yet.')).toBeVisible();
});

test('Locked while it is added, an import stops between two audits, and the same file adds the rest', async ({
  authority,
  computer,
}) => {
  const page = await leadAtImports(authority, await computer({ width: 1440 }));
  await toTheCheck(page);
  await addSome(page);
  await page.keyboard.press('Control+Alt+KeyL');
  await expect(heading(page, 'Unlock Plumbline')).toBeVisible();
  await unlock(page);
  await importing.openImports(page);
  await expect(importing.importRow(page, 'many.csv')).toContainText('Stopped half-way');
  await toTheCheck(page);
  await expect(page.getByText('It goes on where it ended.')).toBeVisible();
  await button(page, /^Add [\d,]+ audits$/).click();
  await expect(heading(page, 'Import complete')).toBeVisible({ timeout: 120_000 });
  await page.getByRole('link', { name: 'See their percentages' }).click();
  await expect.poll(() => total(page)).toMatchObject({ Counted: '4,000', Good: '1,000', Inadequate: '1,000' });
  await importing.openImports(page);
  await expect(page.getByRole('table', { name: 'Imports so far' }).getByRole('row')).toHaveCount(2);
  await expect(importing.importRow(page, 'many.csv')).toContainText('Added');
});

test('Only a QA lead can import', async ({ server, authority, computer }) => {
  const auditor = await authority.addPerson('Ash Auditor', [grant('auditor')]);
  const page = (await computer()).page();
  await join(page, auditor.link);
  await expectOpen(page);
  await page.goto(`${server.url}/import/file`);
  await unlock(page);
  await expect(page.getByText('Only a QA lead can import records.')).toBeVisible();
});
