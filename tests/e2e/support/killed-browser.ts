/**
 * Kills the browser with SIGKILL at random moments while somebody grades and types, with the server stopped, and tells what is
 * missing after each. Witnesses in the page wrote down each value of which the screen said "Saved on this laptop", and each
 * keystroke.
 */
import { expect, type Page } from '@playwright/test';
import { expectInstalled, unlock } from '../pages/doors.ts';
import type { MadeAuthority } from './authority.ts';
import type { Computer } from './computer.ts';
import type { CouncilServer } from './council-server.ts';
import { evidence, expectForm, joinAndOpen, makeOneAudit, rationale, sections } from './one-audit.ts';
import { chance, type Chance } from './random.ts';
import { witness, type Seen } from './said-saved.ts';
import { latestSaveMs, missingMs, watchTyping, type Typed } from './typed.ts';

const scale = ['outstanding', 'good', 'requires-improvement', 'inadequate'] as const;

/** A grade key as it was pressed, in this life of the browser. */
interface Pressed {
  readonly section: string;
  readonly grade: string;
}

export interface AfterKills {
  /** How many values were said to be saved, and what of them was missing. */
  readonly claims: number;
  readonly missing: readonly string[];
  /** After each kill, for how long before it something had been typed that was not there, in milliseconds. */
  readonly typedMissingMs: readonly number[];
  /** How much longer than its due time a save took here at most. */
  readonly latestSaveMs: number;
}

/** A text is on its way to the disk this long after a key (`ui/audit-form/unit-editor`). */
const typingMs = 250;

export async function killWhileGrading(
  server: CouncilServer,
  authority: MadeAuthority,
  laptop: Computer,
  kills: number,
): Promise<AfterKills> {
  const random = chance('killed browser');
  const audit = await makeOneAudit(authority);
  await joinAndOpen(laptop, audit);
  await expectInstalled(laptop.page());
  await server.stop();
  await laptop.close();

  const said = new Map<string, Seen>();
  let pressed: Pressed[] = [];
  let [claims, killedMs, latest] = [0, 0, 0];
  const missing: string[] = [];
  const typedMissingMs: number[] = [];
  let [seen, typed]: [Seen[], Typed[]] = [[], []];
  for (let life = 0; life <= kills; life += 1) {
    const page = await laptop.open();
    let grading = false;
    const [before, own]: [Typed[], Typed[]] = [typed, []];
    await witness(page, (one) => {
      if (!grading) return;
      claims += 1;
      said.set(one.section, one);
      seen.push(one);
    });
    await watchTyping(page, (one) => own.push(one));
    await page.goto(server.url + audit.path);
    await unlock(page);
    await expectForm(page);
    const here: Seen[] = [];
    for (const { id, title } of sections) {
      const found = await readSection(page, id, title);
      missing.push(...missingFrom(found, said.get(id), pressed).map((what) => `after ${life} kills: ${what}`));
      said.set(id, found);
      here.push(found);
    }
    if (life > 0) {
      typedMissingMs.push(missingMs(here, before, killedMs));
      latest = Math.max(latest, latestSaveMs(seen, before, typingMs));
    }
    if (life === kills) break;
    [pressed, seen, typed] = [[], [], own];
    grading = true;
    const killed = new Promise((resolve) => setTimeout(resolve, random.between(100, 2_000))).then(() => {
      killedMs = Date.now();
      return laptop.kill();
    });
    await gradeUntilGone(page, random, pressed);
    await killed;
  }
  return { claims, missing, typedMissingMs, latestSaveMs: latest };
}

/**
 * Nothing that was said to be saved may be missing; how much typing is, is printed, and where the run has the machine to itself
 * (`isTimed`) it is no more than what was on its way to the disk.
 */
export function expectKept(
  { claims, missing, typedMissingMs, latestSaveMs }: AfterKills,
  kills: number,
  isTimed: boolean,
): void {
  const most = Math.max(...typedMissingMs);
  console.log(
    `killed browser: ${claims} values were said to be saved, ${missing.length} missing after ${kills} kills; ` +
      `at most ${most} ms of typing missing, where a save was up to ${latestSaveMs} ms late`,
  );
  expect(missing).toEqual([]);
  expect(claims).toBeGreaterThan(kills);
  // FAULTS 16: 300 ms, and whatever this machine needs longer for anything at all.
  if (isTimed) expect(most).toBeLessThanOrEqual(300 + latestSaveMs);
}

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
    atMs: 0,
    sinceMs: 0,
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
