/**
 * Each of the three threads ended in the middle of a question, and one whose file does not load: it is said within seconds,
 * nothing is stored twice, and the next try has a new thread (FAULTS 15).
 */
import { expect, type Page } from '@playwright/test';
import * as doors from './pages/doors.ts';
import { csv, offerFile, expectRows, openImports } from './pages/import.ts';
import { openAudit, openMyAudits } from './pages/my-audits.ts';
import { groupBy, openPercentages, readTable } from './pages/percentages.ts';
import { expectOnServer, openThisLaptop } from './pages/this-laptop.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectSaved, reference, sections } from './support/one-audit.ts';
import { storedOps } from './support/server-database.ts';

type ThreadName = 'plumbline-sync' | 'plumbline-summary' | 'plumbline-import';

/** From now on the named thread is ended as it is asked its next question. */
const killAtNextQuestion = (page: Page, name: ThreadName): Promise<void> =>
  page.evaluate((dying) => void Object.assign(window, { dying }), name);

/** Every thread that the page starts can be ended under it, without a word to the page. */
function watchThreads(): void {
  const Real = window.Worker;
  window.Worker = class extends Real {
    readonly #name: string;
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.#name = options?.name ?? '';
    }
    override postMessage(...args: [never]): void {
      const at = window as unknown as { dying?: string };
      if (at.dying === this.#name) {
        delete at.dying;
        this.terminate();
      }
      super.postMessage(...args);
    }
  };
}

/** Far below what a call may take: a thread that is gone is noticed, not waited for. */
const soon = { timeout: 15_000 };

test('A thread that dies in the middle of a question is noticed, and the next one goes on', async ({
  server,
  authority,
  computer,
}) => {
  const service = await authority.addService('Assessment');
  const team = await authority.addTeam(service, 'Team North');
  const person = await authority.addPerson('Bo Example', [grant('auditor'), grant('qa-lead')]);
  const audit = await authority.allocate(reference, person, { service, team });
  const laptop = await computer();
  await laptop.context().addInitScript(watchThreads);
  const page = laptop.page();
  await doors.join(page, person.link);
  await expectOnServer(page);

  await test.step('the thread that syncs', async () => {
    await openMyAudits(page);
    await openAudit(page, reference);
    await server.stop();
    await page.keyboard.press('2');
    await expectSaved(page);
    await openThisLaptop(page);
    await server.start();
    await killAtNextQuestion(page, 'plumbline-sync');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expectOnServer(page);
    const ops = storedOps(server, audit).filter(({ unit }) => unit === `section:${sections[0].id}`);
    expect(ops.length, 'exactly one op').toBe(1);
  });

  await test.step('the thread that counts', async () => {
    await openPercentages(page);
    await groupBy(page, 'Team');
    await expect.poll(() => readTable(page).then((rows) => rows.length)).toBeGreaterThan(0);
    await killAtNextQuestion(page, 'plumbline-summary');
    await groupBy(page, 'Service');
    await expect(page.getByRole('table', { name: 'The figures by service' })).toBeVisible(soon);
  });

  await test.step('the thread that imports', async () => {
    await openImports(page);
    const file = csv('graded.csv', 'Case,Team,Grade\n1,Team North,Good\n2,Team North,Inadequate\n');
    await offerFile(page, file);
    await expectRows(page);
    await page
      .getByRole('button', { name: 'Back', exact: true })
      .or(page.getByRole('link', { name: 'Back' }))
      .first()
      .click();
    await killAtNextQuestion(page, 'plumbline-import');
    await offerFile(page, file);
    await expect(page.getByRole('alert').first()).toContainText(/stopped/, soon);
    await offerFile(page, file);
    await expectRows(page);
  });
});

test('A thread whose file does not load is said at once, and tried again when asked', async ({
  authority,
  computer,
}) => {
  const person = await authority.addPerson('Avery Example', [grant('auditor')]);
  const laptop = await computer({ serviceWorkers: 'block' });
  const script = /\/assets\/sync-[^/]+\.js$/;
  await laptop.context().route(script, (route) => route.abort());
  const page = laptop.page();
  await page.goto(person.link);
  await expect(page.getByRole('alert')).toContainText('Part of Plumbline stopped working on this laptop', soon);
  await laptop.context().unroute(script);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByLabel('Choose a password', { exact: true })).toBeVisible();
});
