/** Something else answers in the server's place, with a page and status 200: it is not believed, and nothing is lost. */
import { expect } from '@playwright/test';
import { expectInstalled } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import {
  comeBack,
  evidence,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  wholeState,
  writeEvidence,
} from './support/one-audit.ts';
import { storedUnits } from './support/server-database.ts';
import { openPortal } from './support/wifi-portal.ts';

test('A Wi-Fi page in place of the server counts as not connected; work is kept and sent to the real one', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  const page = await joinAndOpen(laptop, audit);
  await expectInstalled(page);
  await server.stop();
  const portal = await openPortal(server.url);
  try {
    await writeEvidence(page, 'Written in a hotel. ');
    await expectSaved(page);
    await expect(page.getByText('Something other than the council’s server answered')).toBeVisible();
    await expect(wholeState(page)).toContainText('Saved on this laptop');
    expect(portal.answered()).toBeGreaterThan(0);

    await laptop.close();
    const again = await comeBack(laptop, server.url + audit.path);
    await expect(evidence(again)).toHaveValue('Written in a hotel. ');
    await writeEvidence(again, 'And after a restart.');
    await expectSaved(again);
    await expect(again.getByText('Something other than the council’s server answered')).toBeVisible();
    await expect(wholeState(again)).toContainText('Saved on this laptop');
  } finally {
    await portal.close();
  }
  await server.start();
  await expectProved(laptop.page(), 60_000);
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value['evidence']).toBe(
    'Written in a hotel. And after a restart.',
  );
});
