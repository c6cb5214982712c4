/**
 * Something else answers in the server's place, with a page and status 200: it is not believed, and nothing is lost. Then the
 * server itself answers and fails: that is said too.
 */
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
import { change, storedUnits } from './support/server-database.ts';
import { openPortal } from './support/wifi-portal.ts';

test('A Wi-Fi page in place of the server counts as not connected, a failing server is named; work is kept and sent in the end', async ({
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
  await expectProved(laptop.page());
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value['evidence']).toBe(
    'Written in a hotel. And after a restart.',
  );

  // The real one, that cannot keep what it is sent: more than a moment of that is said, and where the work is.
  change(server, `create trigger no_room before insert on op begin select raise(abort, 'no room'); end`);
  const working = laptop.page();
  await writeEvidence(working, ' While the server was full.');
  await expectSaved(working);
  const messages = working.getByRole('region', { name: 'Messages about this laptop' });
  await expect(messages).toContainText('saved on this laptop but has not reached the council’s server');
  await expect(wholeState(working)).toContainText('Saved on this laptop');
  change(server, 'drop trigger no_room');
  await messages.getByRole('link', { name: 'See the state of your work, or sync now' }).click();
  await working.getByRole('button', { name: 'Sync now' }).click();
  await expectProved(working);
  await expect(messages).not.toContainText('has not reached');
});
