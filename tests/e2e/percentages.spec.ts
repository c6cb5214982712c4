/** Every figure a lead reads from the screen equals a plain recount of made-up audits, online and with the server stopped. */
import { expect, type Page } from '@playwright/test';
import { grant } from './support/authority.ts';
import { cardsAt, makeNames, monthBack, writeCard } from './support/cards.ts';
import * as count from './support/figures.ts';
import { test } from './support/fixtures.ts';
import { expectInstalled, join, openAt } from './pages/doors.ts';
import * as screen from './pages/percentages.ts';
import { expectOnServer, offlineBanner } from './pages/this-laptop.ts';

const now = new Date();
const cards = cardsAt(now);

interface Question extends count.Asked {
  readonly headline: count.Grade;
  readonly filters?: Readonly<Record<string, string>>;
  /** Whether each figure of the table is followed to its audits. */
  readonly follow?: boolean;
}

const overall = { measure: 'Overall grades', headline: 'Inadequate' } as const;
const sections = { measure: 'Section grades', headline: 'Requires improvement' } as const;
const recent = new Set([1, 2, 3].map((ago) => monthBack(now, ago)));

const questions: readonly Question[] = [
  { ...overall, by: 'Service', follow: true },
  { ...overall, by: 'Team' },
  { ...overall, by: 'Auditor', headline: 'Good' },
  { ...overall, by: 'Month' },
  { ...overall, by: 'Tool' },
  { ...sections, by: 'Section' },
  { ...sections, by: 'Team' },
  {
    ...overall,
    by: 'Team',
    filters: {
      Service: 'Assessment',
      'How cases were picked': 'Random samples only',
      'From month': monthBack(now, 3),
      'To month': monthBack(now, 1),
    },
    only: ({ service, selection, month }) => service === 'Assessment' && selection === 'random' && recent.has(month),
    follow: true,
  },
  {
    ...sections,
    by: 'Auditor',
    filters: { Team: 'South', Auditor: 'Ada Auditor' },
    only: ({ team, auditor }) => team === 'South' && auditor === 'Ada Auditor',
  },
  {
    ...sections,
    by: 'Section',
    filters: { Section: 'Section 47 enquiry', 'How cases were picked': 'Picked for a theme' },
    only: ({ selection }, section) => section === 'Section 47 enquiry' && selection === 'thematic',
    follow: true,
  },
];

test('A lead reads figures that equal a recount, by every dimension and filter, online and with the server stopped', async ({
  server,
  authority,
  computer,
}) => {
  const names = await makeNames(authority);
  for (const card of cards) await writeCard(authority, names, card);
  const lead = await authority.addPerson('Lee Lead', [grant('team-lead', Object.values(names.services))]);

  const desktop = await computer({ width: 1400 });
  await join(desktop.page(), lead.link);
  await expectOnServer(desktop.page());
  await expectInstalled(desktop.page());
  await screen.openPercentages(desktop.page());
  for (const question of questions) await test.step(nameOf(question), () => readAndFollow(desktop.page(), question));

  await server.stop();
  await desktop.close();
  const page = await desktop.open();
  await openAt(page, server.url);
  await expect(offlineBanner(page)).toBeVisible();
  await screen.openPercentages(page);
  for (const question of questions)
    await test.step(`offline: ${nameOf(question)}`, () => readAndFollow(page, question));
});

const nameOf = ({ measure, by, filters = {} }: Question): string =>
  [`${measure} by ${by}`, ...Object.values(filters)].join(', ');

async function readAndFollow(page: Page, question: Question): Promise<void> {
  const { measure, by, headline, filters, follow } = question;
  await screen.countWhat(page, measure);
  await screen.groupBy(page, by);
  await screen.headlineGrade(page, headline);
  if (filters) await screen.filter(page, filters);

  const answer = count.recount(cards, question);
  const all = answer.at(-1);
  if (all === undefined) throw new Error('A recount ends with the line of all.');
  const byGroup = (rows: readonly screen.FigureRow[]) => Object.fromEntries(rows.map((row) => [row[by], row]));
  const expected = byGroup(count.expectedTable(answer, by, headline));
  await expect.poll(async () => byGroup(await screen.readTable(page))).toEqual(expected);
  const byName = (bars: readonly count.Bar[]) => Object.fromEntries(bars.map((bar) => [bar.group, bar]));
  expect(byName(await screen.readPicture(page, by))).toEqual(byName(count.expectedPicture(answer, headline)));
  const what = measure === 'Overall grades' ? 'audit' : 'section grade';
  await expect(page.getByRole('link', { name: count.expectedSentence(answer, headline, what) })).toBeVisible();
  for (const name of count.besides) {
    await expect(screen.besideFigure(page, name)).toHaveText(String(count.countOf(all, name)));
  }
  if (follow) for (const counted of answer) await followAll(page, counted);
  if (filters) await screen.clearFilters(page);
}

/** Follows each figure of a group to exactly its audits. */
async function followAll(page: Page, counted: count.Counted): Promise<void> {
  const figures = [
    ...[...count.grades, ...count.besides].map((name) => ({ name, where: [name] })),
    { name: 'Good or better', where: ['Outstanding', 'Good'] },
    { name: 'Counted', where: [...count.grades] },
  ];
  for (const { name, where } of figures) {
    const n = count.countOf(counted, ...where);
    if (n === 0) continue;
    const link = screen.figure(page, counted.group, new RegExp(`^${n} ${name.toLowerCase()}, `));
    await screen.expectBehind(page, link, count.behind(counted, ...where));
  }
}
