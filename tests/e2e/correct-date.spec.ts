/** A date that was typed wrongly can be typed anew, box by box; what is not a whole date is not taken for one. */
import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { goTo, place } from './pages/audit-form.ts';
import { expectSaved, joinAndOpen, makeOneAudit, saveLine, wholeState } from './support/one-audit.ts';

const check = 'Date the child was first seen for this assessment';
const title = 'Child seen and understood';

const box = (page: Page, label: string) =>
  place(page, title).getByRole('group', { name: check }).first().getByLabel(label);
const complaint = (page: Page) => place(page, title).getByText('Enter the day, month and year');

test('A date is corrected by keyboard; half a date is said to be half, and the last whole one is kept', async ({
  authority,
  computer,
}) => {
  const page = await joinAndOpen(await computer(), await makeOneAudit(authority));
  await goTo(page, title);
  await box(page, 'Day').pressSequentially('27');
  await box(page, 'Month').pressSequentially('3');
  await box(page, 'Year').pressSequentially('2025');
  await expectSaved(page);

  await box(page, 'Year').press('End');
  await box(page, 'Year').press('Backspace');
  await expect(box(page, 'Year')).toHaveValue('202');
  await expect(complaint(page)).toBeHidden();
  await box(page, 'Year').press('Shift+Tab');
  await box(page, 'Month').press('Shift+Tab');
  await box(page, 'Day').press('Shift+Tab');
  await expect(complaint(page)).toContainText('Until then “27 March 2025” is kept.');
  await expect(saveLine(page)).toHaveText('Not saved yet');
  await expect(wholeState(page)).toContainText('Needs your attention');

  await box(page, 'Year').press('End');
  await box(page, 'Year').pressSequentially('6');
  await expect(complaint(page)).toBeHidden();
  await expectSaved(page);
  await goTo(page, 'Immediate safety concern');
  await goTo(page, title);
  await expect(box(page, 'Year')).toHaveValue('2026');

  await place(page, title).getByRole('group', { name: check }).getByLabel('Did not happen').first().check();
  for (const label of ['Day', 'Month', 'Year']) await expect(box(page, label)).toHaveValue('');
  await expectSaved(page);
});
