/**
 * An auditor grades in the real browser app while a proxy does harm: what they wrote is saved here at once, the screen never
 * says more than is true, and says what is wrong; after each healing everything is on the server.
 */
import { expect, type Page } from '@playwright/test';
import { test } from '../e2e/support/fixtures.ts';
import {
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  wholeState,
  writeEvidence,
} from '../e2e/support/one-audit.ts';
import { storedOps, storedUnits } from '../e2e/support/server-database.ts';
import { always, type Nemesis } from './nemeses.ts';
import { openProxy } from './proxy.ts';

const offline = /You are offline/;
const notOurs = /Something other than the council’s server answered/;

/** What is on the screen while it lasts; where `says` is null the harm is too small to be seen. `portal`: where redirects lead. */
const nemesesWith = (portal: string): readonly { readonly nemesis: Nemesis; readonly says: RegExp | null }[] => [
  { nemesis: { kind: 'drop' }, says: offline },
  { nemesis: { kind: 'drop-reply' }, says: offline },
  { nemesis: { kind: 'late' }, says: offline },
  { nemesis: { kind: 'truncate' }, says: notOurs },
  { nemesis: { kind: 'stall' }, says: offline },
  { nemesis: { kind: 'stall-reply' }, says: offline },
  { nemesis: { kind: 'too-large', limitBytes: 100 }, says: /have not reached the council’s server|has not reached/ },
  { nemesis: { kind: 'bad-gateway' }, says: notOurs },
  { nemesis: { kind: 'bad-request' }, says: notOurs },
  { nemesis: { kind: 'html' }, says: notOurs },
  { nemesis: { kind: 'redirect', to: portal }, says: notOurs },
  { nemesis: { kind: 'empty' }, says: notOurs },
  { nemesis: { kind: 'garbage' }, says: offline },
  { nemesis: { kind: 'old-reply' }, says: notOurs },
  { nemesis: { kind: 'duplicate' }, says: null },
];

test('Fifteen kinds of harm while an audit is graded: all of it arrives once, and the screen says what is true', async ({
  server,
  authority,
  computer,
}) => {
  test.setTimeout(2_400_000);
  const proxy = await openProxy(() => server.url);
  const portal = await openProxy(() => server.url);
  try {
    const made = await makeOneAudit(authority);
    const link = made.auditor.link.replace(server.url, proxy.address.replace(/\/$/, ''));
    const laptop = await computer();
    const page = await joinAndOpen(laptop, { ...made, auditor: { ...made.auditor, link } });
    let text = '';
    for (const { nemesis, says } of nemesesWith(`${portal.address}terms`)) {
      proxy.plan(always(nemesis));
      const words = `Under ${nemesis.kind}. `;
      await writeEvidence(page, words);
      text += words;
      await expectSaved(page);
      await expect.poll(() => proxy.struck(nemesis.kind, 'push'), { timeout: 60_000 }).toBeGreaterThan(0);
      if (says !== null) {
        // Trouble is visible within 90 seconds (P8).
        await expect(banner(page, says)).toBeVisible({ timeout: 90_000 });
        await expect(wholeState(page)).toContainText('Saved on this laptop');
      }
      proxy.heal();
      await expectProved(page);
      await expect(wholeState(page)).not.toContainText('Saved on this laptop');
    }
    expect(storedUnits(server, made.id)['section:allocation-start']?.value['evidence']).toBe(text);
    const ops = storedOps(server, made.id).filter(({ unit }) => unit === 'section:allocation-start');
    expect(new Set(ops.map(({ device, seq }) => `${device}:${seq}`)).size).toBe(ops.length);
    expect(ops.every(({ accepted }) => accepted === 1)).toBe(true);
    // The browser names where a redirect leads; nobody went there.
    expect(laptop.rules.takeAbroad().every((asked) => asked.endsWith(` asked ${portal.address}terms`))).toBe(true);
    expect(portal.asked('page')).toBe(0);
    console.log(JSON.stringify(proxy.report()));
  } finally {
    await proxy.close();
    await portal.close();
  }
});

test('What is not sent yet is shown with its age, and “sync now” tries whatever the browser says of the network', async ({
  server,
  authority,
  computer,
}) => {
  const proxy = await openProxy(() => server.url);
  try {
    const made = await makeOneAudit(authority);
    const link = made.auditor.link.replace(server.url, proxy.address.replace(/\/$/, ''));
    const laptop = await computer();
    // Offline, says the browser, with the server there.
    await laptop.context().addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => false }));
    const page = await joinAndOpen(laptop, { ...made, auditor: { ...made.auditor, link } });
    await writeEvidence(page, 'Sent although the browser says offline.');
    await expectProved(page);
    proxy.plan(always({ kind: 'drop' }));
    await writeEvidence(page, ' Not sent yet.');
    await expectSaved(page);
    await wholeState(page).getByRole('link').click();
    await expect(row(page, 'Oldest change not sent')).toContainText(/minute ago/);
    proxy.heal();
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expectProved(page);
  } finally {
    await proxy.close();
  }
});

const banner = (page: Page, says: RegExp) => page.locator('.app-banners').getByText(says);
const row = (page: Page, name: string) => page.locator('.govuk-summary-list__row', { hasText: name });
