/**
 * FAULTS 6. "Saved on this laptop" means that the browser has asked the operating system to flush it to the disk: counted with
 * strace on a real Chromium. Its own default, `relaxed`, asks for nothing; so would our saves if `strict` were lost on the way.
 */
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { canCountFlushes, countFlushes, noStrace } from '../faults/flushes.ts';
import { test } from './support/fixtures.ts';
import { joinAndOpen, makeOneAudit } from './support/one-audit.ts';
import { witness } from './support/said-saved.ts';

const saves = 12;

test('Each save is flushed to the disk before the screen says so, and relaxed writes are not', async ({
  server,
  authority,
  computer,
}) => {
  test.skip(!canCountFlushes(), `SKIPPED: ${noStrace}`);
  const laptop = await computer();
  let keysSaved = 0;
  await witness(laptop.page(), ({ gradeKeys }) => (keysSaved = gradeKeys));
  const page = await joinAndOpen(laptop, await makeOneAudit(authority));
  await server.stop();
  const lock = readlinkSync(join(laptop.profile, 'SingletonLock'));
  const browser = Number(lock.slice(lock.lastIndexOf('-') + 1));

  const saved = await countFlushes(browser, async () => {
    for (let n = 0; n < saves; n += 1) {
      await page.keyboard.press(String((n % 4) + 1));
      await expect.poll(() => keysSaved).toBe(n + 1);
    }
  });
  const strict = await countFlushes(browser, () => write(page, 'strict', saves));
  const relaxed = await countFlushes(browser, () => write(page, 'relaxed', saves));
  console.log(
    `flushes: ${saved} for ${saves} grades, ${strict} for as many strict writes, ${relaxed} for relaxed ones`,
  );
  expect(saved).toBeGreaterThanOrEqual(saves);
  expect(strict).toBeGreaterThanOrEqual(saves);
  expect(relaxed).toBeLessThan(saves / 2);
});

/** One row at a time, in a database of its own. */
const write = (page: Page, durability: IDBTransactionDurability, count: number): Promise<void> =>
  page.evaluate(
    async ({ durability, count }) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(`flushes-${durability}`, 1);
        request.onupgradeneeded = () => request.result.createObjectStore('rows');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('It did not open'));
      });
      for (let n = 0; n < count; n += 1) {
        await new Promise<void>((resolve, reject) => {
          const tx = db.transaction('rows', 'readwrite', { durability });
          tx.objectStore('rows').put({ text: 'x'.repeat(500) }, n);
          tx.oncomplete = () => resolve();
          tx.onabort = () => reject(tx.error ?? new Error('It was not written'));
        });
      }
      db.close();
    },
    { durability, count },
  );
