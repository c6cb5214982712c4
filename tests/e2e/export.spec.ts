/** What a lead takes away as a file is what the screen says and what a plain recount of made-up audits says. */
import { expect, type Page } from '@playwright/test';
import { expectOpen, join } from './pages/doors.ts';
import { downloadAudits, downloadFigures, type SavedFile } from './pages/export.ts';
import * as screen from './pages/percentages.ts';
import { expectOnServer, openThisLaptop } from './pages/this-laptop.ts';
import { newInspector } from './support/accessible.ts';
import { grant, type MadePerson } from './support/authority.ts';
import { cardsAt, makeNames, monthBack, writeCard } from './support/cards.ts';
import type { CouncilServer } from './support/council-server.ts';
import * as count from './support/figures.ts';
import { test } from './support/fixtures.ts';
import { makeOneAudit } from './support/one-audit.ts';
import { change } from './support/server-database.ts';

const now = new Date();
const cards = cardsAt(now);

const questions: readonly (count.Asked & { headline: count.Grade; filters?: Readonly<Record<string, string>> })[] = [
  { measure: 'Overall grades', by: 'Team', headline: 'Inadequate' },
  { measure: 'Section grades', by: 'Section', headline: 'Good' },
  {
    measure: 'Overall grades',
    by: 'Month',
    headline: 'Inadequate',
    filters: { Service: 'Assessment', 'How cases were picked': 'Random samples only', 'From month': monthBack(now, 3) },
    only: ({ service, selection, month }) =>
      service === 'Assessment' &&
      selection === 'random' &&
      [0, 1, 2, 3].map((ago) => monthBack(now, ago)).includes(month),
  },
];

test('A lead takes the figures and the audits away, and both files say what the screen and a recount say', async ({
  authority,
  computer,
  server,
}) => {
  const names = await makeNames(authority);
  for (const card of cards) await writeCard(authority, names, card);
  const lead = await authority.addPerson('Lee Lead', [grant('team-lead', Object.values(names.services))]);
  const desktop = await computer({ width: 1400 });
  const page = desktop.page();
  await join(page, lead.link);
  await expectOnServer(page);
  await screen.openPercentages(page);

  for (const question of questions) {
    await test.step(`${question.measure} by ${question.by}`, () => takeFigures(page, question));
  }
  await test.step('audits', () => takeAudits(page));
  for (const line of [
    /"what":"percentages","rows":0,"namesAuditors":false/,
    /"what":"audits","rows":[1-9]\d*,"namesAuditors":true/,
  ])
    await expect.poll(() => server.said(), { message: 'the log knows of the files' }).toMatch(line);
  await test.step('work that may be missing', () => missWork(page, server, lead.id));
  expect(desktop.rules.errors).toEqual([]);

  const inspector = newInspector();
  await inspector.look(page, 'audits, with their file');
  await screen.openPercentages(page);
  await inspector.look(page, 'percentages, with their file');
  inspector.expectNothingWrong(2);
});

/** The auditors’ laptops fall silent: the screen and the file say so beside the figures. */
async function missWork(page: Page, server: CouncilServer, lead: string): Promise<void> {
  change(server, `update laptop set last_ms = last_ms - ${5 * 24 * 60 * 60 * 1000} where person <> '${lead}'`);
  await openThisLaptop(page);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await screen.openPercentages(page);
  const said = page.getByText(/laptops? of .* had not been heard from .* is not in these figures\./);
  await expect(said).toBeVisible();
  const { preamble } = await downloadFigures(page);
  expect(preamble.get('May be missing')?.[0]).toBe((await said.innerText()).replace(/ See which$/, ''));
}

async function takeFigures(page: Page, question: (typeof questions)[number]): Promise<void> {
  const { measure, by, headline, filters } = question;
  await screen.countWhat(page, measure);
  await screen.groupBy(page, by);
  await screen.headlineGrade(page, headline);
  if (filters) await screen.filter(page, filters);
  const answer = count.recount(cards, question);
  await expect.poll(async () => (await screen.readTable(page)).length).toBe(answer.length);
  const shown = await screen.readTable(page);
  const file = await downloadFigures(page);

  expect(file.name).toMatch(/^plumbline-percentages-\d{4}-\d\d-\d\d\.csv$/);
  expect(file.text.startsWith('\ufeffOFFICIAL-SENSITIVE\r\n')).toBe(true);
  expect(file.preamble.get('Figures')?.[0]).toBe(`${measure} by ${by.toLowerCase()}`);
  expect(file.preamble.get('Speaks for')?.[0]).toBe(await page.locator('.app-headline__scope strong').innerText());
  for (const value of Object.values(filters ?? {})) {
    expect(file.preamble.get('Filters')?.join().toLowerCase()).toContain(value.toLowerCase());
  }
  expect(file.rows.map((row) => row[by])).toEqual(shown.map((row) => row[by]));
  expectScreen(file, shown, by, headline);
  expectRecount(file, answer, by);
  if (filters) await screen.clearFilters(page);
}

