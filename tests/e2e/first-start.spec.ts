/** From the link the server prints at its first start to an auditor with an audit, all through the screens. */
import { expect } from '@playwright/test';
import { password } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { allocate, openAllocate } from './pages/allocate.ts';
import { choosePassphrase, join } from './pages/doors.ts';
import { auditRow, openAudit } from './pages/my-audits.ts';
import { addPerson, addService, addTeam, invitationLink, openOrganisation } from './pages/organisation.ts';

const year = new Date().getFullYear() + 1;

test('The first QA lead sets the authority up from the printed link, and an auditor finds the audit allocated to them', async ({
  server,
  computer,
}) => {
  const desk = (await computer()).page();
  await desk.goto(server.firstLink);
  await expect(desk.getByText('as its first QA lead')).toBeVisible();
  await desk.getByLabel('Your full name').fill('Quinn Example');
  await desk.getByLabel('Work email address').fill('quinn@example.test');
  await desk.getByLabel('Choose a password', { exact: true }).fill(password);
  await desk.getByRole('button', { name: 'Set password and continue' }).click();
  await choosePassphrase(desk);

  await openOrganisation(desk);
  await addService(desk, 'Assessment');
  await addTeam(desk, 'Assessment', 'Team North');
  await addPerson(desk, { name: 'Avery Example', email: 'avery@example.test', roles: ['Auditor'] });
  const lead = { name: 'Lee Example', email: 'lee@example.test', roles: ['Team lead'], leads: ['Assessment'] } as const;
  await addPerson(desk, lead);
  const auditorLink = await invitationLink(desk, 'Avery Example');
  const leadLink = await invitationLink(desk, 'Lee Example');
  expect(leadLink).not.toBe(auditorLink);

  await openAllocate(desk);
  await allocate(desk, {
    reference: 'CASE-1001',
    tool: 'Assessment Service',
    service: 'Assessment',
    team: 'Team North',
    auditor: 'Avery Example',
    due: { day: 27, month: 3, year },
    selection: 'Random sample',
  });

  const laptop = (await computer()).page();
  await join(laptop, auditorLink);
  const row = auditRow(laptop, 'CASE-1001');
  await expect(row).toContainText('Assessment Service');
  await expect(row).toContainText('Team North');
  await expect(row).toContainText(`27 March ${year}`);
  await expect(row).toContainText('Not started');
  await openAudit(laptop, 'CASE-1001');
  await expect(laptop.getByRole('heading', { name: 'Allocation and start' })).toBeVisible();

  const leads = (await computer()).page();
  await join(leads, leadLink);
  await expect(leads.getByRole('heading', { name: 'Percentages', level: 1 })).toBeVisible();
  await expect(leads.getByText('Nothing has been counted yet.')).toBeVisible();
});

test('A link that has been used once says so, and opens nothing', async ({ server, authority, computer }) => {
  const person = await authority.addPerson('Avery Example', []);
  const page = (await computer()).page();
  await join(page, person.link);

  const again = (await computer()).page();
  for (const used of [server.firstLink, person.link]) {
    await again.goto('about:blank');
    await again.goto(used);
    await expect(again.getByRole('heading', { name: 'This invitation cannot be used' })).toBeVisible();
    await expect(again.getByRole('alert')).toHaveText(
      'This invitation has been used, has run out or is not complete. Ask your QA lead for a new link.',
    );
    await expect(again.getByLabel('Choose a password')).toHaveCount(0);
  }
});
