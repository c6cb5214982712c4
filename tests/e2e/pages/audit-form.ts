/** The form of one audit, as an auditor works through it with mouse and keyboard. */
import { expect, type Locator, type Page } from '@playwright/test';

export type GradeName = 'Outstanding' | 'Good' | 'Requires improvement' | 'Inadequate';

export interface SectionAnswers {
  readonly title: string;
  readonly grade: GradeName;
  readonly evidence: string;
  readonly rationale: string;
  /** By the check's text: an answer as the screen says it, or a day. */
  readonly checks?: Readonly<
    Record<string, 'Yes' | 'No' | 'n.a.' | 'Did not happen' | readonly [number, number, number]>
  >;
}

/** The place being worked on: a section, or one of those after the sections. */
export const place = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true });

/** A grade of the place being worked on. */
export const gradeOf = (within: Locator, grade: GradeName): Locator =>
  within.getByRole('radio', { name: new RegExp(`^${grade}`) });

/** Goes to a place by the list beside it. */
export async function goTo(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: title }).click();
  await expect(place(page, title)).toBeVisible();
}

/** Fills the section on screen in, and waits until it says that it is kept. */
export async function gradeSection(
  page: Page,
  { title, grade, evidence, rationale, checks }: SectionAnswers,
): Promise<void> {
  const section = place(page, title);
  await gradeOf(section, grade).check();
  await section.getByLabel('Evidence', { exact: true }).fill(evidence);
  await section.getByLabel('Rationale', { exact: true }).fill(rationale);
  for (const [check, answer] of Object.entries(checks ?? {})) await answerCheck(section, check, answer);
  await expectKept(section);
}

async function answerCheck(section: Locator, check: string, answer: string | readonly number[]): Promise<void> {
  const row = section.getByRole('group', { name: check }).first();
  if (typeof answer === 'string') return section.getByRole('group', { name: check }).getByLabel(answer).check();
  for (const [at, label] of ['Day', 'Month', 'Year'].entries()) await row.getByLabel(label).fill(String(answer[at]));
}

/** What the section on screen holds. */
export async function expectSection(page: Page, { title, grade, evidence, rationale }: SectionAnswers): Promise<void> {
  const section = place(page, title);
  await expect(gradeOf(section, grade)).toBeChecked();
  await expect(section.getByLabel('Evidence', { exact: true })).toHaveValue(evidence);
  await expect(section.getByLabel('Rationale', { exact: true })).toHaveValue(rationale);
}

export const expectKept = (section: Locator): Promise<void> =>
  expect(section.getByText('Saved on this laptop', { exact: true })).toBeVisible();

export const next = (page: Page): Promise<void> => page.getByRole('button', { name: /^Next/ }).click();

/** Says of one person's voice what they said, or why it was not obtained. */
export async function recordVoice(page: Page, who: string, said: string | { because: string }): Promise<void> {
  const voice = page.getByRole('region', { name: who, exact: true });
  const obtained = typeof said === 'string';
  await voice.getByRole('radio', { name: obtained ? 'Yes' : 'No, not obtained', exact: true }).check();
  await voice.getByRole('textbox').fill(obtained ? said : said.because);
}
