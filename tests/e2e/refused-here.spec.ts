/**
 * Work on one laptop without a server, in two windows: one submits the audit while the other still holds what was typed. It does
 * not enter the audit, and is kept and shown with its whole text until its person removes it.
 */
import { expect, type Page } from '@playwright/test';
import { keepCode, setUpAlone } from './pages/alone.ts';
import { goTo, place } from './pages/audit-form.ts';
import { gradeAndSubmit } from './pages/check-audit.ts';
import { openMyAudits, startAudit } from './pages/my-audits.ts';
import { addService, addTeam, openOrganisation } from './pages/organisation.ts';
import { openThisLaptop } from './pages/this-laptop.ts';
import { newInspector } from './support/accessible.ts';
import { test } from './support/static-fixture.ts';

const title = 'Allocation and start';
const work = { reference: 'CASE-5002', tool: 'Assessment Service', service: 'Assessment', team: 'Team North' } as const;
const late = 'Typed while the other window handed the audit in: the chronology had a gap of three months.';

const refused = (page: Page) => page.getByRole('region', { name: 'Changes that need your attention' });

test('What is typed in one window as another submits the audit is kept, whole, until it is removed', async ({
  host,
  computer,
}) => {
  test.setTimeout(180_000);
  const inspector = newInspector();
  const laptop = await computer({ width: 1440 });
  const first = laptop.page();
  await first.goto(host.url);
  await keepCode(first, await setUpAlone(first));
  await openOrganisation(first);
  await addService(first, work.service);
  await addTeam(first, work.service, work.team);
  await openMyAudits(first);
  await startAudit(first, { ...work, selection: 'Random sample' });

  const second = await laptop.tab();
  // The window's own clock is what puts a text on the disk: stopped, it stays where it was typed.
  await second.clock.install();
  await second.goto(first.url());
  await goTo(second, title);
  await expect(place(second, title)).toBeVisible();
  await second.clock.pauseAt(Date.now() + 10_000);
  await place(second, title).getByLabel('Evidence', { exact: true }).focus();
  await second.keyboard.type(late);
  await first.bringToFront();
  await gradeAndSubmit(first);
  await second.clock.resume();

  await openThisLaptop(first);
  await expect(refused(first)).toContainText(late);
  await expect(refused(first)).toContainText(work.reference);
  await inspector.look(first, 'refused on a laptop without a server');
  if (process.env['SHOTS']) {
    await refused(first).scrollIntoViewIfNeeded();
    await refused(first).screenshot({ path: '/tmp/shot-refused-1440.png' });
    await first.setViewportSize({ width: 320, height: 640 });
    await refused(first).screenshot({ path: '/tmp/shot-refused-320.png' });
    await first.setViewportSize({ width: 1440, height: 900 });
  }
  await refused(first).getByRole('button', { name: 'Remove from this laptop' }).click();
  await inspector.look(first, 'asking whether to remove it');
  await first.getByRole('dialog').getByRole('button', { name: 'Remove from this laptop' }).click();
  await expect(refused(first)).toHaveCount(0);
  inspector.expectNothingWrong(2);
});
