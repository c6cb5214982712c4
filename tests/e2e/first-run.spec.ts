/** The first hour: shown round by keyboard, and found out before the first audit whether this computer keeps work. */
import { expect, type Page } from '@playwright/test';
import * as doors from './pages/doors.ts';
import { checkNotice, keptLine, lookRound, pointedAt, showRoundAgain } from './pages/first-run.ts';
import { press } from './pages/keys.ts';
import { openMyAudits } from './pages/my-audits.ts';
import { expectOnServer, factOf, openThisLaptop } from './pages/this-laptop.ts';
import { newInspector } from './support/accessible.ts';
import { grant, password } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectForm, makeOneAudit, reference } from './support/one-audit.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const way = (page: Page, name: string) => lookRound(page).getByRole('button', { name });

test('Each role is shown round by keyboard, what is named is what is pointed at, and it does not come back', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const lead = await authority.addPerson('Lee Example', [grant('team-lead', [audit.service])]);
  const qaLead = await authority.addPerson('Sam Example', [grant('qa-lead')]);
  const shown = [
    {
      who: audit.auditor,
      things: ['Your audits', 'Start one yourself', 'Grading is quick', 'There is no Save button', 'Lock'],
    },
    { who: lead, things: ['Ask your question here', 'The answer, with its base', 'Nothing is hidden', 'Take it'] },
    { who: qaLead, things: ['Begin here', 'Give audits out', 'See what comes in', 'There is no Save button'] },
  ];
  for (const { who, things } of shown) {
    const laptop = await computer({ width: 1440 });
    const page = laptop.page();
    await doors.join(page, who.link);
    await expectOnServer(page);
    await expect(lookRound(page)).toBeVisible();
    expect(await page.evaluate(() => document.activeElement?.tagName), 'it takes no focus').toBe('BODY');
    for (const [at, thing] of things.entries()) {
      await expect(lookRound(page)).toContainText(`${at + 1} of ${things.length}`);
      await expect(lookRound(page)).toContainText(thing);
      await expect(pointedAt(page)).toHaveCount(1);
      await expect(pointedAt(page)).toBeInViewport();
      if (at === 1) {
        await inspector.look(page, `${who.name}, shown round`);
        await press(page, way(page, 'Back'), 'Enter');
        await expect(lookRound(page)).toContainText('1 of');
        await press(page, way(page, 'Next'), 'Enter');
      }
      await press(page, way(page, at === things.length - 1 ? 'Done' : 'Next'), 'Enter');
    }
    await expect(lookRound(page)).toHaveCount(0);
    await expect(pointedAt(page)).toHaveCount(0);
    await expect(heading(page), 'the focus goes on with the page').toBeFocused();
    await doors.openAt(page, server.url);
    await expect(heading(page)).toBeVisible();
    await expect(lookRound(page)).toHaveCount(0);
    await showRoundAgain(page);
    await expect(heading(page)).toBeFocused();
    await press(page, way(page, 'Skip'), 'Enter');
    await expect(lookRound(page)).toHaveCount(0);
    await laptop.close();
  }
  inspector.expectNothingWrong(3);
});

test('The look round keeps out of the way of work, and is each person’s own', async ({
  authority,
  computer,
  server,
}) => {
  const audit = await makeOneAudit(authority);
  const other = await authority.addPerson('Bo Example', [grant('auditor'), grant('qa-lead')]);
  const page = (await computer()).page();
  await doors.join(page, audit.auditor.link);
  await page.getByRole('link', { name: reference, exact: true }).click();
  await expectForm(page);
  await expect(lookRound(page)).toHaveCount(0);
  await page.keyboard.press('2');
  await expect(page.getByRole('radio', { name: /^Good/ })).toBeChecked();
  await openMyAudits(page);
  await way(page, 'Skip').click();
  await page.keyboard.press('Control+Alt+KeyL');
  await expect(page.getByRole('heading', { name: 'Unlock Plumbline' })).toBeVisible();

  await doors.join(page, other.link);
  await expect(lookRound(page)).toContainText('Your audits');
  await way(page, 'Skip').click();
  await showRoundAgain(page, 'As a QA lead');
  await expect(lookRound(page)).toContainText('Begin here');
  await expect(page).toHaveURL(`${server.url}/percentages`);
});

