/**
 * A laptop whose clock is wrong by as much as a flow says, in its pages and in its workers alike. Playwright's own clock does
 * not reach workers, so the app's scripts are given theirs on the way: each begins with a Date that is off. Service workers are
 * switched off for it, or they would answer with the scripts as they were built.
 */
import type { BrowserContext, Page } from '@playwright/test';

export interface Clock {
  /** Counts for what is loaded from now on. */
  setOff(ms: number): void;
  /** Takes the server's answers away, and gives them back; the app's own files still come. */
  setConnected(connected: boolean): void;
}

export async function giveClock(context: BrowserContext): Promise<Clock> {
  let [offMs, connected] = [0, true];
  await context.route('**/api/**', (route) => (connected ? route.continue() : route.abort('internetdisconnected')));
  await context.route('**/assets/*.js', async (route) => {
    const response = await route.fetch();
    const body = `${shiftDate(offMs)}\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  return {
    setOff: (ms) => void (offMs = ms),
    setConnected: (is) => void (connected = is),
  };
}

const shiftDate = (offMs: number): string => `{
  const RealDate = Date;
  const shifted = class extends RealDate {
    constructor(...parts) { super(...(parts.length === 0 ? [RealDate.now() + ${offMs}] : parts)); }
    static now() { return RealDate.now() + ${offMs}; }
  };
  globalThis.Date = shifted;
}`;

/** What the page and each of its workers take for now, by name. */
export async function clocks(page: Page): Promise<Record<string, number>> {
  const workers = page.workers().map(async (worker) => {
    const { name, now } = await worker.evaluate(() => ({ name: self.name, now: Date.now() }));
    return [name, now] as const;
  });
  return Object.fromEntries([['page', await page.evaluate(() => Date.now())], ...(await Promise.all(workers))]);
}
