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

/** A timer is what puts a text on the disk: stopped, it stays where it was typed. (Playwright's clock is one for all windows.) */
function stoppableTimers(): void {
  const set = window.setTimeout.bind(window);
  let waiting: (() => void)[] | null = null;
  window.addEventListener('stop-timers', () => (waiting ??= []));
  window.addEventListener('run-timers', () => {
    const due = waiting ?? [];
    waiting = null;
    for (const run of due) run();
  });
  const patched = (run: () => void, ms?: number): number =>
    set(() => (waiting === null ? run() : void waiting.push(run)), ms);
  window.setTimeout = patched as typeof window.setTimeout;
}

test('What is typed in one window as another submits the audit is kept, whole, until it is removed', async ({
  host,
  computer,
}) => {
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
  await second.addInitScript(stoppableTimers);
  await second.goto(first.url());
  await goTo(second, title);
  await expect(place(second, title)).toBeVisible();
  await second.evaluate(() => window.dispatchEvent(new Event('stop-timers')));
  await place(second, title).getByLabel('Evidence', { exact: true }).focus();
  await second.keyboard.type(late);
  await first.bringToFront();
  await gradeAndSubmit(first);
  await second.evaluate(() => window.dispatchEvent(new Event('run-timers')));

  await openThisLaptop(first);
  await expect(refused(first)).toContainText(late);
  await expect(refused(first)).toContainText(`${work.reference}: section grade and evidence (${title})`);
  await inspector.look(first, 'refused on a laptop without a server');
  await refused(first).getByRole('button', { name: 'Remove from this laptop' }).click();
  await inspector.look(first, 'asking whether to remove it');
  await first.getByRole('dialog').getByRole('button', { name: 'Remove from this laptop' }).click();
  await expect(refused(first)).toHaveCount(0);
  inspector.expectNothingWrong(2);
});
