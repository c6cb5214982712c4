/** A whole audit by keyboard alone. After the invitation nothing here clicks, fills in or points. */
import { expect } from '@playwright/test';
import { assessmentAnswers } from './support/answers.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectKept, expectSection, gradeOf, place } from './pages/audit-form.ts';
import { join } from './pages/doors.ts';
import { press, tabTo, typeInto } from './pages/keys.ts';
import { auditRow } from './pages/my-audits.ts';

const keyOf = { Outstanding: '1', Good: '2', 'Requires improvement': '3', Inadequate: '4' } as const;

test('An auditor opens, grades, reads through and submits an audit by keyboard alone', async ({
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const auditor = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  await authority.allocate('CASE-4001', auditor, { service, team });
  const page = (await computer()).page();
  await join(page, auditor.link);
  const keyboard = page.keyboard;

  await press(page, page.getByRole('link', { name: 'CASE-4001' }), 'Enter');
  await expect(page.getByRole('heading', { name: 'Case CASE-4001' })).toBeFocused();

  for (const [at, answers] of assessmentAnswers.entries()) {
    const section = place(page, answers.title);
    await expect(section).toBeVisible();
    if (at > 0) await expect(page.getByRole('heading', { name: answers.title, level: 2 })).toBeFocused();
    await keyboard.press(keyOf[answers.grade]);
    await expect(gradeOf(section, answers.grade)).toBeChecked();
    await typeInto(page, 'e', section.getByLabel('Evidence', { exact: true }), answers.evidence);
    await keyboard.press('Escape');
    await typeInto(page, 'r', section.getByLabel('Rationale', { exact: true }), answers.rationale);
    await expectSection(page, answers);
    // From inside a text the next section is Alt with the arrow; elsewhere one letter.
    if (at % 2 === 0) await keyboard.press('Alt+ArrowDown');
    else {
      await keyboard.press('Escape');
      await keyboard.press('n');
    }
  }

  await expect(page.getByRole('heading', { name: 'What people said' })).toBeFocused();
  const voices = place(page, 'What people said');
  const child = voices.getByRole('region', { name: 'The child or young person' });
  const parent = voices.getByRole('region', { name: 'A parent or carer' });
  await press(page, voices.getByRole('radio', { name: 'Yes' }).first(), 'Space');
  await typeInto(page, 'Tab', voices.getByRole('textbox').first(), 'She would start with the school.');
  await press(page, child.getByRole('radio', { name: 'Yes' }), 'ArrowRight');
  await expect(child.getByRole('radio', { name: 'No, not obtained' })).toBeChecked();
  await typeInto(page, 'Tab', child.getByRole('textbox'), 'He asked not to be called.');
  await press(page, parent.getByRole('radio', { name: 'Yes' }), 'Space');
  await typeInto(page, 'Tab', parent.getByRole('textbox'), 'They felt listened to.');
  await expectKept(voices);
  await keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('heading', { name: 'Immediate safety concern' })).toBeFocused();
  await keyboard.press('n');
  await expect(page.getByRole('heading', { name: 'Overall grade', level: 2 })).toBeFocused();
  await keyboard.press('3');
  const overall = place(page, 'Overall grade');
  await expect(gradeOf(overall, 'Requires improvement')).toBeChecked();
  await expectKept(overall);
  await keyboard.press('p');
  await expect(page.getByRole('heading', { name: 'Immediate safety concern' })).toBeFocused();
  await keyboard.press('n');
  await keyboard.press('n');

  await expect(page.getByRole('heading', { name: 'Read through and submit', level: 1 })).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Submit this audit' }), 'Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('button', { name: 'Submit', exact: true }));
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Audit submitted' })).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Back to my audits' }), 'Enter');
  await expect(auditRow(page, 'CASE-4001')).toContainText('Submitted');
});

test('The checks of a section are answered by keyboard, and the keys of the form are told on request', async ({
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const auditor = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const audit = await authority.allocate('CASE-4002', auditor, { service, team });
  const page = (await computer()).page();
  await join(page, auditor.link);
  await press(page, page.getByRole('link', { name: 'CASE-4002' }), 'Enter');
  await expect(page).toHaveURL(new RegExp(`/audit/${audit}$`));
  // The address changes a moment before the form has read its audit: its keys are there with its first heading.
  await expect(page.getByRole('heading', { name: 'Allocation and start', level: 2 })).toBeVisible();

  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'Keys of this form' })).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'Keys of this form' })).toHaveCount(0);

  const first = place(page, 'Allocation and start');
  const promptly = first.getByRole('group', { name: 'Allocated promptly' });
  await press(page, promptly.getByLabel('Yes'), 'ArrowRight');
  await expect(promptly.getByLabel('No')).toBeChecked();
  await expectKept(first);
  await page.keyboard.press('n');

  const seen = place(page, 'Child seen and understood');
  const day = seen.getByRole('group', { name: 'Date the child was first seen for' }).first();
  await expect(seen).toBeVisible();
  await tabTo(page, day.getByLabel('Day'));
  for (const part of ['3', '3', '2026']) {
    await page.keyboard.type(part);
    await page.keyboard.press('Tab');
  }
  await expect(day.getByLabel('Year')).toHaveValue('2026');
  await press(page, seen.getByLabel('Did not happen').last(), 'Space');
  await expect(seen.getByLabel('Did not happen').last()).toBeChecked();
  await expectKept(seen);
});

test('Keys pressed faster than the screen paints belong to the section and the text they were meant for', async ({
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const auditor = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  await authority.allocate('CASE-4002', auditor, { service, team });
  const page = (await computer()).page();
  await join(page, auditor.link);
  await page.getByRole('link', { name: 'CASE-4002' }).click();
  const [first, second] = assessmentAnswers;
  if (first === undefined || second === undefined) throw new Error('The tool has two sections at least.');
  await expect(page.getByRole('heading', { name: first.title, level: 2 })).toBeVisible();
  // Dispatched in one go inside the page: no frame is painted between two keys.
  await page.evaluate(
    (keys) => {
      for (const key of keys) {
        (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      }
    },
    ['2', 'e'],
  );
  await page.keyboard.insertText('A first note.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.keyboard.press('3');
  await page.keyboard.press('r');
  await page.keyboard.insertText('A second note.');
  await expect(place(page, second.title).getByLabel('Rationale', { exact: true })).toHaveValue('A second note.');
  await expect(gradeOf(place(page, second.title), 'Requires improvement')).toBeChecked();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(place(page, first.title).getByLabel('Evidence', { exact: true })).toHaveValue('A first note.');
  await expect(gradeOf(place(page, first.title), 'Good')).toBeChecked();
});
