/** Files that are not what they seem, or too much: each is answered with a clear sentence, and nothing is written. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync, ftruncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { expect } from '@playwright/test';
import { expectOpen, join } from './pages/doors.ts';
import * as importing from './pages/import.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { rowCounts } from './support/laptop-rows.ts';
import { expectProved } from './support/one-audit.ts';

const bytes = (...all: number[]): Buffer => Buffer.from(all);

/** Files that cannot be imported, with what is said. */
const refused: readonly (readonly [name: string, content: Buffer, says: string])[] = [
  ['a zip.csv', bytes(0x50, 0x4b, 0x03, 0x04, ...Array(500).fill(7)), 'This is a spreadsheet or a zip file'],
  ['a workbook.csv', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0), 'This is an old Excel workbook'],
  ['a picture.csv', Buffer.concat([bytes(0x89, 0x50, 0x4e, 0x47), Buffer.alloc(300_000)]), 'This is not a text file'],
  ['one column.csv', Buffer.from('Grade\nGood\nInadequate\n'), 'No columns were found in this file'],
  ['nothing.csv', Buffer.alloc(0), 'There are no rows in this file'],
  ['headings only.csv', Buffer.from('Date,Service,Team,Grade\n'), 'There are no rows in this file'],
  [
    '5,000 columns.csv',
    Buffer.from(Array.from({ length: 50 }, () => Array(5_000).fill('Good').join(',')).join('\n')),
    'has 5,000 columns',
  ],
  ['a long row.csv', Buffer.from(`Date,Grade\n2025-01-01,"${'x'.repeat(10_000_000)}"\n`), 'is longer than 1,000,000'],
  [
    'too many rows.csv',
    Buffer.from(`Date,Grade\n${'2025-01-01,Good\n'.repeat(250_000)}`),
    'This file has more than 200,000 rows',
  ],
];

test('What cannot be imported is said, and nothing is written', async ({ authority, computer }) => {
  const lead = await authority.addPerson('Lee Lead', [grant('qa-lead')]);
  const laptop = await computer({ width: 1440 });
  const page = laptop.page();
  await join(page, lead.link);
  await expectOpen(page);
  await expectProved(page);
  const before = await rowCounts(page);
  const field = page.getByLabel('CSV file of graded audits');
  await importing.openImports(page);
  await page.getByRole('button', { name: 'Import a file', exact: true }).click();
  const folder = mkdtempSync(joinPath(tmpdir(), 'plumbline-files-'));
  try {
    const huge = joinPath(folder, '200 MB.csv');
    const file = openSync(huge, 'w');
    writeSync(file, 'Date,Grade\n');
    ftruncateSync(file, 200_000_000);
    closeSync(file);
    for (const [name, content, sentence] of [...refused, ['200 MB.csv', huge, 'This file is 200 MB'] as const]) {
      await test.step(name, async () => {
        // Choosing again takes the last sentence away.
        await field.setInputFiles([]);
        await field.setInputFiles(
          typeof content === 'string' ? content : { name, mimeType: 'text/csv', buffer: content },
        );
        await expect(page.locator('.govuk-error-summary')).toBeHidden();
        await page.getByRole('button', { name: 'Continue' }).click();
        await expect(page.locator('.govuk-error-summary')).toContainText(sentence);
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(await rowCounts(page)).toEqual(before);
  expect(laptop.rules.errors).toEqual([]);
});

test('Duplicate headings, control characters, formulas and names of objects come in as the text they are', async ({
  authority,
  computer,
}) => {
  const lead = await authority.addPerson('Lee Lead', [grant('qa-lead')]);
  const laptop = await computer({ width: 1440 });
  const page = laptop.page();
  await join(page, lead.link);
  await expectOpen(page);
  await importing.openImports(page);
  const lines = [
    'Audit date,Service,Team,Case reference,Grade,Grade',
    '2025-01-01,__proto__,constructor,<img src=x onerror=alert(1)>,Good,Good',
    '2025-01-02,=1+1,toString,"=HYPERLINK(""http://evil.example"")",Good,Inade\u0007quate',
    '2025-01-03,__proto__,constructor,C-3,Good,Good',
  ];
  await importing.offerFile(page, importing.csv('strange.csv', lines.join('\n')));
  await importing.expectRows(page);
  await expect(page.getByText('Columns E and F have the same heading, “Grade”.')).toBeVisible();
  await expect(page.getByText('1 character that cannot be shown was taken out.')).toBeVisible();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await importing.sayColumns(page, {
    Auditor: 'None in this file',
    'Overall grade': 'None: there are section grades only',
  });
  await page.getByLabel('Called in Plumbline').nth(1).fill('Second grade');
  await importing.leaveColumns(page);
  await importing.leavePlaces(page);
  await importing.sayPicked(page, 'Inspection');
  await importing.add(page, 3);
  await page.getByRole('link', { name: 'See their section grades' }).click();
  await page.getByLabel('Group by').selectOption({ label: 'Service' });
  await expect(page.getByRole('rowheader', { name: '__proto__', exact: true })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: '=1+1', exact: true })).toBeVisible();
  expect(laptop.rules.errors).toEqual([]);
});
