/**
 * One person on a host that only has files: no API, no page for other addresses, no header. Set up, grade, come back without a
 * network, forget the passphrase, remove everything; and nobody is ever asked for anything but those files.
 */
import { expect, type Page } from '@playwright/test';
import { assessmentAnswers } from './support/answers.ts';
import { test } from './support/static-fixture.ts';
import { rowCounts } from './support/laptop-rows.ts';
import { alone, databases, keepCode, remembered, setUpAlone } from './pages/alone.ts';
import { expectSection, goTo, gradeOf, gradeSection, place, recordVoice } from './pages/audit-form.ts';
import { readThrough, submit } from './pages/check-audit.ts';
import { expectInstalled, expectOpen, passphrase, toSignIn, unlock } from './pages/doors.ts';
import { auditRow, openAudit, openMyAudits, startAudit } from './pages/my-audits.ts';
import { addService, addTeam, openOrganisation } from './pages/organisation.ts';
import { countWhat, figure, openPercentages } from './pages/percentages.ts';
import { openThisLaptop, saveState } from './pages/this-laptop.ts';

const reference = 'CASE-5001';
const work = { reference, tool: 'Assessment Service', service: 'Assessment', team: 'Team North' } as const;

/** Nothing on the screen speaks of a server, of sending or of anything that waits. */
async function expectNothingOfSending(page: Page): Promise<void> {
  const text = await page.evaluate(() => `${document.body.innerText} ${document.title}`);
  expect(text).not.toMatch(/\bsent\b|\bsync|server|changes? waiting|to send|sign out|offline/i);
  await expect(saveState(page)).toHaveText('Saved on this laptop');
  await expect(page.getByRole('banner').getByText('On this laptop only')).toBeVisible();
}

async function startOne(page: Page): Promise<void> {
  await openOrganisation(page);
  await addService(page, work.service);
  await addTeam(page, work.service, work.team);
  await openMyAudits(page);
  await startAudit(page, { ...work, selection: 'Random sample' });
}

test('One person sets up, grades and counts on a host that only has files, and nobody else is asked for anything', async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  const page = laptop.page();
  await page.goto(host.url);
  const code = await setUpAlone(page);
  await keepCode(page, code);
  await expect(page.getByRole('banner').getByText(alone.organisation)).toBeVisible();
  await expectNothingOfSending(page);
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Allocate' })).toHaveCount(0);
  await expectInstalled(page);

  await startOne(page);
  const [first, second] = assessmentAnswers;
  if (first === undefined || second === undefined) throw new Error('The tool has two sections at least.');
  await gradeSection(page, first);
  await expectNothingOfSending(page);
  await host.stop();
  await laptop.close();

  await test.step('started again without a network, at a deep address', async () => {
    const again = await laptop.open();
    await again.goto(`${host.url}/percentages`);
    await unlock(again);
    await expect(again.getByRole('heading', { level: 1, name: 'Percentages' })).toBeVisible();
    await openMyAudits(again);
    await expect(auditRow(again, reference)).toContainText('1 of 9 sections');
    await openAudit(again, reference);
    await expectSection(again, first);
    for (const answers of assessmentAnswers.slice(1)) {
      await goTo(again, answers.title);
      await gradeSection(again, answers);
    }
    await goTo(again, 'What people said');
    for (const who of ['The practitioner', 'The child or young person', 'A parent or carer']) {
      await recordVoice(again, who, { because: 'Made up.' });
    }
    await goTo(again, 'Overall grade');
    await gradeOf(place(again, 'Overall grade'), 'Requires improvement').check();
    await readThrough(again);
    await submit(again);
    await expectNothingOfSending(again);
    await openPercentages(again);
    await countWhat(again, 'Overall grades');
    await expect(figure(again, 'All', /^1 requires improvement/)).toBeVisible();
    await expectNothingOfSending(again);
    await openThisLaptop(again);
    await expect(again.getByText('The only copy of your work is on this laptop')).toBeVisible();
    expect((await rowCounts(again))['confirmed']).toBe(0);
    await again.getByRole('link', { name: 'What these words mean, and what Plumbline promises' }).click();
    await expect(again.getByRole('heading', { level: 1, name: 'What Plumbline promises' })).toBeFocused();
    await expectNothingOfSending(again);
  });

  expect(laptop.rules.errors).toEqual([]);
  expect(host.asked.filter((path) => path.startsWith('/api'))).toEqual([]);
});

