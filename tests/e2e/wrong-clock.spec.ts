/**
 * A laptop's clock a year ahead, then a year behind, then right again: every change is kept and sent, the order of changes stays
 * the order in which they were made, the server's own order is never a year off, and the screen says what is wrong.
 */
import { expect, type Page } from '@playwright/test';
import { expectOpen, unlock } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import {
  evidence,
  expectForm,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  writeEvidence,
} from './support/one-audit.ts';
import { storedOps, storedUnits } from './support/server-database.ts';
import { clocks, giveClock } from './support/wrong-clock.ts';

const yearMs = 365 * 24 * 60 * 60 * 1000;
const minuteMs = 60_000;

const stages = [
  { name: 'a year ahead', offMs: yearMs, says: /clock is 36\d days ahead of the council’s server/ },
  { name: 'a year behind', offMs: -yearMs, says: /clock is 36\d days behind the council’s server/ },
  { name: 'right again', offMs: 0, says: null },
] as const;

test('A clock that is a year off loses nothing and mixes nothing up, ahead or behind, and says so', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer({ serviceWorkers: 'block' });
  const clock = await giveClock(laptop.context());
  const page = await joinAndOpen(laptop, audit);
  let text = '';
  for (const { name, offMs, says } of stages) {
    clock.setOff(offMs);
    // Without an answer of the server first: nothing has told this laptop yet that its clock is wrong.
    clock.setConnected(false);
    await page.reload();
    await unlock(page);
    await expectForm(page);
    await expectClocks(page, offMs);
    text += await write(page, `Offline, ${name}. `);
    await page.keyboard.press('2');
    await expectSaved(page);
    clock.setConnected(true);
    await expectProved(page);
    text += await write(page, `Online, ${name}. `);
    await page.keyboard.press('3');
    await expectSaved(page);
    await expectProved(page);
    await expect(evidence(page)).toHaveValue(text);
    const message = page.getByRole('region', { name: 'Messages about this laptop' }).getByText(/clock is/);
    if (says === null) await expect(message).toHaveCount(0);
    else await expect(message).toHaveText(says);
    await expect
      .poll(() => storedUnits(server, audit.id)['section:allocation-start']?.value)
      .toMatchObject({ evidence: text, grade: 'requires-improvement' });
  }

  const ops = storedOps(server, audit.id).filter(({ unit }) => unit === 'section:allocation-start');
  expect(ops.length).toBeGreaterThanOrEqual(stages.length * 2);
  for (const [at, op] of ops.entries()) {
    expect(op.accepted).toBe(1);
    expect(op.order_ms).toBeLessThanOrEqual(op.received_ms + minuteMs);
    const before = ops[at - 1];
    if (before !== undefined) expect(op.order_ms).toBeGreaterThanOrEqual(before.order_ms);
  }
  await expectOpen(page);
});

async function write(page: Page, text: string): Promise<string> {
  await writeEvidence(page, text);
  await expectSaved(page);
  return text;
}

/** The page and its workers really have the wrong clock. The one that counts has not been started by then. */
async function expectClocks(page: Page, offMs: number): Promise<void> {
  await expect.poll(() => page.workers().length).toBe(2);
  const seen = await clocks(page);
  expect(Object.keys(seen).sort()).toEqual(['page', 'plumbline-sleep', 'plumbline-sync']);
  for (const ms of Object.values(seen)) expect(Math.abs(ms - Date.now() - offMs)).toBeLessThan(minuteMs);
}
