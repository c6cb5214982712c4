/** Whoever typed a case reference wrongly, or left the initials out, puts it right in the form; two who do are told; once it is closed, with a reason. */
import { expect, type Locator, type Page } from '@playwright/test';
import { grant, writeAs } from './support/authority.ts';
import { newInspector } from './support/accessible.ts';
import { test } from './support/fixtures.ts';
import { wholeState } from './support/one-audit.ts';
import { auditEdits } from './support/written-audit.ts';
import { expectKept, goTo, place } from './pages/audit-form.ts';
import { join, openAt } from './pages/doors.ts';
import { auditRow, openAudit, openMyAudits } from './pages/my-audits.ts';
import { expectOnServer } from './pages/this-laptop.ts';

const theCase = (page: Page): Locator => place(page, 'The case');
const reference = (page: Page): Locator => page.getByLabel('Case reference', { exact: true });
const offer = (page: Page): Locator => page.getByRole('status').filter({ hasText: 'also changed this at' });

test('An auditor corrects reference, initials and age band; an emptied reference is not saved and the last one stays', async ({
  server,
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const avery = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  await authority.allocate('CASE-7O01', avery, { service, team });
  const page = (await computer()).page();
  await join(page, avery.link);
  await openAudit(page, 'CASE-7O01');
  await goTo(page, 'The case');
  await expect(theCase(page).getByText('Never the child’s name.')).toBeVisible();

  await reference(page).fill('');
  await expect(theCase(page).getByText('Enter the case reference. Until then “CASE-7O01” is kept.')).toBeVisible();
  await expect(theCase(page).getByText('Not saved yet')).toBeVisible();
  await expect(wholeState(page)).toContainText('Needs your attention');
  await theCase(page).getByLabel('Age band (optional)').selectOption('10 to 15');
  await expect(reference(page)).toHaveValue('');
  await goTo(page, 'Immediate safety concern');
  await goTo(page, 'The case');
  await expect(reference(page)).toHaveValue('CASE-7O01');
  await expectKept(theCase(page));

  await reference(page).fill('');
  await reference(page).pressSequentially(' CASE 7001 ');
  await expect(reference(page)).toHaveValue(' CASE 7001 ');
  await theCase(page).getByLabel('Child’s initials (optional)').fill('too many letters');
  await expect(theCase(page).getByText('Initials must be 6 characters or fewer')).toBeVisible();
  await theCase(page).getByLabel('Child’s initials (optional)').fill('AB');
  await expect(reference(page)).toHaveValue('CASE 7001');
  await expectKept(theCase(page));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Case CASE 7001');

  await openAt(page, server.url);
  await expect(auditRow(page, 'CASE 7001')).toBeVisible();
  await openAudit(page, 'CASE 7001');
  await goTo(page, 'The case');
  await expect(theCase(page).getByLabel('Child’s initials (optional)')).toHaveValue('AB');
  await expect(theCase(page).getByLabel('Age band (optional)')).toHaveValue('10-15');
  await expectOnServer(page);
});

test('An auditor and a QA lead who correct the reference unseen by each other are offered the other’s, and one choice settles it', async ({
  server,
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const avery = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const quinn = await authority.addPerson('Quinn Second', [grant('qa-lead')]);
  const writer = await authority.laptopOf(await authority.addPerson('Wren Writer', [grant('auditor')]));
  const audit = await authority.allocate('CASE-7100', avery, { service, team });
  const closed = await authority.allocate(
    'CASE-7200',
    { id: writer.session.person, name: 'Wren Writer' },
    { service, team },
  );
  await writeAs(writer, ...auditEdits(closed, writer.session.person, { overall: 'good', at: Date.now() }));
  const inspector = newInspector();
  const auditor = (await computer()).page();
  const lead = (await computer()).page();
  await join(auditor, avery.link);
  await openAudit(auditor, 'CASE-7100');
  await goTo(auditor, 'The case');
  await join(lead, quinn.link);
  await expectOnServer(lead);
  await openAt(lead, `${server.url}/audit/${audit}`);
  await expect(lead.getByText('This is the audit of Avery Auditor, who alone can grade it.')).toBeVisible();
  await lead.getByText('Correct the case reference, initials or age band').click();
  for (const page of [auditor, lead]) await expectOnServer(page);

  await server.stop();
  await reference(auditor).fill('CASE-7101');
  await expectKept(theCase(auditor));
  await reference(auditor).blur();
  await reference(lead).fill('CASE-7102');
  await expectKept(lead.getByRole('group').filter({ has: reference(lead) }));
  await reference(lead).blur();
  await server.start();

  for (const page of [auditor, lead]) {
    await expect(offer(page)).toHaveCount(1);
    await expect(reference(page)).toHaveValue('CASE-7102');
    await expect(offer(page).getByText('CASE-7101')).toBeVisible();
  }
  await offer(auditor).getByRole('button', { name: 'Take this one instead' }).click();
  await expect(reference(auditor)).toHaveValue('CASE-7101');
  await expectOnServer(auditor);
  await expect(reference(lead)).toHaveValue('CASE-7101');
  for (const page of [auditor, lead]) await expect(offer(page)).toHaveCount(0);
  await openMyAudits(auditor);
  await expect(auditRow(auditor, 'CASE-7101')).toBeVisible();

  await openAt(lead, `${server.url}/audit/${closed}`);
  await expect(lead.getByText('It can be read, and its grades cannot change.')).toBeVisible();
  await lead.getByText('Correct the case reference, initials or age band').click();
  await reference(lead).fill('CASE-7201');
  await lead.getByRole('button', { name: 'Correct the case', exact: true }).click();
  await expect(lead.locator('.govuk-error-summary').getByText('Say why it is corrected')).toBeVisible();
  await inspector.look(lead, 'the correction of a closed audit, without a reason');
  await lead.getByLabel('Why is it corrected?').fill('The sibling’s file was meant.');
  await lead.getByLabel('Why is it corrected?').press('Tab');
  await lead.keyboard.press('Enter');
  await expect(lead.getByRole('heading', { level: 1 })).toHaveText('Case CASE-7201');
  const corrected = /^Corrected on .* by Quinn Second, because: The sibling’s file was meant\.$/;
  await expect(lead.getByText(corrected)).toBeVisible();
  await expect(reference(lead)).toHaveCount(0);
  await inspector.look(lead, 'a closed audit, corrected');
  await expectOnServer(lead);
  await writer.pull();
  expect(writer.records.get(closed)?.units['case']?.value['reference']).toBe('CASE-7201');
  inspector.expectNothingWrong(2);
});
