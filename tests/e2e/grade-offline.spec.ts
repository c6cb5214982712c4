/** The main job: an audit graded and submitted with the server stopped, and what a team lead sees when it is back. */
import { expect } from '@playwright/test';
import { assessmentAnswers } from './support/answers.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import {
  expectKept,
  expectSection,
  goTo,
  gradeOf,
  gradeSection,
  next,
  place,
  recordVoice,
} from './pages/audit-form.ts';
import { readThrough, submit } from './pages/check-audit.ts';
import { expectInstalled, expectOpen, join, unlock } from './pages/doors.ts';
import { auditRow, openAudit, openMyAudits, startAudit } from './pages/my-audits.ts';
import { besideFigure, figure, openPercentages } from './pages/percentages.ts';
import { expectOnServer, factOf, offlineBanner, onTheServer, openThisLaptop, saveState } from './pages/this-laptop.ts';

const leftAt = 4;

test('An audit graded and submitted with the server stopped reaches a team lead’s percentages without a reload', async ({
  server,
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const auditor = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const lead = await authority.addPerson('Lee Lead', [grant('team-lead', [service])]);
  const audit = await authority.allocate('CASE-2001', auditor, { service, team });

  const laptop = await computer();
  await join(laptop.page(), auditor.link);
  await expect(auditRow(laptop.page(), 'CASE-2001')).toContainText('Not started');
  await expectInstalled(laptop.page());
  await expectOnServer(laptop.page());

  const desktop = await computer();
  const figures = desktop.page();
  await join(figures, lead.link);
  await openPercentages(figures);
  await expect(figures.getByText('Nothing has been counted yet.')).toBeVisible();
  await expect(besideFigure(figures, 'Not submitted yet')).toHaveText('1');
  const reading = await desktop.tab();
  await reading.goto(`${server.url}/audit/${audit}`);
  await expectOpen(reading);
  await expect(reading.getByRole('heading', { name: 'Case CASE-2001' })).toBeVisible();
  for (const tab of [figures, reading]) await tab.evaluate(() => Object.assign(window, { notReloaded: true }));

  await server.stop();
  await laptop.close();

  await test.step('cold start without a server, half of the audit', async () => {
    const page = await laptop.open();
    await page.goto(server.url);
    await unlock(page);
    await expect(offlineBanner(page)).toBeVisible();
    await openAudit(page, 'CASE-2001');
    for (const answers of assessmentAnswers.slice(0, leftAt)) {
      await gradeSection(page, answers);
      await next(page);
    }
    const half = assessmentAnswers[leftAt];
    if (half === undefined) throw new Error('There is no section to leave half-way.');
    await gradeOf(place(page, half.title), 'Outstanding').check();
    await place(page, half.title).getByLabel('Evidence', { exact: true }).fill('Half a sentence');
    await expectKept(place(page, half.title));
    await laptop.close();
    await expect(offlineBanner(figures)).toBeVisible();
  });

  await test.step('back at the same section with everything there', async () => {
    const page = await laptop.open();
    await page.goto(server.url);
    await unlock(page);
    await expect(auditRow(page, 'CASE-2001')).toContainText('5 of 9 sections');
    await openAudit(page, 'CASE-2001');
    const title = assessmentAnswers[leftAt]?.title ?? '';
    await expect(place(page, title)).toBeVisible();
    await expectSection(page, { title, grade: 'Outstanding', evidence: 'Half a sentence', rationale: '' });
    for (const answers of assessmentAnswers.slice(0, leftAt)) {
      await goTo(page, answers.title);
      await expectSection(page, answers);
    }
    await goTo(page, 'Child seen and understood');
    const seen = place(page, 'Child seen and understood');
    await expect(seen.getByRole('group', { name: 'Date the child was first seen for' }).getByLabel('Year')).toHaveValue(
      '2026',
    );
    await expect(seen.getByLabel('Did not happen').last()).toBeChecked();
  });

  await test.step('the rest, and submitting it', async () => {
    const page = laptop.page();
    for (const answers of assessmentAnswers.slice(leftAt)) {
      await goTo(page, answers.title);
      await gradeSection(page, answers);
    }
    await next(page);
    await recordVoice(page, 'The practitioner', 'She would start with the school next time.');
    await recordVoice(page, 'The child or young person', { because: 'He asked not to be called.' });
    await recordVoice(page, 'A parent or carer', 'They felt listened to.');
    await goTo(page, 'Overall grade');
    await page.getByRole('button', { name: 'Take the suggestion: Requires improvement' }).click();
    await expectKept(place(page, 'Overall grade'));
    await readThrough(page);
    await submit(page);
  });

  await test.step('one that nobody allocated', async () => {
    const page = laptop.page();
    await openMyAudits(page);
    await expect(auditRow(page, 'CASE-2001')).toContainText('Submitted');
    await expect(auditRow(page, 'CASE-2001')).toContainText('Saved on this laptop');
    await startAudit(page, {
      reference: 'CASE-2002',
      tool: 'Early Help',
      service: 'Assessment',
      team: 'Team North',
      selection: 'Picked for a theme',
    });
    const title = 'Consent and engagement';
    await gradeSection(page, { title, grade: 'Good', evidence: 'Consent on file.', rationale: 'Clear and early.' });
    await expect(saveState(page)).toHaveText('Saved on this laptop');
    await openThisLaptop(page);
    await expect(factOf(page, 'Connection')).toContainText('Offline');
    await expect(factOf(page, 'Saved on this laptop, not sent yet')).toContainText('changes');
  });

  await server.start();
  await expectOnServer(laptop.page());
  // Also to whoever cannot see it.
  const announced = laptop.page().locator('.govuk-visually-hidden[role="status"]');
  await expect(announced.filter({ hasText: onTheServer })).toHaveCount(1);
  await openMyAudits(laptop.page());
  for (const reference of ['CASE-2001', 'CASE-2002']) {
    await expect(auditRow(laptop.page(), reference).getByText(onTheServer)).toBeVisible();
  }

  await expect(figures.getByText('0 of 1 audit was inadequate.')).toBeVisible();
  await expect(figure(figures, 'Assessment', /^1 requires improvement/)).toBeVisible();
  await expect(besideFigure(figures, 'Not submitted yet')).toHaveText('1');
  await expect(reading.getByText('Submitted by Avery Auditor')).toBeVisible();
  for (const { evidence } of assessmentAnswers) await expect(reading.getByText(evidence)).toBeVisible();
  for (const tab of [figures, reading]) {
    expect(await tab.evaluate(() => 'notReloaded' in window), 'the page was not reloaded').toBe(true);
  }
});
