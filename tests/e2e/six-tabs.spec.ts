/**
 * Six tabs of one person on one laptop, which lose the network and find it again at once: one of them leads, each change is sent
 * once, and all six show the same. When the leader's tab dies in the middle of a push another takes over, and the server has
 * nothing twice (FAULTS 32).
 */
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { assessmentService } from '../../src/domain/tools/assessment-service.ts';
import { always, type Plan } from '../faults/nemeses.ts';
import { openProxy } from '../faults/proxy.ts';
import { goTo } from './pages/audit-form.ts';
import { test } from './support/fixtures.ts';
import {
  expectForm,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  writeEvidence,
} from './support/one-audit.ts';
import { storedOps, storedUnits } from './support/server-database.ts';

const tabs = assessmentService.sections.slice(0, 6);
const keys = ['1', '2', '3', '4', '1', '2'];
const text = 'Written while the leader’s tab died.';

/** Which pages have asked the server to sync: a thread's requests are those of its page. */
function askers(context: BrowserContext): Set<Page> {
  const asked = new Set<Page>();
  const watch = (page: Page): void => {
    page.on('request', (request) => /\/api\/sync\/(push|pull)$/.test(request.url()) && asked.add(page));
  };
  context.pages().forEach(watch);
  context.on('page', watch);
  return asked;
}

/** What the list of sections says of each: its grade. */
const sectionList = (page: Page) => page.getByRole('navigation', { name: 'Sections' });

test('Six tabs reconnect at once: one leads, each change is sent once; its tab dies mid-push and nothing is doubled', async ({
  server,
  authority,
  computer,
}) => {
  const proxy = await openProxy(() => server.url);
  /** Every op of every push that was begun. */
  const sent: string[] = [];
  const noting =
    (then: Plan): Plan =>
    (passing) => {
      if (passing.kind === 'push') {
        const { ops } = JSON.parse(passing.text()) as { ops: { device: string; seq: number }[] };
        sent.push(...ops.map(({ device, seq }) => `${device}:${seq}`));
      }
      return then(passing);
    };
  try {
    const made = await makeOneAudit(authority);
    const link = made.auditor.link.replace(server.url, proxy.address.replace(/\/$/, ''));
    const laptop = await computer();
    const first = await joinAndOpen(laptop, { ...made, auditor: { ...made.auditor, link } });
    const pages = [first];
    while (pages.length < tabs.length) {
      const page = await laptop.tab();
      await page.goto(new URL(made.path, proxy.address).href);
      await expectForm(page);
      pages.push(page);
    }
    for (const [at, page] of pages.entries()) {
      await page.bringToFront();
      await goTo(page, tabs[at]?.title ?? '');
    }
    proxy.plan(noting(() => null));
    const asked = askers(laptop.context());

    await laptop.context().setOffline(true);
    for (const [at, page] of pages.entries()) {
      await page.bringToFront();
      await page.keyboard.press(keys[at] ?? '');
      await expectSaved(page);
    }
    expect(sent).toEqual([]);
    await laptop.context().setOffline(false);
    for (const page of pages) await expectProved(page);
    expect(asked.size, 'one tab leads').toBe(1);
    expect(sent.length, 'each change is sent once').toBe(tabs.length);
    expect(new Set(sent).size).toBe(tabs.length);
    const shown = await sectionList(first).innerText();
    for (const page of pages) await expect.poll(() => sectionList(page).innerText()).toBe(shown);

    const [leader] = asked;
    const others = pages.filter((page) => page !== leader);
    const [writer] = others;
    if (leader === undefined || writer === undefined) throw new Error('No tab leads');
    proxy.plan(noting(always({ kind: 'stall-reply' }, ['push'])));
    await writer.bringToFront();
    await writeEvidence(writer, text);
    await expectSaved(writer);
    await expect.poll(() => proxy.struck('stall-reply', 'push')).toBe(1);
    asked.clear();
    proxy.plan(noting(() => null));
    const crashed = leader.waitForEvent('crash');
    const devtools = await laptop.context().newCDPSession(leader);
    void devtools.send('Page.crash').catch(String);
    await crashed;
    for (const page of others) await expectProved(page);
    // The dying tab may still have asked, between two of these lines.
    expect(others.filter((page) => asked.has(page)).length, 'one other leads').toBe(1);
    for (const page of others) {
      await goTo(page, tabs[pages.indexOf(writer)]?.title ?? '');
      await expect(page.getByLabel('Evidence', { exact: true })).toHaveValue(text);
    }
    const ops = storedOps(server, made.id).filter(({ unit }) => unit.startsWith('section:'));
    expect(new Set(ops.map(({ device, seq }) => `${device}:${seq}`)).size).toBe(ops.length);
    expect(ops.length, 'six grades and one text').toBe(tabs.length + 1);
    expect(ops.every(({ accepted }) => accepted === 1)).toBe(true);
    const unit = storedUnits(server, made.id)[`section:${tabs[pages.indexOf(writer)]?.id}`];
    expect(unit?.value['evidence']).toBe(text);
  } finally {
    await proxy.close();
  }
});
