/**
 * A browser profile is copied while its browser is closed, and both are opened, edited and connected: both branches stay, the
 * copy becomes a laptop of its own, and its person is told (FAULTS 35).
 */
import { expect, type Page } from '@playwright/test';
import { goTo } from './pages/audit-form.ts';
import { expectInstalled, openAt } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { test } from './support/fixtures.ts';
import {
  comeBack,
  evidence,
  expectForm,
  expectProved,
  expectSaved,
  joinAndOpen,
  makeOneAudit,
  sections,
  writeEvidence,
} from './support/one-audit.ts';
import { storedOps, storedUnits } from './support/server-database.ts';

const notice = (page: Page) =>
  page.getByRole('region', { name: 'Messages about this laptop' }).getByText(/knows other work from this computer/);

async function writeIn(page: Page, { title }: { readonly title: string }, text: string): Promise<void> {
  await goTo(page, title);
  await writeEvidence(page, text);
  await expectSaved(page);
}

test('A profile is copied, and both are edited offline: nothing of either is lost, and the copy says what it is', async ({
  server,
  authority,
  computer,
}) => {
  const inspector = newInspector();
  const audit = await makeOneAudit(authority);
  const original = await computer({ width: 1440 });
  await joinAndOpen(original, audit);
  await expectInstalled(original.page());
  await writeEvidence(original.page(), 'Before the copy.');
  // First that it is saved: an older proof stands until then.
  await expectSaved(original.page());
  await expectProved(original.page());
  await original.close();
  await server.stop();

  const address = server.url + audit.path;
  const copy = await computer({ width: 1440, copyOf: original.profile });
  const first = await comeBack(original, address);
  const second = copy.page();
  await openAt(second, address);
  await expectForm(second);
  await writeIn(first, sections[1], 'In the original.');
  await writeIn(second, sections[2], 'In the copy.');
  for (const [page, text] of [
    [first, 'Both: the original.'],
    [second, 'Both: the copy.'],
  ] as const)
    await writeIn(page, sections[0], text);

  await server.start();
  for (const page of [first, second]) await expectProved(page);
  const told = (await notice(first).isVisible()) ? first : second;
  await expect(notice(told)).toBeVisible();
  await expect(notice(told === first ? second : first), 'the other is the laptop it was').toHaveCount(0);
  await inspector.look(told, 'a copied laptop');

  const ops = storedOps(server, audit.id).filter(({ unit }) => unit.startsWith('section:'));
  expect(new Set(ops.map(({ device }) => device)).size, 'two laptops').toBe(2);
  expect(ops.every(({ accepted }) => accepted === 1)).toBe(true);
  const units = storedUnits(server, audit.id) as Record<
    string,
    { value: { evidence?: string }; others: { value: { evidence?: string } }[] }
  >;
  expect(units[`section:${sections[1].id}`]?.value.evidence).toBe('In the original.');
  expect(units[`section:${sections[2].id}`]?.value.evidence).toBe('In the copy.');
  const both = units[`section:${sections[0].id}`];
  expect(
    [both?.value, ...(both?.others ?? []).map(({ value }) => value)].map((value) => value?.evidence).sort(),
  ).toEqual(['Before the copy.Both: the copy.', 'Before the copy.Both: the original.']);
  for (const page of [first, second]) {
    for (const [section, text] of [
      [sections[1], 'In the original.'],
      [sections[2], 'In the copy.'],
    ] as const) {
      await goTo(page, section.title);
      await expect(evidence(page)).toHaveValue(text);
    }
  }
  await told.getByRole('button', { name: 'I have read this' }).click();
  await expect(notice(told)).toHaveCount(0);
  inspector.expectNothingWrong(1);
});
