/** An audit that is somebody else's: one that may not be read says so, one that may be read can be changed by nobody else. */
import { expect } from '@playwright/test';
import { join, unlock } from './pages/doors.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { openThisLaptop } from './pages/this-laptop.ts';
import {
  evidence,
  expectForm,
  expectProved,
  goInside,
  joinAndOpen,
  makeOneAudit,
  reference,
} from './support/one-audit.ts';

test('An audit of another auditor is not here, and the server has none either', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const stranger = await authority.addPerson('Blake Example', [grant('auditor')]);
  const page = (await computer()).page();
  await join(page, stranger.link);
  await expectProved(page);
  await page.goto(server.url + audit.path);
  await unlock(page);
  await expect(page.getByRole('heading', { level: 1, name: 'This audit is not on this laptop' })).toBeVisible();
  await expect(page.getByText('If it is still not here, ask your QA lead.')).toBeVisible();
  await page.getByRole('button', { name: 'Look for it now' }).click();
  await expect(page.getByRole('status').getByText('The council’s server has no such audit for you.')).toBeVisible();
  await expect(page.getByText(reference)).toHaveCount(0);
});

test('An audit given to somebody else leaves the laptop of whoever is writing in it, and no word of theirs is lost', async ({
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const other = await authority.addPerson('Blake Example', [grant('auditor')]);
  const page = await joinAndOpen(await computer(), audit);
  await page.keyboard.press('e');
  await expect(evidence(page)).toBeFocused();
  let last = '';
  const typing = (async () => {
    for (let word = 1; ; word += 1) {
      await page.keyboard.type(` word${word}`);
      const shown = await evidence(page)
        .inputValue({ timeout: 500 })
        .catch(() => null);
      if (shown === null) return;
      last = shown;
    }
  })();
  await expect(evidence(page)).toHaveValue(/word3/);
  await authority.reallocate(audit.id, other);
  await typing;
  await expect(page.getByRole('heading', { level: 1, name: 'This audit is not on this laptop' })).toBeVisible();
  await expect(page.getByText(/\d+ changes? needs? your attention/)).toBeVisible();
  await expect(page.getByText('What you wrote in an audit is not saved yet.')).toHaveCount(0);
  await openThisLaptop(page);
  await expect(page.getByText(last.split(' ').at(-1) ?? '')).not.toHaveCount(0);
});

test('A team lead reads an audit of their team as it stands, and has nothing to change it with', async ({
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const lead = await authority.addPerson('Lee Example', [grant('team-lead', [audit.service])]);
  const page = (await computer()).page();
  await join(page, lead.link);
  await expectProved(page);
  await goInside(page, audit.path);
  await expectForm(page);
  await expect(page.getByText('This is the audit of Avery Example, who alone can change it.')).toBeVisible();
  await expect(evidence(page)).toHaveCount(0);
  await expect(page.locator('main').locator('input, textarea, select')).toHaveCount(0);
  await page.keyboard.press('1');
  await expectProved(page);
});
