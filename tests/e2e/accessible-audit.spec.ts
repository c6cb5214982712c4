/**
 * Every screen of an auditor, with data, errors and dialogs: no violation of WCAG 2.2 AA that axe finds, nothing wider than
 * 320 px, the focus on the heading after a change of screen, and what changes without the focus is announced.
 */
import { expect, type Page } from '@playwright/test';
import { assessmentService } from '../../src/domain/tools/assessment-service.ts';
import { goTo, gradeOf, place, recordVoice } from './pages/audit-form.ts';
import { newInspector } from './support/accessible.ts';
import { test } from './support/fixtures.ts';
import { expectForm, expectProved, goInside, joinAndOpen, makeOneAudit, reference } from './support/one-audit.ts';
import { change } from './support/server-database.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const nav = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const announced = (page: Page) => page.locator('.govuk-visually-hidden[role="status"]');

test('An auditor is kept out of nothing', async ({ server, authority, computer }) => {
  const audit = await makeOneAudit(authority);
  await authority.allocate('CASE-2002', audit.auditor, audit, { due: '2020-01-31' });
  const page = await joinAndOpen(await computer({ width: 1440 }), audit);
  const inspector = newInspector();
  const look = (name: string) => inspector.look(page, name);

  await look('a section, nothing given');
  await nav(page, 'My audits');
  await expect(heading(page, 'My audits')).toBeFocused();
  await look('my audits');
  await button(page, 'Start an audit').click();
  await expect(heading(page, 'Start an audit')).toBeFocused();
  await button(page, 'Start grading').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('start an audit, nothing entered');

  await nav(page, 'My audits');
  await page.getByRole('link', { name: reference, exact: true }).click();
  await expect(heading(page, `Case ${reference}`)).toBeFocused();
  await page.keyboard.press('3');
  await expect(announced(page)).toHaveText('Requires improvement for Allocation and start');
  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'Keys of this form' })).toBeFocused();
  await look('the keys');
  await button(page, 'Close').click();
  for (const { title, mayBeNotApplicable, checks } of assessmentService.sections) {
    await goTo(page, title);
    const section = place(page, title);
    if (mayBeNotApplicable) {
      await section.getByLabel('Not applicable to this case').check();
      await look('a section that is not applicable');
      await section.getByLabel('Why is it not applicable?').fill('There was no enquiry.');
      continue;
    }
    if (checks.some(({ answer }) => answer === 'date')) {
      const day = section.getByRole('group', { name: checks[0]?.text ?? '' }).first();
      for (const [label, typed] of [
        ['Day', '31'],
        ['Month', '2'],
        ['Year', '2026'],
      ] as const) {
        await day.getByLabel(label).fill(typed);
      }
      await look('a section with a day that there is not');
    }
    await gradeOf(section, 'Requires improvement').check();
    await section.getByLabel('Evidence', { exact: true }).fill('Made-up evidence. '.repeat(20));
    await section.getByLabel('Rationale', { exact: true }).fill('Made-up rationale.');
    for (const answer of await section.getByRole('radio', { name: 'Yes', exact: true }).all()) await answer.check();
  }
  await look('a section, filled in');
  await goTo(page, 'What people said');
  await look('voices, not answered');
  await recordVoice(page, 'The practitioner', 'She knows the family well.');
  await recordVoice(page, 'The child or young person', { because: 'A baby.' });
  await look('voices');
  await goTo(page, 'Immediate safety concern');
  await look('concern, not asked');
  await page.getByRole('radio', { name: 'Yes, a child may be in danger now' }).check();
  await look('concern, raised');
  await goTo(page, 'Overall grade');
  await gradeOf(place(page, 'Overall grade'), 'Good').check();
  await look('overall, another than suggested');
  await button(page, 'Read through and submit').first().click();
  await expect(heading(page, 'Read through and submit')).toBeFocused();
  await look('read through, something missing');
  await page
    .getByRole('link', { name: /^A parent or carer/ })
    .first()
    .click();
  await expectForm(page);
  await recordVoice(page, 'A parent or carer', 'They felt heard.');
  await goTo(page, 'Overall grade');
  await page.getByLabel('Why another grade than the suggested one?').fill('The last month is much better.');
  await button(page, 'Read through and submit').first().click();
  await button(page, 'Submit this audit').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('the question before submitting');
  await page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(heading(page, 'Audit submitted')).toBeVisible();
  await look('submitted');
  await page.getByRole('link', { name: 'Read it again' }).click();
  await expect(page.getByText('It can be read, and its grades cannot change.')).toBeVisible();
  await look('an audit to read');
  await expectProved(page);

  await nav(page, 'Percentages');
  await expect(heading(page, 'Percentages')).toBeFocused();
  await look('percentages of one’s own');
  await goInside(page, `/audit/${'f'.repeat(32)}`);
  await expect(heading(page, 'This audit is not on this laptop')).toBeVisible();
  await look('an audit that is not here');
  await goInside(page, '/nowhere');
  await expect(heading(page, 'Page not found')).toBeVisible();
  await look('page not found');
  await nav(page, 'This laptop');
  await expect(heading(page, 'This laptop')).toBeFocused();
  await look('this laptop');
  await page.getByRole('link', { name: 'What these words mean, and what Plumbline promises' }).click();
  await expect(heading(page, 'What Plumbline promises')).toBeFocused();
  await look('what Plumbline promises');
  await page.getByRole('link', { name: 'Accessibility statement', exact: true }).click();
  await expect(heading(page, 'Accessibility statement for Plumbline')).toBeFocused();
  await look('the accessibility statement');
  await nav(page, 'This laptop');
  await button(page, 'Sign out').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('the question before signing out');
  await button(page, 'Cancel').click();
  change(server, 'delete from session');
  await button(page, 'Sync now').click();
  await button(page, 'Sign in again').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in', exact: true }).click();
  await look('signing in again, no password');
  inspector.expectNothingWrong(21);
});

