/**
 * The server goes back to a backup, and a laptop that had handed work in since is gone: the QA lead is told whose, which audit,
 * which parts and when, and beside the percentages how many; what is written again leaves the list (FAULTS 34, 47).
 */
import { join as joinPath } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { gradeOf, place } from './pages/audit-form.ts';
import { join, signInAfresh } from './pages/doors.ts';
import { expectOnServer } from './pages/this-laptop.ts';
import { newInspector } from './support/accessible.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import {
  expectProved,
  goInside,
  joinAndOpen,
  makeOneAudit,
  reference,
  sections,
  writeEvidence,
} from './support/one-audit.ts';
import { command } from './support/server-commands.ts';

const messages = (page: Page) => page.getByRole('region', { name: 'Messages about this laptop' });
const missing = (page: Page) => page.getByRole('table', { name: /^Missing changes/ });

test('What a restore did not bring back is listed for the QA lead, until it is written again', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const sam = await authority.addPerson('Sam Example', [grant('qa-lead')]);
  const lead = (await computer({ width: 1440 })).page();
  await join(lead, sam.link);
  await expectOnServer(lead);
  const lost = await computer();
  const auditor = await joinAndOpen(lost, audit);
  const file = joinPath(server.folder, 'last-night.backup');
  expect(await command(server, 'backup', file)).toContain('Keep it as safe as the server itself');
  await auditor.keyboard.press('2');
  await writeEvidence(auditor, 'Handed in, and lost with the laptop.');
  await expectProved(auditor);
  await lead.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Organisation' }).click();
  await expect(lead.getByRole('link', { name: 'What did not come back' })).toHaveCount(0);
  await goInside(lead, audit.path);
  await expect(lead.getByText('Handed in, and lost with the laptop.'), 'the lead’s laptop has seen it').toBeVisible();
  await lost.close();

  await server.stop();
  await command(server, 'restore', file);
  await server.start();
  await expect(messages(lead)).toContainText('1 change has not come back');
  await messages(lead).getByRole('link', { name: 'See whose, and what to do' }).click();
  await expect(missing(lead).getByRole('row')).toHaveCount(2);
  const row = missing(lead).getByRole('row').last();
  await expect(row).toContainText(audit.auditor.name);
  await expect(row.getByRole('link', { name: reference })).toBeVisible();
  await expect(row).toContainText(sections[0].title);
  await inspector.look(lead, 'what a restore did not bring back');

  await lead.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Percentages' }).click();
  const beside = lead
    .getByRole('main')
    .getByText('1 change that it had lost was not back, and may be missing in these figures.');
  await expect(beside).toBeVisible();
  await inspector.look(lead, 'percentages after a restore');

  const again = await computer();
  await signInAfresh(again.page(), server.url, audit.auditor.email);
  await again.page().getByRole('link', { name: reference, exact: true }).click();
  await gradeOf(place(again.page(), sections[0].title), 'Good').check();
  await writeEvidence(again.page(), 'Written again.');
  await expectProved(again.page());
  await expect(beside).toHaveCount(0);
  await goInside(lead, '/organisation/missing');
  await expect(lead.getByText('Nothing is missing that a laptop has seen.')).toBeVisible({ timeout: 90_000 });

  await lead.getByText('Written again since').first().click();
  await expect(lead.getByRole('table', { name: 'Written again since' }).getByRole('row')).toHaveCount(2);
  await inspector.look(lead, 'written again since');
  await lead.getByRole('link', { name: 'Back' }).click();
  await expect(lead.getByRole('button', { name: 'What did not come back' })).toBeVisible();
  inspector.expectNothingWrong(3);
});
