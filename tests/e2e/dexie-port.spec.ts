/**
 * The store's port keeps its promises on a real Chromium's IndexedDB, with a profile on disk: the same conformance suite that
 * the memory port and Dexie on a fake IndexedDB keep, on a page of the tests' own.
 */
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { onPage } from '../bench/page.ts';

test('The port on IndexedDB passes its conformance suite in Chromium', async () => {
  const entry = fileURLToPath(new URL('./support/port-page.ts', import.meta.url));
  const { failures, passed, total } = await onPage(entry, (page) => page.evaluate(() => window.runConformance()));
  expect(failures).toBe('');
  expect(passed).toBe(total);
  expect(total).toBeGreaterThanOrEqual(15);
});
