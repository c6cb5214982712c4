/**
 * A computer whose browser is told by policy to delete what sites keep as it closes (FAULTS 2): whoever comes back to it is told
 * before anything is written. The policy is the system's, and holds for every Chromium on the machine while this runs: so it
 * runs where it may write it, as root, and alone.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, type Page } from '@playwright/test';
import * as doors from '../e2e/pages/doors.ts';
import { checkNotice, keptLine } from '../e2e/pages/first-run.ts';
import { expectOnServer } from '../e2e/pages/this-laptop.ts';
import { test } from '../e2e/support/fixtures.ts';
import { makeOneAudit } from '../e2e/support/one-audit.ts';

const file = '/etc/chromium/policies/managed/plumbline-test.json';
const policies = {
  SyncDisabled: true,
  ClearBrowsingDataOnExitList: ['cookies_and_other_site_data'],
};

test.skip(
  process.getuid?.() !== 0 || !existsSync('/etc/chromium'),
  'only root may set a policy, for Debian’s Chromium',
);

test.afterEach(() => rmSync(file, { force: true }));

const before = (page: Page) => page.getByRole('region', { name: 'Is this a computer you have used before?' });

test('A computer that deletes work as its browser closes is found out over the restart, before the first audit', async ({
  server,
  authority,
  computer,
}) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(policies));
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  await doors.join(laptop.page(), audit.auditor.link);
  await expectOnServer(laptop.page());
  await expect(checkNotice(laptop.page())).toContainText('Close the browser completely');
  await laptop.close();

  const page = await laptop.open();
  await page.goto(server.url);
  await doors.toSignIn(page);
  await doors.signIn(page, audit.auditor.email);
  await expect(before(page)).toContainText('this computer deletes your work when the browser closes: tell your IT');
  await doors.choosePassphrase(page);
  await expect(checkNotice(page), 'it is never said to have passed').toBeVisible();
  await expect(keptLine(page)).toHaveCount(0);
});
