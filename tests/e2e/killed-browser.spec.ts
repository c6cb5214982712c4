/**
 * The browser killed with SIGKILL at random moments while somebody grades and types, with the server stopped. A witness in
 * the page wrote down each value of which the screen said "Saved on this laptop"; after each kill all of them are there.
 */
import { expect, type Page } from '@playwright/test';
import { expectInstalled, unlock } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import { evidence, expectForm, joinAndOpen, makeOneAudit, rationale, sections } from './support/one-audit.ts';
import { chance, type Chance } from './support/random.ts';
import { witness, type Seen } from './support/said-saved.ts';

const kills = 20;
const scale = ['outstanding', 'good', 'requires-improvement', 'inadequate'] as const;

/** A grade key as it was pressed, in this life of the browser. */
interface Pressed {
  readonly section: string;
  readonly grade: string;
}

test(`The browser is killed ${kills} times while grading, and nothing that was said saved is missing`, async ({
  server,
  authority,
  computer,
}) => {
  test.setTimeout(400_000);
  const random = chance('killed browser');
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  await joinAndOpen(laptop, audit);
  await expectInstalled(laptop.page());
  await server.stop();
  await laptop.close();

  const said = new Map<string, Seen>();
  let pressed: Pressed[] = [];
  let claims = 0;
  const missing: string[] = [];
  for (let life = 0; life <= kills; life += 1) {
    const page = await laptop.open();
    let grading = false;
    await witness(page, (seen) => {
      if (!grading) return;
      claims += 1;
      said.set(seen.section, seen);
    });
    await page.goto(server.url + audit.path);
    await unlock(page);
    await expectForm(page);
    for (const { id, title } of sections) {
      const found = await readSection(page, id, title);
      missing.push(...missingFrom(found, said.get(id), pressed).map((what) => `after ${life} kills: ${what}`));
      said.set(id, found);
    }
    if (life === kills) break;
    pressed = [];
    grading = true;
    const killed = new Promise((resolve) => setTimeout(resolve, random.between(100, 2_000))).then(() => laptop.kill());
    await gradeUntilGone(page, random, pressed);
    await killed;
  }
  console.log(`killed browser: ${claims} values were said to be saved, ${missing.length} missing after ${kills} kills`);
  expect(missing).toEqual([]);
  expect(claims).toBeGreaterThan(kills * 2);
});

/** Goes to a section by the rail and reads what the form shows. */
async function readSection(page: Page, section: string, title: string): Promise<Seen> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
  const checked = page.locator('.app-grades input:checked');
  return {
    section,
    grade: (await checked.count()) === 0 ? null : await checked.getAttribute('value'),
    evidence: await evidence(page).inputValue(),
    rationale: await rationale(page).inputValue(),
    gradeKeys: 0,
  };
}

/** What was said to be saved and is not there. Text is only ever added to; a grade may have been changed again since. */
function missingFrom(found: Seen, said: Seen | undefined, pressed: readonly Pressed[]): string[] {
  if (said === undefined) return [];
  const later = pressed.slice(said.gradeKeys).filter(({ section }) => section === found.section);
  const grades = [said.grade, ...later.map(({ grade }) => grade)];
  return [
    ...(grades.includes(found.grade) ? [] : [`the grade ${said.grade} of ${said.section}, now ${found.grade}`]),
    ...(found.evidence.startsWith(said.evidence) ? [] : [`evidence “${said.evidence}”, now “${found.evidence}”`]),
    ...(found.rationale.startsWith(said.rationale) ? [] : [`rationale “${said.rationale}”, now “${found.rationale}”`]),
  ];
}

/** Grades, types and goes from section to section by the keyboard, until the browser is gone. */
async function gradeUntilGone(page: Page, random: Chance, pressed: Pressed[]): Promise<void> {
  let at = sections.length - 1;
  const { keyboard } = page;
  const acts = [
    async () => {
      const grade = random.between(0, 3);
      pressed.push({ section: sections[at]?.id ?? '', grade: scale[grade] ?? '' });
      await keyboard.press(String(grade + 1));
    },
    async () => {
      await keyboard.press(random.pick(['e', 'r']));
      await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
      await keyboard.press('Control+End');
      for (let word = random.between(1, 4); word > 0; word -= 1) {
        await keyboard.type(`${random.letters(random.between(2, 9))} `, { delay: random.between(0, 15) });
      }
      await keyboard.press('Escape');
    },
    async () => {
      const to = random.between(0, sections.length - 1);
      for (; at < to; at += 1) await keyboard.press('n');
      for (; at > to; at -= 1) await keyboard.press('p');
      await expect(page.getByRole('heading', { level: 2, name: sections[at]?.title ?? '' })).toBeVisible();
    },
  ];
  try {
    for (;;) await random.pick(acts)();
  } catch (error) {
    if (!/has been closed|Target crashed|Target closed|Browser closed/.test(String(error))) throw error;
  }
}
