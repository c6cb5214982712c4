/**
 * An administrator takes the installed app off the laptops, as docs/deploy.md says: the files of the app and its service
 * worker go, the open page goes on, and what was not sent is there and is handed in (FAULTS 19).
 */
import { expect, type Page } from '@playwright/test';
import { always } from '../faults/nemeses.ts';
import { openProxy } from '../faults/proxy.ts';
import { expectInstalled, unlock } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import { rowCounts } from './support/laptop-rows.ts';
import { lookForNewer } from './support/newer-build.ts';
import {
  comeBack,
  evidence,
  expectForm,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  wholeState,
  writeEvidence,
} from './support/one-audit.ts';
import { storedUnits } from './support/server-database.ts';

/** How many files of the app are kept, and how many service workers there are. */
const installed = (page: Page): Promise<[caches: number, workers: number]> =>
  page.evaluate(async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]);

test('The installed app is taken off a laptop with unsent work: the work stays, is handed in, and the app can come back', async ({
  server,
  authority,
  computer,
}) => {
  const proxy = await openProxy(() => server.url);
  try {
    const made = await makeOneAudit(authority);
    const link = made.auditor.link.replace(server.url, proxy.address.replace(/\/$/, ''));
    const laptop = await computer();
    const page = await joinAndOpen(laptop, { ...made, auditor: { ...made.auditor, link } });
    await expectInstalled(page);
    expect(await installed(page)).toEqual([1, 1]);
    let loads = 0;
    page.on('load', () => (loads += 1));
    proxy.plan(always({ kind: 'drop' }));
    await writeEvidence(page, 'Not sent yet.');
    await expectSaved(page);
    const rows = await rowCounts(page);
    expect(rows['pending']).toBe(1);

    await server.stop();
    await server.start({ SERVICE_WORKER: 'off' });
    await expect.poll(() => lookForNewer(page).then(() => installed(page))).toEqual([0, 0]);
    await writeEvidence(page, ' Nor this.');
    await expectSaved(page);
    expect(loads, 'nothing reloads by itself').toBe(0);
    await page.getByRole('button', { name: 'Update now' }).click();
    await unlock(page);
    await expectForm(page);
    expect(await page.evaluate(() => navigator.serviceWorker.controller), 'the page comes from the server').toBe(null);
    await expect(evidence(page)).toHaveValue('Not sent yet. Nor this.');
    await expect(wholeState(page)).toContainText('Saved on this laptop');
    const grow = { pending: expect.any(Number), changes: expect.any(Number), meta: expect.any(Number) };
    expect(await rowCounts(page), 'nothing is gone').toEqual({ ...rows, ...grow });
    proxy.heal();
    await expectProved(page);
    expect(storedUnits(server, made.id)['section:allocation-start']?.value['evidence']).toBe('Not sent yet. Nor this.');
    await expect.poll(() => installed(page), 'each visit takes it off again').toEqual([0, 0]);

    await server.stop();
    await server.start({ SERVICE_WORKER: 'on' });
    await page.reload();
    await expectInstalled(page);
    await server.stop();
    await laptop.close();
    const again = await comeBack(laptop, new URL(made.path, proxy.address).href);
    await expect(evidence(again)).toHaveValue('Not sent yet. Nor this.');
  } finally {
    await proxy.close();
  }
});
