/** A QA lead sets how long audits are kept, puts a hold on one, and sees what was erased; an erased audit still counts. */
import { expect, type Page } from '@playwright/test';
import { doDaily } from '../../server/daily.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import { startServer } from '../server/example.ts';
import { expectOpen, join, openAt } from './pages/doors.ts';
import { openOrganisation } from './pages/organisation.ts';
import { newInspector } from './support/accessible.ts';
import { grant, writeAs } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectProved, makeOneAudit, reference } from './support/one-audit.ts';
import { auditEdits } from './support/written-audit.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dayMs = 24 * 60 * 60 * 1000;

test('Kept as long as the council says, held where it must be, erased with a certificate', async ({
  server,
  authority,
  computer,
}) => {
  const lead = await authority.addPerson('Lee Example', [grant('qa-lead')]);
  const { auditor, ...place } = await makeOneAudit(authority);
  const writer = await authority.laptopOf(auditor);
  // Whoever was made QA lead today was none then.
  const record = authority.qaLead.session.person;
  await authority.write({ record, kind: 'person', unit: 'roles', value: { grants: [grant('qa-lead')] } });
  // The server of half a year ago, on the same folder and port: an audit is closed, and a period set.
  await server.stop();
  const past = await startServer({ dataDir: server.folder, env: { PORT: new URL(server.url).port } });
  past.clock.ms = Date.now() - 180 * dayMs;
  const old = await authority.allocate('CASE-OLD', auditor, place);
  const graded = { sections: { 'child-seen': 'inadequate' }, overall: 'inadequate', at: past.clock.ms };
  await writeAs(writer, ...auditEdits(old, auditor.id, graded));
  const rule = { months: 1, cycles: [], laptopDays: null };
  await authority.write({ record: settingsId, kind: 'settings', unit: 'retention', value: rule });
  past.clock.ms = Date.now() - dayMs;
  await doDaily(past.plumbline.server);
  await past.stop();
  await server.start();

  const page = (await computer({ width: 1440 })).page();
  const inspector = newInspector();
  await join(page, lead.link);
  await expectOpen(page);
  await expectProved(page);
  await openOrganisation(page);
  await page.getByRole('tab', { name: 'Keeping and erasing' }).click();
  await expect(page.getByRole('heading', { name: 'Certificates of erasure (1)' })).toBeVisible();
  await inspector.look(page, 'keeping and erasing');

  await page.getByLabel('Months after the last change of a closed audit').fill('none');
  await button(page, 'Save').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await inspector.look(page, 'a period that is none');
  await page.getByLabel('Months after the last change of a closed audit').fill('24');
  await button(page, 'Save').click();
  // What is here was closed half a year ago and erased, or is open: nothing more would go.
  await expect(page.getByRole('dialog').getByText(/^On .* it erases 0 audits\.$/)).toBeVisible();
  await inspector.look(page, 'the question before a period is set');
  await button(page, 'Set the period').click();
  await expect(page.getByText('24 months. Nothing is erased under it before')).toBeVisible();
  await page.getByLabel('Days after which a laptop drops its copy by itself').fill('30');
  await button(page, 'Save').click();
  await expect(
    page.getByRole('dialog').getByText('was not compared with the council’s server for 30 days'),
  ).toBeVisible();
  await inspector.look(page, 'the question before laptops drop their copies');
  await button(page, 'Let them drop it').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await openAt(page, `${server.url}/audit/${old}`);
  await expect(page.getByText('The content of this audit was erased on')).toBeVisible();
  await expect(page.getByText('It was erased under the period that')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'An audit that was erased' })).toBeVisible();
  const kept = page.locator('section').filter({ has: page.getByRole('heading', { name: 'What was kept' }) });
  await expect(kept.getByText('Inadequate')).toHaveCount(2);
  for (const empty of ['Nothing written', 'Not answered', 'Not asked', '\u2014'])
    await expect(page.locator('main').getByText(empty, { exact: true })).toHaveCount(0);
  await inspector.look(page, 'an audit that was erased');

  const submitted = auditEdits(place.id, auditor.id, { ...graded, at: Date.now() });
  await writeAs(writer, ...submitted);
  await openAt(page, `${server.url}/audit/${place.id}`);
  await button(page, 'Put a hold on the whole case').click();
  await page.getByLabel('Why must it be kept?').fill('A review has asked for it');
  await page.getByRole('dialog').getByRole('button', { name: 'Put a hold on the whole case' }).click();
  await expect(page.getByText('Every audit of this case is under a legal hold')).toBeVisible();
  await inspector.look(page, 'an audit under a hold');
  await expectProved(page);
  await openOrganisation(page);
  await page.getByRole('tab', { name: 'Keeping and erasing' }).click();
  await expect(page.getByRole('link', { name: reference })).toBeVisible();
  await inspector.look(page, 'the list of holds');
  await page.getByRole('link', { name: reference }).click();
  await button(page, 'Lift the hold').click();
  await page.getByLabel('Why may the hold end?').fill('The review has ended');
  await page.getByRole('dialog').getByRole('button', { name: 'Lift the hold' }).click();
  await expect(button(page, 'Put a legal hold on')).toBeVisible();
  inspector.expectNothingWrong(7);
});
