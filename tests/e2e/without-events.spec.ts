/** A network that swallows server-sent events: figures still come, by asking now and then. */
import { expect } from '@playwright/test';
import { grant, writeAs } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { auditEdits } from './support/written-audit.ts';
import { join } from './pages/doors.ts';
import { besideFigure, openPercentages } from './pages/percentages.ts';
import { expectOnServer } from './pages/this-laptop.ts';

test('Where server-sent events never arrive, a team lead’s percentages change without a reload, only more slowly', async ({
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const auditor = await authority.addPerson('Avery Auditor', [grant('auditor')]);
  const lead = await authority.addPerson('Lee Lead', [grant('team-lead', [service])]);
  const audit = await authority.allocate('CASE-3001', auditor, { service, team });
  const laptop = await authority.laptopOf(auditor);

  const desktop = await computer();
  let swallowed = 0;
  await desktop.context().route('**/api/sync/pokes**', () => {
    // Neither answered nor refused, as a proxy does that waits for the end of a stream before it passes it on.
    swallowed += 1;
  });
  const page = desktop.page();
  await join(page, lead.link);
  await openPercentages(page);
  await expect(besideFigure(page, 'Not submitted yet')).toHaveText('1');
  await expectOnServer(page);
  await expect.poll(() => swallowed).toBeGreaterThan(0);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  await writeAs(laptop, ...auditEdits(audit, laptop.session.person, { overall: 'inadequate', at: Date.now() }));
  // 45 seconds of silence, then a question every 30 to 60.
  await expect(page.getByText('1 of 1 audit was inadequate.')).toBeVisible({ timeout: 150_000 });
  await expect(besideFigure(page, 'Not submitted yet')).toHaveText('0');
  expect(await page.evaluate(() => 'notReloaded' in window), 'the page was not reloaded').toBe(true);
});
