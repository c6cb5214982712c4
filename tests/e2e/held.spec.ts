/** Work of an auditor whose audit was given away while they were offline: held, decided about by their lead, and nothing lost. */
import { expect, type Locator, type Page } from '@playwright/test';
import { gradeSection } from './pages/audit-form.ts';
import { expectInstalled, join, openAt } from './pages/doors.ts';
import { auditRow, openAudit } from './pages/my-audits.ts';
import { countWhat, openPercentages, readTable } from './pages/percentages.ts';
import { expectOnServer, openThisLaptop, saveState } from './pages/this-laptop.ts';
import { newInspector } from './support/accessible.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { auditEdits } from './support/written-audit.ts';

const title = 'Allocation and start';
const written = {
  title,
  grade: 'Inadequate',
  evidence: 'Seen on the way home.',
  rationale: 'Nobody visited.',
} as const;

const openToDecide = (page: Page): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^To decide/ })
    .click();
const items = (page: Page): Locator => page.getByRole('article');
const dialog = (page: Page): Locator => page.getByRole('dialog');

test('An audit is given away while its auditor is offline: their lead accepts, returns and is told what was discarded', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const avery = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const harper = await authority.addPerson('Harper Auditor', [grant('auditor')]);
  const blake = await authority.addPerson('Blake Auditor', [grant('auditor')]);
  const lee = await authority.addPerson('Lee Lead', [grant('team-lead', [service])]);
  const audit = await authority.allocate('CASE-7001', avery, { service, team });
  const whole = await authority.allocate('CASE-7002', harper, { service, team });

  const laptop = await computer();
  await join(laptop.page(), avery.link);
  await expect(auditRow(laptop.page(), 'CASE-7001')).toBeVisible();
  await expectInstalled(laptop.page());
  await expectOnServer(laptop.page());
  await server.stop();
  await openAudit(laptop.page(), 'CASE-7001');
  await gradeSection(laptop.page(), written);
  await expect(saveState(laptop.page())).toHaveText('Saved on this laptop');
  await laptop.close();

  await server.start();
  await authority.reallocate(audit, blake);
  await authority.reallocate(whole, blake);
  const byHand = await authority.laptopOf(harper);
  const sections = { 'allocation-start': 'inadequate' };
  await byHand.write(...auditEdits(whole, harper.id, { sections, overall: 'inadequate', at: Date.now() }));

  await laptop.open();
  await openAt(laptop.page(), server.url);
  const page = laptop.page();
  await expect(page.getByText(/changes? needs? your attention/)).toBeVisible();
  await openThisLaptop(page);
  await expect(items(page).filter({ hasText: written.rationale })).not.toHaveCount(0);
  await inspector.look(page, 'what needs attention');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save all as a file' }).click();
  expect((await saving).suggestedFilename()).toMatch(/^plumbline-not-accepted-.*\.csv$/);

  const lead = (await computer()).page();
  await join(lead, lee.link);
  await expectOnServer(lead);
  await openToDecide(lead);
  const ofHarper = items(lead).filter({ hasText: 'Written by Harper Auditor' });
  await expect(ofHarper).toBeVisible();
  await expect(items(lead).filter({ hasText: written.rationale })).not.toHaveCount(0);
  await inspector.look(lead, 'what waits for a decision');
  await ofHarper.getByRole('button', { name: /^Accept on behalf/ }).click();
  await dialog(lead).getByRole('button', { name: 'Accept on behalf' }).click();
  await expect(dialog(lead).getByText('Say why')).toBeVisible();
  await inspector.look(lead, 'accepting without a reason');
  await dialog(lead).getByLabel('Why does it count?').fill('Harper had finished it before it was given away.');
  await dialog(lead).getByRole('button', { name: 'Accept on behalf' }).click();
  await expect(lead.getByText('Decided', { exact: true })).toBeVisible();
  await expect(lead.getByText(/^Accepted on the author’s behalf by Lee Lead/)).toBeVisible();

  const returned = items(lead).filter({ hasText: written.rationale }).first();
  await returned.getByRole('button', { name: /^Return/ }).click();
  await dialog(lead).getByLabel('Your note to them').fill('I give the audit back to you.');
  await dialog(lead).getByRole('button', { name: 'Return' }).click();
  await expect(lead.getByRole('heading', { name: /^Returned, with their author/ })).toBeVisible();

  await openPercentages(lead);
  await countWhat(lead, 'Overall grades');
  await expect
    .poll(async () => (await readTable(lead)).at(-1))
    .toMatchObject({ Counted: '1', Inadequate: '1', 'Not submitted yet': '1' });

  await authority.reallocate(audit, avery);
  const back = items(page).filter({ hasText: 'I give the audit back to you.' });
  await expect(back).toBeVisible();
  await expect(back.getByRole('button', { name: /^Edit/ })).toBeVisible();
  await inspector.look(page, 'a note of the lead');
  await back.getByRole('button', { name: /^Edit/ }).click();
  await expect(page.getByRole('heading', { name: 'Case CASE-7001', level: 1 })).toBeVisible();
  await expect(page.getByLabel('Rationale', { exact: true })).toHaveValue(written.rationale);

  await openThisLaptop(page);
  const nothing = page.getByText('Nothing needs your attention.');
  // The list is on the screen: one that has not been read yet has no items either.
  await expect(nothing.or(items(page).first())).toBeVisible();
  await expect(back).toHaveCount(0);
  // The grade alone, made before the text, waits too: sent again it would cover what has just been sent.
  const earlier = items(page).filter({ hasText: 'You have another version of this part' }).first();
  await expect(earlier).toContainText(written.rationale);
  await expect(earlier.getByRole('button', { name: /^Send the one not accepted/ })).toBeVisible();
  await inspector.look(page, 'two versions of one author');
  for (let left = await items(page).count(); left > 0; left -= 1) {
    await items(page)
      .first()
      .getByRole('button', { name: /^Discard/ })
      .click();
    await dialog(page).getByLabel('Why do you discard it?').fill('It is in the later version.');
    await dialog(page).getByRole('button', { name: 'Discard' }).click();
    await expect(items(page)).toHaveCount(left - 1);
  }
  await expect(nothing).toBeVisible();
  await expectOnServer(page);

  await openToDecide(lead);
  await expect(lead.getByText('Nothing waits for your decision.')).toBeVisible();
  await expect(lead.getByText(/^Discarded by Avery Auditor/).first()).toBeVisible();
  await expect(lead.getByText('Reason: It is in the later version.').first()).toBeVisible();
  await inspector.look(lead, 'what was decided');
  inspector.expectNothingWrong(6);
});