test('What the looks are for they see: a small target, a faint text, a page that is too wide', async ({
  server,
  computer,
}) => {
  const page = (await computer()).page();
  await page.goto(server.url);
  await expect(heading(page, 'How do you want to work?')).toBeVisible();
  await page.evaluate(() => {
    const bad = document.createElement('div');
    for (const text of ['a', 'b']) {
      const button = document.createElement('button');
      button.textContent = text;
      Object.assign(button.style, { width: '10px', height: '10px', padding: '0', border: '0', font: '8px Arial' });
      bad.append(button);
    }
    const faint = document.createElement('p');
    faint.textContent = 'Hardly to be read';
    Object.assign(faint.style, { color: '#eee', background: '#fff', width: '400px' });
    bad.append(faint);
    document.querySelector('main')?.append(bad);
  });
  const inspector = newInspector();
  await inspector.look(page, 'a bad page');
  for (const seen of [/target-size/, /color-contrast/, /320 px: \d+ px wide/])
    expect(() => inspector.expectNothingWrong(1)).toThrow(seen);
});

test('In forced colours the chosen grade and the focus can still be seen', async ({ authority, computer }) => {
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(await computer({ width: 1440 }), audit);
  await page.emulateMedia({ forcedColors: 'active' });
  const [chosen, left] = [gradeOf(page.locator('main'), 'Good'), gradeOf(page.locator('main'), 'Inadequate')];
  const picture = (name: 'Good' | 'Inadequate') =>
    page.locator('.app-grade-card', { has: page.getByRole('radio', { name: new RegExp(`^${name}`) }) }).screenshot();
  const before = [await picture('Good'), await picture('Inadequate')];
  await page.keyboard.press('2');
  await expect(chosen).toBeChecked();
  await expect(left).not.toBeChecked();
  const after = [await picture('Good'), await picture('Inadequate')];
  expect(after[0]?.equals(before[0] ?? Buffer.alloc(0)), 'the chosen grade looks as it did before').toBe(false);
  expect(after[1]?.equals(before[1] ?? Buffer.alloc(0)), 'a grade that was not chosen looks as it did').toBe(true);
  await page.keyboard.press('e');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
  expect(outline).not.toBe('none');
});
