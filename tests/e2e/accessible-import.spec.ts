/** Every page of an import, with data, errors and dialogs: no violation of WCAG 2.2 AA that axe finds, nothing wider than 320 px; and by keyboard alone. */
import { expect, type Page } from '@playwright/test';
import { expectOpen, join } from './pages/doors.ts';
import * as importing from './pages/import.ts';
import { press, tabTo } from './pages/keys.ts';
import { newInspector } from './support/accessible.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { tracker, trackerName } from './support/trackers.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const summary = (page: Page) => page.locator('.govuk-error-summary');

test('A QA lead is kept out of no page of an import', async ({ authority, computer }) => {
  const lead = await authority.addPerson('Lee Lead', [grant('qa-lead')]);
  const page = (await computer({ width: 1440 })).page();
  const inspector = newInspector();
  const look = (name: string) => inspector.look(page, name);
  await join(page, lead.link);
  await expectOpen(page);
  await importing.openImports(page);
  await look('imports, none');
  await button(page, 'Import a file').click();
  await expect(heading(page, 'Choose the file')).toBeFocused();
  await button(page, 'Continue').click();
  await expect(summary(page)).toBeFocused();
  await look('choosing a file, none chosen');
  await importing.offerFile(page, importing.csv(trackerName, tracker()));
  await importing.expectRows(page);
  await expect(heading(page, 'Is this how the file should be read?')).toBeFocused();
  await look('first rows');
  await button(page, 'Continue').click();
  await expect(heading(page, 'What is in each column?')).toBeFocused();
  await button(page, 'Continue').click();
  await expect(summary(page)).toBeFocused();
  await look('columns, with an error');
  await page.getByRole('radio', { name: 'Leave them out' }).check();
  await importing.leaveColumns(page);
  await expect(importing.placesHeading(page)).toBeFocused();
  await button(page, 'Continue').click();
  await expect(summary(page)).toBeFocused();
  await look('services and teams, with an error');
  await page.getByRole('radio', { name: 'One team that works across services' }).check();
  await look('services and teams');
  await importing.leavePlaces(page);
  await button(page, 'Continue').click();
  await expect(summary(page)).toBeFocused();
  await look('about the audits, with an error');
  await importing.sayPicked(page, 'Random sample');
  await expect(heading(page, 'Check before you add')).toBeFocused();
  await look('the check');
  await importing.add(page, 7);
  await look('done');
  await button(page, 'Back to imports').click();
  await look('imports');
  await button(page, `Take back the import of ${trackerName}`).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('the question before taking back');
  inspector.expectNothingWrong(11);
});

test('A file comes in by keyboard alone, and is taken back', async ({ authority, computer }) => {
  const lead = await authority.addPerson('Lee Lead', [grant('qa-lead')]);
  const page = (await computer({ width: 1440 })).page();
  await join(page, lead.link);
  await expectOpen(page);
  await press(
    page,
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Organisation' }),
    'Enter',
  );
  await press(page, button(page, 'Import graded records'), 'Enter');
  await press(page, button(page, 'Import a file'), 'Space');
  // The system's own dialog is beyond a test: its answer is given here. Asked for early, since it is caught only once the
  // browser has been told to.
  const chooser = page.waitForEvent('filechooser');
  await expect(heading(page, 'Choose the file')).toBeFocused();
  await tabTo(page, page.getByLabel('CSV file of graded audits'));
  await page.keyboard.press('Space');
  await (await chooser).setFiles(importing.csv(trackerName, tracker()));
  await press(page, button(page, 'Continue'), 'Enter');
  await expect(heading(page, 'Is this how the file should be read?')).toBeFocused();
  await press(page, button(page, 'Continue'), 'Enter');
  await expect(heading(page, 'What is in each column?')).toBeFocused();
  await press(page, page.getByRole('radio', { name: 'Leave them out' }), 'Space');
  await press(page, button(page, 'Continue'), 'Enter');
  await expect(importing.placesHeading(page)).toBeFocused();
  await press(page, page.getByRole('radio', { name: 'One team that works across services' }), 'Space');
  await press(page, button(page, 'Continue'), 'Enter');
  await expect(heading(page, 'About these audits')).toBeFocused();
  await press(page, page.getByRole('radio', { name: 'Random sample', exact: true }), 'Space');
  await press(page, button(page, 'Continue'), 'Enter');
  await expect(heading(page, 'Check before you add')).toBeFocused();
  await press(page, button(page, 'Add 7 audits'), 'Enter');
  await expect(heading(page, 'Import complete')).toBeVisible();
  await press(page, button(page, 'Back to imports'), 'Enter');
  await press(page, button(page, `Take back the import of ${trackerName}`), 'Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Take back', exact: true }), 'Enter');
  await expect(importing.importRow(page, trackerName)).toContainText('Taken back');
});
