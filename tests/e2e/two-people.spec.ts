/** Two who change the same section unseen by each other: one version shows, the other is offered, a choice settles it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectSection, gradeSection, place } from './pages/audit-form.ts';
import { expectInstalled, join, openAt, signInAfresh } from './pages/doors.ts';
import { auditRow, openAudit } from './pages/my-audits.ts';
import { expectOnServer, saveState } from './pages/this-laptop.ts';

const title = 'Allocation and start';
const averys = { title, grade: 'Good', evidence: 'What Avery saw.', rationale: 'Why Avery says good.' } as const;
const blakes = { title, grade: 'Inadequate', evidence: 'What Blake saw.', rationale: 'Why Blake says not.' } as const;

/** The offer of another version of the section on screen. */
const offer = (page: Page): Locator =>
  place(page, title).getByRole('status').filter({ hasText: 'also changed this at' });

test('Two auditors of one audit grade a section unseen by each other: both versions are kept until one is chosen', async ({
  server,
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const avery = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const blake = await authority.addPerson('Blake Auditor', [grant('auditor'), grant('team-lead', [service])]);
  const audit = await authority.allocate('CASE-6001', avery, { service, team });

  const first = await computer();
  await join(first.page(), avery.link);
  await expect(auditRow(first.page(), 'CASE-6001')).toBeVisible();
  await expectInstalled(first.page());
  await expectOnServer(first.page());
  await first.close();

  await authority.reallocate(audit, blake);
  const second = await computer();
  await join(second.page(), blake.link);
  await openAudit(second.page(), 'CASE-6001');
  await expectOnServer(second.page());
  await server.stop();
  await gradeSection(second.page(), blakes);

  await first.open();
  await openAt(first.page(), server.url);
  await openAudit(first.page(), 'CASE-6001');
  await gradeSection(first.page(), averys);
  await expect(saveState(first.page())).toHaveText('Saved on this laptop');
  await first.close();

  await server.start();
  await expectOnServer(second.page());
  await authority.reallocate(audit, avery);
  await first.open();
  await openAt(first.page(), server.url);
  await expectOnServer(first.page());
  await openAudit(first.page(), 'CASE-6001');
  await expectSection(first.page(), averys);
  await expect(offer(first.page())).toHaveText(/Blake Auditor also changed this at \d\d:\d\d/);
  for (const text of ['Inadequate', blakes.evidence, blakes.rationale]) {
    await expect(offer(first.page()).getByText(text)).toBeVisible();
  }
  await expect(second.page().getByText(averys.evidence)).toBeVisible();

  await offer(first.page()).getByRole('button', { name: 'Take this one instead' }).click();
  await expect(offer(first.page())).toHaveCount(0);
  await expectSection(first.page(), blakes);
  await expectOnServer(first.page());
  await expect(second.page().getByText(blakes.evidence)).toBeVisible();
  await expect(second.page().getByText(averys.evidence)).toHaveCount(0);
});

test('An auditor who graded a section on two computers is offered both versions on both, and one choice settles it', async ({
  server,
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const avery = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  await authority.allocate('CASE-6002', avery, { service, team });

  const office = (await computer()).page();
  await join(office, avery.link);
  const home = (await computer()).page();
  await signInAfresh(home, server.url, avery.email);
  for (const page of [office, home]) {
    await openAudit(page, 'CASE-6002');
    await expectOnServer(page);
  }
  await server.stop();
  await gradeSection(office, averys);
  await gradeSection(home, blakes);
  await server.start();
  for (const page of [office, home]) await expectOnServer(page);

  // The cursor is still in a text: what it shows stays, and what arrived is offered above it.
  await expect(offer(office).getByText(blakes.evidence)).toBeVisible();
  await expect(offer(office)).toHaveText(/You also changed this at \d\d:\d\d/);
  await expectSection(office, averys);
  await offer(office).getByRole('button', { name: 'Keep the one below' }).click();
  await home.keyboard.press('Escape');
  for (const page of [office, home]) {
    await expect(offer(page)).toHaveCount(0);
    await expectSection(page, averys);
    await expectOnServer(page);
  }
});