test('A tab of a browser that deletes what is not opened for a week says so, and what helps', async ({
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  const safari =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
  await laptop.context().addInitScript((named) => {
    Object.defineProperty(navigator, 'userAgent', { get: () => named });
    navigator.storage.persisted = async () => false;
  }, safari);
  const page = laptop.page();
  await doors.join(page, audit.auditor.link);
  await openMyAudits(page);
  await expect(page.getByText('This browser deletes what Plumbline keeps')).toBeVisible();
  await inspector.look(page, 'a Safari tab');
  inspector.expectNothingWrong(1);
});

test('A computer that keeps work passes once its browser has been closed, and says so once', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const laptop = await computer({ width: 1440 });
  const page = laptop.page();
  await doors.join(page, audit.auditor.link);
  await expect(checkNotice(page)).toContainText('Close the browser completely, open it again and come back.');
  expect(await page.evaluate(() => document.activeElement?.tagName), 'it takes no focus').toBe('BODY');
  await checkNotice(page).getByText('How, and why').click();
  await expect(checkNotice(page)).toContainText('The browser has not promised to keep Plumbline’s storage');
  await expect(checkNotice(page)).toContainText('ClearBrowsingDataOnExitList');
  await inspector.look(page, 'my audits, before the check');
  await page.getByRole('link', { name: reference, exact: true }).click();
  await expectForm(page);
  await expect(page.getByText('Whether this computer keeps your work has not been checked yet.')).toBeVisible();
  await inspector.look(page, 'the form, before the check');

  await test.step('A tab that is closed and opened again is not enough, and it says why', async () => {
    const second = await laptop.tab();
    await page.close();
    await second.goto('about:blank');
    await doors.openAt(second, server.url);
    await expect(checkNotice(second)).toContainText('the browser was not closed completely');
    await inspector.look(second, 'my audits, a tab closed');
  });

  await laptop.close();
  const again = await laptop.open();
  await doors.openAt(again, server.url);
  await expect(keptLine(again)).toBeVisible();
  await expect(checkNotice(again)).toHaveCount(0);
  await inspector.look(again, 'my audits, kept');
  await openThisLaptop(again);
  await expect(factOf(again, 'Storage')).toContainText('This computer kept your work over a restart.');
  await inspector.look(again, 'this laptop, kept');
  await again.keyboard.press('Control+Alt+KeyL');
  await doors.unlock(again);
  await openMyAudits(again);
  await expect(again.getByRole('link', { name: reference, exact: true })).toBeVisible();
  await expect(keptLine(again)).toHaveCount(0);
  await again.getByRole('link', { name: reference, exact: true }).click();
  await expectForm(again);
  await expect(again.getByText('has not been checked yet')).toHaveCount(0);
  inspector.expectNothingWrong(5);
});

test('Where the browser has promised to keep Plumbline’s storage no warning stands anywhere', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  const browser = await laptop.context().newCDPSession(laptop.page());
  await browser.send('Browser.grantPermissions', { origin: server.url, permissions: ['durableStorage'] });
  const page = laptop.page();
  await doors.join(page, audit.auditor.link);
  await expectOnServer(page);
  await checkNotice(page).getByText('How, and why').click();
  await expect(checkNotice(page)).toContainText('The browser has promised to keep Plumbline’s storage.');
  await expect(page.getByText('has not promised to keep')).toHaveCount(0);
  await openThisLaptop(page);
  await expect(factOf(page, 'Storage')).toContainText('The browser has promised to keep Plumbline’s storage.');
  await expect(page.getByText('has not promised to keep')).toHaveCount(0);
});

test('Whoever set up a laptop before and comes to an empty browser is asked whether it was this one', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const first = await computer();
  await first.page().goto(audit.auditor.link);
  await first.page().getByLabel('Choose a password', { exact: true }).fill(password);
  await first.page().getByRole('button', { name: 'Set password and continue' }).click();
  await expect(first.page().getByLabel('Choose a passphrase', { exact: true })).toBeVisible();
  const before = (page: Page) => page.getByRole('region', { name: 'Is this a computer you have used before?' });
  await expect(before(first.page()), 'the first laptop ever').toHaveCount(0);
  await doors.choosePassphrase(first.page());
  await expectOnServer(first.page());
  await first.close();

  // What a browser that deletes everything as it closes leaves behind: nothing.
  const emptied = (await computer({ width: 1440 })).page();
  await emptied.goto(server.url);
  await doors.toSignIn(emptied);
  await doors.signIn(emptied, audit.auditor.email);
  await expect(before(emptied)).toContainText(/You have set up a laptop before, last on \d+ \w+ \d{4} at \d\d:\d\d\./);
  await expect(before(emptied)).toContainText('this computer deletes your work when the browser closes: tell your IT');
  await before(emptied).getByText('For your IT').click();
  await expect(before(emptied)).toContainText('BrowsingDataLifetime');
  await expect(before(emptied)).toContainText('ForceEphemeralProfiles');
  await inspector.look(emptied, 'choosing a passphrase once more');
  await doors.choosePassphrase(emptied);
  await expect(checkNotice(emptied)).toBeVisible();
  inspector.expectNothingWrong(1);
});

test('A browser without a usable database says so and opens nothing', async ({ server, computer }) => {
  const laptop = await computer();
  await laptop.context().addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException(
        'A mutation operation was attempted on a database that did not allow mutations.',
        'InvalidStateError',
      );
    };
  });
  const page = laptop.page();
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'Plumbline cannot open on this laptop' })).toBeVisible();
  await expect(page.getByLabel('Email address')).toHaveCount(0);
});