/** Every figure of the table on screen is in the file, as it is there. */
function expectScreen(file: SavedFile, shown: readonly screen.FigureRow[], by: string, headline: string): void {
  const name = headline.toLowerCase();
  for (const [at, row] of shown.entries()) {
    const saved = file.rows[at] ?? {};
    for (const grade of count.grades) expect(saved[`${grade}: count`]).toBe(row[grade]);
    expect(saved['Counted']).toBe(row['Counted']);
    const percent = saved[`${headline}: %`];
    const range = [saved[`${headline}: 95% from`], saved[`${headline}: 95% to`]];
    expect(percent === '' ? 'counts only' : `${percent}%`).toBe(row[`% ${name}`]);
    expect(percent === '' ? '' : `${range[0]}% to ${range[1]}%`).toBe(row[`Likely range, ${name}`]);
    for (const beside of count.besides.filter((one) => row[one] !== undefined)) {
      expect(saved[`Not in the percentages: ${beside.toLowerCase()}`], `${row[by]}`).toBe(row[beside]);
    }
  }
}

/** Every count, base, percentage and interval equals one made from the cards alone. */
function expectRecount(file: SavedFile, answer: readonly count.Counted[], by: string): void {
  const whole = (share: number): string => String(Math.round(share * 100));
  const byGroup = new Map(file.rows.map((row) => [row[by], row]));
  for (const counted of answer) {
    const row = byGroup.get(counted.group) ?? {};
    const base = count.baseOf(counted);
    const figures = [
      ...count.grades.map((grade) => ({ name: grade as string, n: count.countOf(counted, grade) })),
      { name: 'Good or better', n: count.countOf(counted, 'Outstanding', 'Good') },
    ];
    for (const { name, n } of figures) {
      const range = base < 5 ? null : count.wilson(n, base);
      expect([row[`${name}: count`], row[`${name}: base`]]).toEqual([String(n), String(base)]);
      expect(row[`${name}: %`]).toBe(range === null ? '' : String(Math.floor((200 * n + base) / (2 * base))));
      expect(row[`${name}: 95% from`]).toBe(range === null ? '' : whole(range.lower));
      expect(row[`${name}: 95% to`]).toBe(range === null ? '' : whole(range.upper));
    }
    expect(row['Note']).toBe(base < 5 ? 'counts only' : '');
    for (const beside of count.besides) {
      expect(row[`Not in the percentages: ${beside.toLowerCase()}`]).toBe(String(count.countOf(counted, beside)));
    }
  }
}

async function takeAudits(page: Page): Promise<void> {
  await screen.countWhat(page, 'Overall grades');
  await screen.groupBy(page, 'Service');
  const answer = count.recount(cards, { measure: 'Overall grades', by: 'Service' });
  const assessment = answer.find(({ group }) => group === 'Assessment');
  if (assessment === undefined) throw new Error('No card is of the Assessment service.');
  await screen.figure(page, 'Assessment', /counted, /).click();
  const file = await downloadAudits(page);
  const expected = cards.filter(({ reference }) => count.behind(assessment, ...count.grades).includes(reference));
  expect(file.name).toMatch(/^plumbline-audits-\d{4}-\d\d-\d\d\.csv$/);
  expect(file.preamble.get('Audits behind')?.[0]).toBe('Everything counted, Assessment');
  const byCase = (rows: readonly Readonly<Record<string, string>>[]) =>
    Object.fromEntries(rows.map((row) => [row['Case'], row]));
  expect(Object.keys(byCase(file.rows)).sort()).toEqual(expected.map(({ reference }) => reference).sort());
  for (const card of expected) {
    const row = byCase(file.rows)[card.reference] ?? {};
    expect([row['Service'], row['Team'], row['Tool'], row['State'], row['Overall grade']]).toEqual([
      card.service,
      card.team,
      card.tool,
      'Submitted',
      card.overall,
    ]);
    for (const [section, grade] of Object.entries(card.sections)) {
      expect(row[`Section: ${section}`], `${card.reference}, ${section}`).toBe(grade ?? 'Not graded');
    }
  }
  expect(file.text).not.toContain('Made-up');
  expect(file.text).not.toContain('Auditor');
  await page.getByLabel('With auditors’ names').check();
  const named = await downloadAudits(page);
  for (const { reference, auditor } of expected) expect(byCase(named.rows)[reference]?.['Auditor']).toBe(auditor);
}

test('A case reference that a spreadsheet would run stays text, and somebody who leads nothing is offered no file', async ({
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const references = ['=HYPERLINK("https://example.test","see")', '+44', '@here', '-1+1', ' =2', '＝3'];
  for (const reference of references) await authority.allocate(reference, audit.auditor, audit);
  const lead = await authority.addPerson('Lee Lead', [grant('team-lead', [audit.service])]);
  const leads = (await computer()).page();
  await join(leads, lead.link);
  await expectOnServer(leads);
  await screen.openPercentages(leads);
  await screen.besideFigure(leads, 'Not submitted yet').getByRole('link').click();
  const { rows } = await downloadAudits(leads);
  expect(rows.length).toBe(references.length + 1);
  for (const reference of references) expect(rows.map((row) => row['Case'])).toContain(`'${reference}`);

  const auditors = (await computer()).page();
  await joinAndCount(auditors, audit.auditor);
  await expect(auditors.getByRole('button', { name: 'Print' })).toBeVisible();
  await expect(auditors.getByText('Download as CSV')).toHaveCount(0);
});

async function joinAndCount(page: Page, person: MadePerson): Promise<void> {
  await join(page, person.link);
  await expectOpen(page);
  await expectOnServer(page);
  await screen.openPercentages(page);
  await expect(page.getByRole('table', { name: /^The figures by / })).toBeVisible();
}
