/**
 * Every hostile text in every field that takes one, looked at: on each screen of somebody who reads everything, on paper, and
 * in the file that a person is given who asks what is held about them. It is text wherever it stands: no element is made of
 * it, nothing runs, and no address comes from it (FAULTS S14). What a screen breaks of the page's policy fails every flow.
 */
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { newId, type Edit } from '../server/client.ts';
import { inEveryField, type InEveryField } from '../server/corpus/corpus-edits.ts';
import { hostileTexts } from '../server/corpus/hostile-texts.ts';
import { signInAfresh } from './pages/doors.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { expectProved } from './support/one-audit.ts';

/** Those that a field keeps, and that fit into one push in every field at once. */
const texts = hostileTexts.filter((text) => !/[\0\ud800-\udfff]/u.test(text) && text.length <= 2_000);
/** One in so many audits is opened; so many are left open, to be worked on. */
const everyRead = 8;
const leftOpen = 4;

const isEnd = ([first]: readonly Edit[]): boolean => ['submitted', 'correction:a'].includes(first?.unit ?? '');

/** What is in the page that must not be: elements, addresses and marks that came out of a text. */
const wrongIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('[data-corpus], #corpus, a[id=document]')];
    const addresses = [...document.querySelectorAll('[href], [src], [action], [formaction], [srcdoc]')].filter(
      (element) =>
        ['href', 'src', 'action', 'formaction', 'srcdoc'].some((name) =>
          /^\s*(javascript|vbscript|data:text|\/\/evil)|evil\.example/i.test(element.getAttribute(name) ?? ''),
        ),
    );
    const ran = 'corpusRan' in window ? ['a text ran'] : [];
    return [...ran, ...[...all, ...addresses].map(({ outerHTML }) => outerHTML.slice(0, 200))];
  });

/** Everything that the page shows, also in what is filled in. */
const shownIn = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.body.innerText,
      ...[...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].map(
        ({ value }) => value,
      ),
      ...[...document.querySelectorAll('option')].map(({ text }) => text),
    ].join('\n'),
  );

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Goes to an address inside the open app, as a link does. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** What a screen shows is text, on the screen and on paper; `holds` is somewhere in it. */
async function expectText(page: Page, name: string, holds: string): Promise<void> {
  await expect.poll(async () => plain(await shownIn(page)), name).toContain(plain(holds));
  expect(await wrongIn(page), name).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect((await page.pdf()).length, `${name}, on paper`).toBeGreaterThan(1_000);
  expect(await wrongIn(page), `${name}, on paper`).toEqual([]);
  await page.emulateMedia({ media: 'screen' });
}

/** What was written of a record in a unit. */
const valueOf = ({ groups }: InEveryField, kind: string, unit: string): Record<string, unknown> =>
  groups.flat().find((edit) => edit.kind === kind && edit.unit === unit)?.value as Record<string, unknown>;
const textOf = (made: InEveryField, kind: string, unit: string, field: string): string =>
  String(valueOf(made, kind, unit)[field]);

test('A hostile text is text on every screen, on paper, and in what somebody is given who asks', async ({
  server,
  authority,
  computer,
}) => {
  expect(texts.length).toBeGreaterThan(70);
  const lee = await authority.addPerson('Lee Example', [grant('qa-lead'), grant('auditor')]);
  const writer = await authority.laptopOf(lee);
  const made = texts.map((text) => inEveryField(text, lee.id, newId));
  for (const [at, { groups, refused }] of made.entries()) {
    const wanted = groups.filter(
      (edits) => !edits.some((edit) => refused.has(edit)) && !(at < leftOpen && isEnd(edits)),
    );
    const { problem } = await writer.push(wanted.flatMap((edits) => writer.seal(edits)));
    expect(problem).toBeUndefined();
  }
  // And what is held for somebody to decide about: changes of an auditor whose audits these are not.
  const ash = await authority.addPerson('Ash Example', [grant('auditor')]);
  const others = await authority.laptopOf(ash);
  for (const { groups } of made.slice(0, leftOpen)) {
    const grading = groups.filter(([edit]) => edit?.unit.startsWith('section:'));
    const { body } = await others.push(grading.flatMap((edits) => others.seal(edits)));
    expect(body.results.map(({ outcome }) => outcome)).toEqual(['held']);
  }
  const page = (await computer({ width: 1440 })).page();
  await signInAfresh(page, server.url, lee.email);
  await expectProved(page);

  const [first, last] = [made[0], made.at(-1)] as [InEveryField, InEveryField];
  await expectText(page, 'my audits', textOf(first, 'audit', 'case', 'reference'));
  for (const { audit, evidence } of made.slice(0, leftOpen)) {
    await go(page, `/audit/${audit}`);
    await expectText(page, `a form of ${evidence}`, evidence);
    await go(page, `/audit/${audit}/check`);
    await expectText(page, `read through ${evidence}`, evidence.slice(0, 20));
  }
  for (const { audit, evidence } of made.slice(leftOpen).filter((_, at) => at % everyRead === 0)) {
    await go(page, `/audit/${audit}`);
    await expectText(page, `reading ${evidence}`, evidence);
  }
  await go(page, '/new');
  await expectText(page, 'start an audit', textOf(last, 'service', 'profile', 'name'));
  await go(page, '/allocate');
  await expectText(page, 'allocate', textOf(last, 'service', 'profile', 'name'));
  await go(page, '/import');
  await expectText(page, 'imports', textOf(last, 'import', 'source', 'file'));
  await go(page, '/to-decide');
  await expectText(page, 'to decide', first.evidence);
  await go(page, '/organisation');
  for (const [tab, kind] of [
    ['Services and teams', 'team'],
    ['People', 'person'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await expectText(page, tab, textOf(last, kind, 'profile', 'name'));
  }
  await go(page, '/percentages');
  for (const [dimension, kind] of [
    ['Service', 'service'],
    ['Team', 'team'],
  ] as const) {
    await page.getByLabel('Group by', { exact: true }).selectOption(dimension);
    await expectText(page, `percentages by ${dimension}`, textOf(last, kind, 'profile', 'name'));
  }

  await go(page, '/organisation/subject-access');
  const reference = textOf(last, 'audit', 'case', 'reference');
  await page.getByLabel('Case reference', { exact: true }).fill(reference);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.getByRole('button', { name: 'Read everything', exact: true }).click();
  await expectText(page, 'everything held', last.evidence);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download to read (HTML)', exact: true }).click();
  const html = await readFile(await (await saving).path(), 'utf8');

  // A browser without this app's policy, as the person has who opens it at home.
  const home = (await computer()).page();
  await home.setContent(html);
  await expectText(home, 'the file to read', last.evidence);
});
