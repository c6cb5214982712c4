/**
 * Real input, through the screens: both of Ofsted's public tables (Open Government Licence v3.0) are chosen, mapped and
 * added by a QA lead, and every count that their publisher's table gives is read from the percentages, overall and by each
 * filter. The files are read where they lie, beside the project; where they are absent the tests say so.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { expectOpen, join } from './pages/doors.ts';
import * as importing from './pages/import.ts';
import * as figures from './pages/percentages.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
const inspections = pathOf('ilacs.csv');
const providers = pathOf('ofsted-childrens-social-care-north-east.csv');
const skipped = (file: string): string => `SKIPPED: the real records (${file}) are not beside this checkout.`;

/** Outstanding, good, requires improvement, inadequate; and what is not a grade. */
type Counts = readonly [number, number, number, number, number];

/** The counts of one line of the figures. */
async function expectCounts(page: Page, line: string, [o, g, ri, i, none]: Counts): Promise<void> {
  const shown = (count: number): string => count.toLocaleString('en-GB');
  const expected = {
    Outstanding: shown(o),
    Good: shown(g),
    'Requires improvement': shown(ri),
    Inadequate: shown(i),
    Counted: shown(o + g + ri + i),
    ...(none > 0 ? { 'Not graded': shown(none) } : {}),
  };
  await expect
    .poll(async () => (await figures.readTable(page)).find((row) => Object.values(row)[0] === line))
    .toMatchObject(expected);
}

/** The sections, each with its line in the figures. */
async function expectSections(page: Page, counts: Readonly<Record<string, Counts>>): Promise<void> {
  await figures.groupBy(page, 'Section');
  for (const [section, expected] of Object.entries(counts)) await expectCounts(page, section, expected);
}

async function qaLead(page: Page, link: string): Promise<void> {
  await join(page, link);
  await expectOpen(page);
  await importing.openImports(page);
}

test('153 inspections of English authorities come in through the browser with the published counts', async ({
  authority,
  computer,
}) => {
  test.skip(!existsSync(inspections), skipped('shared/data/ilacs.csv'));
  const lead = await authority.addPerson('Lee Example', [grant('qa-lead')]);
  const laptop = await computer({ width: 1440 });
  const page = laptop.page();
  await qaLead(page, lead.link);

  await importing.chooseFile(page, inspections);
  await importing.sayColumns(page, {
    'Date of the audit': 'E: inspection_start',
    Service: 'C: region_code',
    Team: 'B: local_authority',
    'Case reference': 'A: inspection_id',
    Auditor: 'None in this file',
    'Overall grade': 'Overall',
  });
  // Two rows say no day: they are taken, and counted in no month.
  await page.getByRole('radio', { name: 'Take them as audits without a date' }).check();
  await expect(importing.meaning(page, 'nan', 'overall')).toHaveValue('');
  await expect(importing.meaning(page, 'inspection_pre_dates_judgement', 'care_leavers')).toHaveValue('');
  await importing.leaveColumns(page);
  await importing.leavePlaces(page);
  await importing.sayPicked(page, 'Inspection');
  await importing.add(page, 153);

  await page.getByRole('link', { name: 'See their percentages' }).click();
  await expectCounts(page, 'All', [46, 63, 29, 13, 2]);
  await figures.countWhat(page, 'Section grades');
  await expectSections(page, {
    'Impact of leaders': [55, 58, 31, 9, 0],
    'Help and protection': [28, 72, 44, 9, 0],
    'In care': [52, 64, 31, 6, 0],
    'Care leavers': [42, 62, 34, 8, 7],
  });
});

test('1,433 inspections of North East providers come in with the published counts, overall and by each filter', async ({
  authority,
  computer,
}) => {
  test.skip(!existsSync(providers), skipped('shared/data/ofsted-childrens-social-care-north-east.csv'));
  const lead = await authority.addPerson('Lee Example', [grant('qa-lead')]);
  const laptop = await computer({ width: 1440 });
  const page = laptop.page();
  await qaLead(page, lead.link);

  await importing.chooseFile(page, providers);
  await importing.sayColumns(page, {
    'Date of the audit': 'E: inspection_date',
    Service: 'B: service',
    Team: 'C: local_authority',
    'Case reference': 'A: inspection_id',
    Auditor: 'None in this file',
    'Overall grade': 'Overall',
  });
  await importing.leaveColumns(page);
  // One council area under several services: asked once, never guessed.
  await page.getByRole('radio', { name: 'One team that works across services' }).check();
  await importing.leavePlaces(page);
  await importing.sayPicked(page, 'Inspection');
  await importing.add(page, 1433);

  await page.getByRole('link', { name: 'See their percentages' }).click();
  await expectCounts(page, 'All', [236, 988, 196, 13, 0]);
  await figures.filter(page, { Service: "Children's home" });
  await expectCounts(page, 'All', [198, 886, 180, 9, 0]);
  await figures.clearFilters(page);
  await figures.filter(page, { Team: 'Middlesbrough' });
  await expectCounts(page, 'All', [10, 63, 22, 1, 0]);
  await figures.clearFilters(page);
  await figures.countWhat(page, 'Section grades');
  await expectSections(page, {
    'Help and protection': [179, 982, 258, 14, 0],
    'Leaders and managers': [293, 771, 320, 49, 0],
  });
});
