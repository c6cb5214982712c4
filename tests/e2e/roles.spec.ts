/** What people do not see, because of who they are. */
import { expect } from '@playwright/test';
import { grant, writeAs } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { auditEdits } from './support/written-audit.ts';
import { join, openAt } from './pages/doors.ts';
import { auditRow } from './pages/my-audits.ts';
import { besideFigure, figure, openPercentages } from './pages/percentages.ts';
import { expectOnServer, openThisLaptop } from './pages/this-laptop.ts';

const notHere = 'This audit is not on this laptop';

test('A team lead of another service sees neither the audit nor its figures', async ({
  server,
  authority,
  computer,
}) => {
  const assessment = await authority.addService('Assessment');
  const north = await authority.addTeam(assessment, 'Team North');
  const earlyHelp = await authority.addService('Early Help');
  const auditor = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const own = await authority.addPerson('Olu Own', [grant('team-lead', [assessment])]);
  const other = await authority.addPerson('Otis Other', [grant('team-lead', [earlyHelp])]);
  const audit = await authority.allocate('CASE-5001', auditor, { service: assessment, team: north });
  const laptop = await authority.laptopOf(auditor);
  await writeAs(laptop, ...auditEdits(audit, auditor.id, { overall: 'good', at: Date.now() }));

  const seeing = (await computer()).page();
  await join(seeing, own.link);
  await openPercentages(seeing);
  await expect(figure(seeing, 'Assessment', /^1 good,/)).toBeVisible();

  const blind = (await computer()).page();
  await join(blind, other.link);
  await expectOnServer(blind);
  await openPercentages(blind);
  await expect(blind.getByText('There are no audits on this laptop yet.')).toBeVisible();
  await openAt(blind, `${server.url}/audit/${audit}`);
  await expect(blind.getByRole('heading', { name: notHere })).toBeVisible();
  await blind.getByRole('button', { name: 'Look for it now' }).click();
  await expect(blind.getByRole('status').filter({ hasText: /\S/ })).toHaveText(
    'The council’s server has no such audit for you.',
  );
  await expect(blind.getByText('CASE-5001')).toHaveCount(0);
});

test('An auditor is offered no Allocate and no Organisation, and somebody else’s audit is answered with a clear sentence', async ({
  server,
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const auditor = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const colleague = await authority.addPerson('Blake Auditor', [grant('auditor')]);
  await authority.allocate('CASE-5002', auditor, { service, team });
  const notMine = await authority.allocate('CASE-5003', colleague, { service, team });

  const page = (await computer()).page();
  await join(page, auditor.link);
  await expect(auditRow(page, 'CASE-5002')).toBeVisible();
  await expect(page.getByText('CASE-5003')).toHaveCount(0);
  const places = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await expect(places).toHaveText(['My audits', 'Percentages', 'This laptop']);
  await openPercentages(page);
  await expect(besideFigure(page, 'Not submitted yet')).toHaveText('1');

  await openAt(page, `${server.url}/allocate`);
  await expect(page.getByText('Only a QA lead can allocate audits.')).toBeVisible();
  await expect(page.getByLabel('Case reference')).toHaveCount(0);
  await openAt(page, `${server.url}/organisation`);
  await expect(page.getByText('Only a QA lead can change services and teams')).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
  for (const screen of ['', '/check']) {
    await openAt(page, `${server.url}/audit/${notMine}${screen}`);
    await expect(page.getByRole('heading', { name: notHere })).toBeVisible();
    await expect(page.getByText('it may have been allocated to somebody else')).toBeVisible();
  }
});

test('An administrator is offered people alone, gives a role until a day, and cannot touch a QA lead or themselves', async ({
  authority,
  computer,
}) => {
  await authority.addService('Assessment');
  const { link } = await authority.addPerson('Adel Admin', [grant('administrator')]);
  const quentin = await authority.addPerson('Quentin Lead', [grant('qa-lead')]);
  await join((await computer()).page(), quentin.link);
  const page = (await computer()).page();
  await join(page, link);
  const places = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await expect(places).toHaveText(['People', 'This laptop']);
  await expect(page.getByRole('row', { name: 'Quentin Lead' })).toContainText('Only a QA lead can change this person');
  await expect(page.getByRole('row', { name: 'Adel Admin (you)' }).getByRole('button')).toHaveCount(0);

  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Full name', { exact: true }).fill('Harper Head');
  await page.getByLabel('Work email address', { exact: true }).fill('harper@example.test');
  await expect(page.getByRole('checkbox', { name: 'QA lead', exact: true })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Head of service', exact: true }).check();
  await page.getByRole('button', { name: 'Save person' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose at least one service');
  await page.getByRole('checkbox', { name: 'Assessment', exact: true }).check();
  await page.getByText('In force from today without a last day. Change the days').click();
  const last = page.getByRole('group', { name: 'Last day' });
  await last.getByLabel('Day').fill('31');
  await last.getByLabel('Month').fill('3');
  await last.getByLabel('Year').fill('2100');
  await page.getByRole('button', { name: 'Save person' }).click();
  await expect(page.getByRole('row', { name: 'Harper Head' })).toContainText(
    /Head of service: Assessment, from .* to 31 March 2100/,
  );

  await openThisLaptop(page);
  await page.getByRole('button', { name: 'Laptops', exact: true }).click();
  const card = (who: string) => page.getByRole('listitem').filter({ hasText: who });
  await expect(card('Quentin Lead')).toContainText('Only they and other QA leads can have its copy removed');
  await expect(card('Quentin Lead').getByRole('button')).toHaveCount(0);
  await expect(card('Adel Admin').getByRole('button', { name: /^Remove/ })).toHaveCount(1);
});
