/** Reading an audit through, and submitting it. */
import { expect, type Page } from '@playwright/test';
import { assessmentService } from '../../../src/domain/tools/assessment-service.ts';
import { goTo, gradeOf, place, recordVoice } from './audit-form.ts';

/** Goes there from the form. */
export async function readThrough(page: Page): Promise<void> {
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('button', { name: 'Read through and submit' }).click();
  await expect(page.getByRole('heading', { name: 'Read through and submit', level: 1 })).toBeVisible();
}

/** What is said to be missing, in the order of the screen; empty when nothing is. */
export async function missing(page: Page): Promise<readonly string[]> {
  const list = page.getByRole('region', { name: 'Before you can submit' });
  await expect(list.or(page.getByText('Nothing is missing.'))).toBeVisible();
  return list.getByRole('listitem').allInnerTexts();
}

/** Submits the audit that is read through, answering the question whether to. */
export async function submit(page: Page): Promise<void> {
  expect(await missing(page)).toEqual([]);
  await page.getByRole('button', { name: 'Submit this audit' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Audit submitted' })).toBeVisible();
}

/** Fills in, in the open form, as little of the Assessment Service tool as it takes, and submits. */
export async function gradeAndSubmit(page: Page): Promise<void> {
  for (const { title } of assessmentService.sections) {
    await goTo(page, title);
    await gradeOf(place(page, title), 'Good').check();
    await page.getByLabel('Rationale', { exact: true }).fill('Made-up rationale.');
  }
  await goTo(page, 'What people said');
  for (const who of ['The practitioner', 'The child or young person', 'A parent or carer']) {
    await recordVoice(page, who, { because: 'Made up.' });
  }
  await goTo(page, 'Overall grade');
  await gradeOf(place(page, 'Overall grade'), 'Good').check();
  await readThrough(page);
  await submit(page);
}
