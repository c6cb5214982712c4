/**
 * A laptop that is lost hands over what it had not sent, and only then is its copy gone; one that is stolen loses it at once,
 * locked as it is. Told by a QA lead at the list of laptops; its person sees on the laptop, and at the next sign-in, what happened.
 */
import { expect, type Page } from '@playwright/test';
import { expectInstalled, join, signInAfresh, unlock } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { grant, password } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectProved, expectSaved, joinAndOpen, makeOneAudit, reference, writeEvidence } from './support/one-audit.ts';
import { storedOps, storedUnits } from './support/server-database.ts';

const removed = 'The copy on this laptop has been removed';

/** What this origin still has: databases with how many rows, names in its own storage, addresses in its caches. */
const traces = (page: Page): Promise<Record<string, readonly string[]>> =>
  page.evaluate(async () => {
    const rows = async (name: string): Promise<string[]> => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error ?? new Error(name));
      });
      const found: string[] = [];
      for (const store of db.objectStoreNames) {
        const count = await new Promise<number>((resolve) => {
          const asking = db.transaction(store).objectStore(store).count();
          asking.onsuccess = () => resolve(asking.result);
        });
        if (count > 0) found.push(`${name}/${store}: ${count}`);
      }
      db.close();
      return found;
    };
    const databases: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) databases.push(...(await rows(name)));
    const cached: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) if (url.includes('/api/')) cached.push(url);
    return { databases, notes: Object.keys(localStorage), cached };
  });

const cardOf = (page: Page, who: string) => page.getByRole('listitem').filter({ hasText: who });

async function openList(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'This laptop' }).click();
  await page.getByRole('button', { name: 'Laptops', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Laptops' })).toBeVisible();
}

test('A lost laptop sends what it had not sent and then forgets its copy; a stolen one forgets it locked', async ({
  server,
  authority,
  computer,
}) => {
  const screens = newInspector();
  const audit = await makeOneAudit(authority);
  const sam = await authority.addPerson('Sam Example', [grant('qa-lead')]);
  const lead = (await computer()).page();
  await join(lead, sam.link);
  const laptop = await computer();
  const page = await joinAndOpen(laptop, audit);
  await expectInstalled(page);
  await server.stop();
  await writeEvidence(page, 'Written on the train.');
  await expectSaved(page);
  await laptop.close();
  await server.start();
  expect(storedOps(server, audit.id).filter(({ unit }) => unit.startsWith('section:'))).toEqual([]);

  await openList(lead);
  await lead.getByLabel('Find a person or a laptop').fill('avery');
  await expect(lead.getByText('1 of 3 laptops')).toBeVisible();
  await expect(cardOf(lead, 'Avery Example')).toContainText('Chrome on');
  await screens.look(lead, 'laptops');
  await cardOf(lead, 'Avery Example').getByRole('button', { name: 'Remove the copy' }).click();
  await expect(lead.getByText('Nothing happens before this laptop is online')).toBeVisible();
  await lead.getByLabel('It is lost, or has been handed back').check();
  await lead.getByLabel('Reason (optional)').fill('Left on a train');
  await screens.look(lead, 'removing a copy');
  await lead.getByRole('button', { name: 'Remove the copy' }).click();
  await expect(cardOf(lead, 'Avery Example')).toContainText('To be removed');
  await expect(cardOf(lead, 'Avery Example')).toContainText('Nothing happens until it is online');

  // Locked it keeps what nobody else has; unlocked it hands it over, and goes.
  let found = await laptop.open();
  await found.goto(server.url);
  await expect(found.getByText('It has 1 change not sent. Unlock it while you are online')).toBeVisible();
  await screens.look(found, 'unlock first');
  await found.getByLabel('Passphrase', { exact: true }).fill('a made-up passphrase');
  await found.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(found.getByRole('heading', { level: 1, name: removed })).toBeVisible();
  await expect(found.getByText('Everything you had saved here is on the council’s server.')).toBeVisible();
  await screens.look(found, 'a copy that has been removed');
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value).toMatchObject({
    evidence: 'Written on the train.',
  });
  expect(await traces(found)).toEqual({ databases: [], notes: ['plumbline-forgotten'], cached: [] });
  await found.reload();
  await found.getByRole('button', { name: 'Continue' }).click();
  await expect(found.getByRole('button', { name: 'Sign in to your council’s server' })).toBeVisible();
  expect((await traces(found))['notes']).toEqual([]);
  await lead.reload();
  await unlock(lead);
  await expect(cardOf(lead, 'Avery Example')).toContainText('it had said that everything on it was handed over');
  await cardOf(lead, 'Avery Example').getByRole('button', { name: 'Report it stolen' }).click();
  await expect(lead.getByText('Whoever has the laptop can make it say so')).toBeVisible();
  await screens.look(lead, 'reporting one that says it is removed');
  await lead.getByRole('link', { name: 'Laptops', exact: true }).click();

  // Set up again, and told what happened. Now it is stolen.
  await signInAfresh(found, server.url, audit.auditor.email);
  await expect(found.getByText('it was asked that the copy on one of your laptops be removed')).toBeVisible();
  await found.getByRole('button', { name: 'I have read this' }).click();
  await found.getByRole('link', { name: reference, exact: true }).click();
  await expectProved(found);
  await server.stop();
  await writeEvidence(found, ' Written by nobody else.');
  await expectSaved(found);
  await laptop.close();
  await server.start();
  await lead.reload();
  await unlock(lead);
  await cardOf(lead, 'Avery Example').getByRole('button', { name: 'Remove the copy' }).click();
  await lead.getByLabel('It is stolen').check();
  await lead.getByRole('button', { name: 'Continue' }).click();
  await expect(lead.getByText('Give a reason: what was not sent is given up').first()).toBeVisible();
  await lead.getByLabel('Reason', { exact: true }).fill('Taken from a car');
  await expect(lead.getByText('Enter your password').first()).toBeVisible();
  await lead.getByLabel('Your password', { exact: true }).fill(password);
  await lead.getByRole('button', { name: 'Continue' }).click();
  await expect(lead.getByRole('dialog')).toContainText('is given up and cannot be brought back');
  await lead.getByRole('button', { name: 'It is stolen: remove the copy' }).click();
  await expect(cardOf(lead, 'Taken from a car')).toContainText('removes the copy at once');

  found = await laptop.open();
  await found.goto(server.url);
  await expect(found.getByRole('heading', { level: 1, name: removed })).toBeVisible();
  await expect(found.getByText('1 change that had not been sent was given up')).toBeVisible();
  expect(await traces(found)).toEqual({ databases: [], notes: ['plumbline-forgotten'], cached: [] });
  expect(storedUnits(server, audit.id)['section:allocation-start']?.value).toMatchObject({
    evidence: 'Written on the train.',
  });
  screens.expectNothingWrong(5);
});