test('A forgotten passphrase is replaced by the code on paper, typed as people type, and the work is there', async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  const page = laptop.page();
  await page.goto(host.url);
  const code = await setUpAlone(page);
  await page.getByRole('button', { name: 'I have it on paper' }).click();
  await page.getByLabel('Groups 7 and 8 of your code').fill('12345 67890');
  await page.getByRole('button', { name: 'Open Plumbline' }).click();
  await expect(page.getByRole('alert').getByText('Those are not groups 7 and 8')).toBeVisible();
  await page.getByRole('button', { name: 'Show the code again' }).click();
  await keepCode(page, code);
  await startOne(page);
  await page.keyboard.press('2');
  await expect(gradeOf(place(page, 'Allocation and start'), 'Good')).toBeChecked();
  await expect(place(page, 'Allocation and start').getByText('Saved on this laptop')).toBeVisible();
  await page.keyboard.press('Control+Alt+KeyL');

  await page.getByRole('button', { name: 'I have forgotten my passphrase' }).click();
  const next = 'another made-up passphrase';
  const enter = async (typed: string): Promise<void> => {
    await page.getByLabel('Recovery code', { exact: true }).fill(typed);
    await page.getByLabel('Choose a passphrase', { exact: true }).fill(next);
    await page.getByLabel('Type the passphrase again', { exact: true }).fill(next);
    await page.getByRole('button', { name: 'Save and open' }).click();
  };
  const wrong = [...code];
  wrong[4] = `${wrong[4]?.slice(0, 4)}${wrong[4]?.endsWith('7') ? '8' : '7'}`;
  await enter(wrong.join(' '));
  await expect(page.getByRole('alert').getByText('There is a slip in group 5.')).toBeVisible();
  await enter(code.slice(0, 7).join(' '));
  await expect(page.getByRole('alert').getByText('you have typed 35')).toBeVisible();
  await enter(code.join('-').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'));
  await expectOpen(page);
  await expect(gradeOf(place(page, 'Allocation and start'), 'Good')).toBeChecked();

  await laptop.close();
  const again = await laptop.open();
  await again.goto(host.url);
  await again.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await again.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(again.getByRole('alert').getByText('That is not the passphrase for this laptop.')).toBeVisible();
  await again.getByLabel('Passphrase', { exact: true }).fill(next);
  await again.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expectOpen(again);
  await expect(auditRow(again, reference)).toBeVisible();
  expect(host.asked.filter((path) => path.startsWith('/api'))).toEqual([]);
});

test('A browser that dies while the code is being written down leaves nothing half set up', async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  await laptop.page().goto(host.url);
  await setUpAlone(laptop.page());
  expect(await databases(laptop.page())).toHaveLength(2);
  await laptop.kill();
  const page = await laptop.open();
  await page.goto(host.url);
  await expect(page.getByRole('heading', { level: 1, name: 'How do you want to work?' })).toBeVisible();
  expect(await databases(page)).toEqual(['plumbline-keyring']);
});

test('Removing everything takes the word for it, closes the other tab, and leaves neither keys nor a database', async ({
  host,
  computer,
}) => {
  const laptop = await computer();
  const page = laptop.page();
  await page.goto(host.url);
  await keepCode(page, await setUpAlone(page));
  await startOne(page);
  await page.keyboard.press('n');
  await expect(place(page, 'Child seen and understood')).toBeVisible();
  const other = await laptop.tab();
  await other.goto(host.url);
  await expectOpen(other);

  await openThisLaptop(page);
  await page.getByRole('button', { name: 'Remove everything' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Remove everything' }).click();
  await expect(dialog.getByText('Type the word “remove”, or choose Cancel')).toBeVisible();
  await dialog.getByLabel('To go on, type the word').fill('Remove');
  await dialog.getByRole('button', { name: 'Remove everything' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'How do you want to work?' })).toBeVisible();
  await expect(other.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
  expect(await databases(page)).toEqual(['plumbline-keyring']);
  expect(await remembered(page)).toEqual([]);
  const rows = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('plumbline-keyring');
        opening.onerror = () => reject(opening.error ?? new Error('The keyring did not open'));
        opening.onsuccess = () => {
          const counting = opening.result.transaction('keyrings').objectStore('keyrings').count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
  expect(rows).toBe(0);
});

test('On a host without a server, signing in says so honestly and leads back to the other doors', async ({
  host,
  computer,
}) => {
  const page = (await computer()).page();
  await page.goto(host.url);
  await toSignIn(page);
  await page.getByLabel('Email address', { exact: true }).fill(alone.email);
  await page.getByLabel('Password', { exact: true }).fill('a made-up password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').getByText('Something other than the council’s server answered')).toBeVisible();
  await page.getByRole('button', { name: 'Other ways to start' }).click();
  await expect(page.getByRole('button', { name: 'Work on this laptop only' })).toBeVisible();
});
