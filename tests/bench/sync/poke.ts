/**
 * From one person's save to another's screen: a laptop submits audit after audit, and a team lead has the percentages open
 * in the real app on another computer. Once from the save, and once from a push that has no laptop before it.
 */
import type { Page } from '@playwright/test';
import { grant, writeAs } from '../../e2e/support/authority.ts';
import { newComputer } from '../../e2e/support/computer.ts';
import { join } from '../../e2e/pages/doors.ts';
import { openPercentages } from '../../e2e/pages/percentages.ts';
import { newId } from '../../server/client.ts';
import { inFreshProfile } from '../page.ts';
import type { BenchServer } from './bench-server.ts';
import { madeUpAudit } from './made-up.ts';

export interface Pokes {
  /** From the moment a submission was saved on the first laptop to the frame that shows it on the second. */
  readonly fromSaveMs: readonly number[];
  /** From the moment a push was sent. */
  readonly fromPushMs: readonly number[];
}

/** Between two submissions, so that no answer is taken for the next one's. */
const pauseMs = 1_500;
const longestMs = 60_000;

declare global {
  interface Window {
    /** When the screen changed, by this computer's clock. */
    changedMs: number[];
  }
}

export async function benchPokes(server: BenchServer, times: number): Promise<Pokes> {
  const { authority, service, team, person, otherLaptop, laptopAddress } = server;
  const audits: string[] = [];
  for (let number = 0; number < 2 * times; number++) {
    const place = { service: service.id, team: team.id, auditor: person.id };
    const id = newId();
    const units = madeUpAudit(number, place, Date.now()).flat();
    const edits = units.map(({ unit, value }) => ({ record: id, kind: 'audit' as const, unit, value }));
    await writeAs(otherLaptop, ...edits.filter(({ unit }) => unit !== 'submitted'));
    audits.push(id);
  }
  const lead = await authority.addPerson('Lee Lead', [grant('team-lead', [service])]);
  const desktop = await newComputer();
  try {
    const screen = desktop.page();
    await join(screen, lead.link);
    await openPercentages(screen);
    await screen.getByText(String(audits.length)).first().waitFor();
    await watchScreen(screen);
    const fromSaveMs = await inFreshProfile(laptopAddress, async (page) => {
      const { email, password } = person;
      await page.evaluate((account) => window.laptop.signIn(account), { email, password });
      await page.evaluate(() => window.laptop.sync());
      const submit = (audit: string) => page.evaluate((id) => window.laptop.submit(id), audit);
      return each(screen, audits.slice(0, times), submit);
    });
    const fromPushMs = await each(screen, audits.slice(times), async (audit) => {
      const at = Date.now();
      const value = { by: person.id, at, reason: '' };
      await writeAs(otherLaptop, { record: audit, kind: 'audit', unit: 'submitted', value });
      return at;
    });
    return { fromSaveMs, fromPushMs };
  } finally {
    await desktop.remove();
  }
}

/** `submit` answers from when its time counts. */
async function each(
  screen: Page,
  audits: readonly string[],
  submit: (audit: string) => Promise<number>,
): Promise<number[]> {
  const times: number[] = [];
  for (const audit of audits) {
    await screen.waitForTimeout(pauseMs);
    const fromMs = await submit(audit);
    const changed = await screen.waitForFunction((from) => window.changedMs.find((ms) => ms >= from), fromMs, {
      timeout: longestMs,
    });
    times.push(((await changed.jsonValue()) ?? fromMs) - fromMs);
  }
  return times;
}

/** Notes each frame in which the figures read otherwise than before. */
const watchScreen = (screen: Page): Promise<void> =>
  screen.evaluate(() => {
    const main = document.querySelector('main');
    if (main === null) throw new Error('The screen has no main part');
    window.changedMs = [];
    let last = main.innerText;
    const watched = { subtree: true, childList: true, characterData: true };
    // Nothing here has a name of its own: what runs in the page must not need what a loader adds for names.
    new MutationObserver(() => {
      if (main.innerText === last) return;
      last = main.innerText;
      requestAnimationFrame(() => window.changedMs.push(Date.now()));
    }).observe(main, watched);
  });
