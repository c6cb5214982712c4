/** A QA lead answers somebody who asks what is held about them: nothing, then everything, as two marked files (S31). */
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { expectOpen, join } from './pages/doors.ts';
import { openOrganisation } from './pages/organisation.ts';
import { newInspector } from './support/accessible.ts';
import { grant, writeAs } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectProved, goInside, makeOneAudit } from './support/one-audit.ts';
import { auditEdits } from './support/written-audit.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const reference = (page: Page) => page.getByLabel('Case reference', { exact: true });

async function saved(page: Page, name: string): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('All that is held about a case is found by what it is and was called, read, and taken away marked', async ({
  server,
  authority,
  computer,
}) => {
  const lead = await authority.addPerson('Lee Example', [grant('qa-lead')]);
  const { auditor, ...place } = await makeOneAudit(authority);
  const writer = await authority.laptopOf(auditor);
  const audit = await authority.allocate('CASE-77', auditor, place);
  const was = await authority.allocate('CASE-77', auditor, place);
  await authority.qaLead.pull();
  const base = authority.qaLead.records.get(was as never)?.units['case']?.op ?? null;
  const corrected = { reference: 'CASE-78', initials: null, ageBand: null, header: {} };
  await writeAs(writer, ...auditEdits(was, auditor.id, { overall: 'good', at: Date.now() }));
  const why = { unit: 'case', by: authority.qaLead.session.person, at: Date.now(), reason: 'The sibling was meant.' };
  await authority.write(
    { record: was, kind: 'audit', unit: 'correction:made-up', value: why },
    { record: was, kind: 'audit', unit: 'case', value: corrected, base },
  );
  const sections = { 'child-seen': 'inadequate', 'section-47': 'na' };
  await writeAs(writer, ...auditEdits(audit, auditor.id, { sections, overall: 'good', at: Date.now() }));

  const laptop = await computer({ width: 1440 });
  const page = laptop.page();
  const inspector = newInspector();
  await join(page, lead.link);
  await expectOpen(page);
  await expectProved(page);
  // It came in full, being recent; that somebody reads it is known at the server all the same.
  expect(server.said()).not.toContain('"opened"');
  await goInside(page, `/audit/${audit}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Case CASE-77' })).toBeVisible();
  await expect(page.getByText('Fetching the evidence')).toHaveCount(0);
  await expect.poll(() => server.said()).toContain('"opened"');
  await openOrganisation(page);
  await button(page, 'Subject access').click();
  await expect(page.getByRole('heading', { level: 1, name: 'What is held about a case' })).toBeFocused();
  await button(page, 'Find').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await inspector.look(page, 'subject access, nothing entered');

  await reference(page).fill('CASE-NOBODY');
  await button(page, 'Find').click();
  await expect(page.getByRole('heading', { name: 'Nothing is held under this reference' })).toBeFocused();
  await inspector.look(page, 'subject access, nothing found');

  await reference(page).fill(' case-77');
  await reference(page).press('Enter');
  await expect(page.getByRole('heading', { name: '2 audits found' })).toBeFocused();
  await expect(page.getByRole('checkbox', { name: 'CASE-77', exact: true })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'CASE-78', exact: true })).not.toBeChecked();
  await expect(page.getByText('It had this reference until that was corrected.')).toBeVisible();
  await inspector.look(page, 'subject access, what was found');
  await page.getByRole('checkbox', { name: 'CASE-77', exact: true }).uncheck();
  await button(page, 'Read everything').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await page.getByRole('checkbox', { name: 'CASE-77', exact: true }).check();
  await button(page, 'Read everything').click();
  await expect(page.getByText('Everything held of 1 audit is below.')).toBeVisible();
  const part = 'It is not everything: 1 of 2 audits found under this reference is in it.';
  const left = '1 audit was left out by whoever made it, as not about this person.';
  for (const line of [part, left]) await expect(page.getByText(line)).toBeVisible();
  await page.getByText('History: ').click();
  await inspector.look(page, 'subject access, everything held');

  const readable = await saved(page, 'Download to read (HTML)');
  expect(readable.name).toMatch(/^plumbline-subject-access-\d{4}-\d\d-\d\d\.html$/);
  for (const text of [
    'OFFICIAL-SENSITIVE',
    'CASE-77',
    'Inadequate',
    auditor.name,
    'About somebody else: review',
    part,
    left,
  ])
    expect(readable.text).toContain(text);
  expect(readable.text).not.toContain('CASE-78');
  const data = await saved(page, 'Download as data (JSON)');
  const read = JSON.parse(data.text) as {
    marking: string;
    contents: object;
    audits: { record: string; history: unknown[] }[];
  };
  expect(read.marking).toBe('OFFICIAL-SENSITIVE');
  const leftOut = { byChoice: 1, keptBack: 0, beyondTheList: 0 };
  expect(read.contents).toEqual({ found: 2, included: 1, leftOut, erased: 0 });
  expect(read.audits.map(({ record }) => record)).toEqual([audit]);
  expect(read.audits[0]?.history.length).toBeGreaterThan(4);

  // Noted in the trail, for everybody who keeps it, and in the log; the reference in neither.
  await expectProved(page);
  await expect(page.getByRole('heading', { name: 'Searches so far (2)' })).toBeVisible();
  expect(laptop.rules.errors).toEqual([]);
  expect(server.said().match(/"searched"/g)?.length).toBe(2);
  expect(server.said()).not.toMatch(/case-7[78]|CASE-NOBODY/i);
  inspector.expectNothingWrong(4);
});
