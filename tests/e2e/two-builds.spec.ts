/**
 * Two builds on one laptop: an older one open in a tab, a newer one with more in its database in another. The older saves what
 * it has and writes no more; a window that gets in the way is named, and the newer goes on by itself once it is closed.
 */
import { expect, type Page } from '@playwright/test';
import { schemaVersion } from '../../src/store/schema.ts';
import { writerVersion } from '../../src/store/state.ts';
import { expectInstalled } from './pages/doors.ts';
import { setUpAuthority } from './support/authority.ts';
import { buildApp } from './support/build.ts';
import { startCouncilServer } from './support/council-server.ts';
import { newDeployment } from './support/deployment.ts';
import { test } from './support/fixtures.ts';
import { expectOffered } from './support/newer-build.ts';
import { evidence, expectForm, expectSaved, joinAndOpen, makeOneAudit, saveLine } from './support/one-audit.ts';

const messages = (page: Page) => page.getByRole('region', { name: 'Messages about this laptop' });
const updateNow = (page: Page) => page.getByRole('button', { name: 'Update now' });

/** Holds the only person's database open, and listens to nothing. Answers its version. */
const holdOpen = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const [name] = (await indexedDB.databases()).flatMap(({ name: one = '' }) =>
      /^plumbline-[0-9a-f]{32}$/.test(one) ? [one] : [],
    );
    if (name === undefined) throw new Error('There is no database');
    return new Promise<number>((done, failed) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        Object.assign(window, { held: request.result });
        done(request.result.version);
      };
      request.onerror = () => failed(request.error ?? new Error('not opened'));
    });
  });

test('An older build saves what it has and is shut out; a window in the way is named; everything goes on in the newer one', async ({
  computer,
}) => {
  const newer = await buildApp('newer-schema', {
    'src/store/schema.ts': (source) =>
      source
        .replace(/\n\];\n/, `\n  { version: ${schemaVersion + 1}, tables: { later: 'id' } },\n];\n`)
        .replace(`schemaVersion = ${schemaVersion}`, `schemaVersion = ${schemaVersion + 1}`),
    'src/store/state.ts': (source) =>
      source.replace(`writerVersion = ${writerVersion}`, `writerVersion = ${writerVersion + 1}`),
  });
  const deployment = newDeployment();
  const server = await startCouncilServer({ DIST_DIR: deployment.folder });
  try {
    const audit = await makeOneAudit(await setUpAuthority(server));
    const laptop = await computer();
    const older = await joinAndOpen(laptop, audit);
    await expectInstalled(older);
    const inTheWay = await laptop.tab();
    await inTheWay.goto(`${server.url}/api/nothing`);
    expect(await holdOpen(inTheWay)).toBe(schemaVersion * 10);
    const other = await laptop.tab();
    await other.goto(server.url + audit.path);
    await expectForm(other);

    deployment.put(newer);
    await expectOffered(older, updateNow(older));
    await older.keyboard.press('e');
    await expect(evidence(older)).toBeFocused();
    await older.keyboard.type('Written in the older build.');
    await updateNow(other).click();
    const blocked = 'Close the other Plumbline windows of this browser. This one goes on by itself.';
    await expect(other.getByText(blocked)).toBeVisible();

    await expect(messages(older)).toContainText('A newer version of Plumbline is open on this laptop');
    await older.keyboard.type(' And more that cannot be saved.');
    await expect(saveLine(older)).toHaveText('Not saved yet');
    await expect(messages(older)).toContainText('It is kept, encrypted');

    await inTheWay.close();
    await expectForm(other);
    await expect(evidence(other)).toHaveValue('Written in the older build.');
    await other.keyboard.press('3');
    await expectSaved(other);
    await expect(evidence(older)).toHaveValue('Written in the older build. And more that cannot be saved.');

    await updateNow(older).click();
    await expectForm(older);
    const both = 'Written in the older build. And more that cannot be saved.';
    await expect(evidence(older)).toHaveValue(both);
    await expect(evidence(other)).toHaveValue(both);
    await expect(other.getByRole('radio', { name: /^Requires improvement/ })).toBeChecked();
    await older.keyboard.press('e');
    await expect(evidence(older)).toBeFocused();
    await older.keyboard.press('Control+End');
    await older.keyboard.type(' And in the newer.');
    await older.keyboard.press('Escape');
    await expectSaved(older);
    await expect(evidence(other)).toHaveValue(`${both} And in the newer.`);
    await expect(messages(older).getByRole('alert')).toHaveCount(0);
  } finally {
    await server.remove();
    deployment.remove();
  }
});
