/** The pictures of docs/guide.md, taken from the real app as an auditor, a team lead and a QA lead see it. */
import type { Page } from '@playwright/test';
import { openAllocate } from '../pages/allocate.ts';
import { keepCode, setUpAlone } from '../pages/alone.ts';
import { readThrough } from '../pages/check-audit.ts';
import { join, openAt } from '../pages/doors.ts';
import { lookRound } from '../pages/first-run.ts';
import { chooseFile, csv, openImports } from '../pages/import.ts';
import { openAudit } from '../pages/my-audits.ts';
import { openOrganisation } from '../pages/organisation.ts';
import { figure, openPercentages } from '../pages/percentages.ts';
import { expectOnServer, openThisLaptop } from '../pages/this-laptop.ts';
import { grant, type MadeAuthority } from './authority.ts';
import { newComputer, type Computer } from './computer.ts';
import type { CouncilServer } from './council-server.ts';
import type { PictureAuthority } from './picture-authority.ts';

/** Of a picture in the documents: small enough for a page with ten of them. */
export const pictureSize = { width: 1180, height: 740 };

interface Taking {
  readonly server: CouncilServer;
  readonly authority: MadeAuthority;
  readonly made: PictureAuthority;
  readonly folder: string;
}

export async function takeGuidePictures(taking: Taking): Promise<void> {
  await onComputer((computer) => takeDoors(computer, taking));
  await onComputer((computer) => takeAuditor(computer, taking));
  await onComputer((computer) => takeTeamLead(computer, taking));
  await onComputer((computer) => takeQaLead(computer, taking));
  await onComputer((computer) => takeAlone(computer, taking));
}

async function onComputer(work: (computer: Computer) => Promise<void>): Promise<void> {
  const computer = await newComputer(pictureSize);
  try {
    await work(computer);
  } finally {
    await computer.remove();
  }
}

async function take(page: Page, taking: Taking, name: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  await takeHere(page, taking, name);
}

/** From a heading further down the page on. */
async function takeFrom(
  page: Page,
  taking: Taking,
  { heading, name }: { heading: string; name: string },
): Promise<void> {
  await page.getByRole('heading', { name: heading }).evaluate((element) => {
    scrollTo(0, element.getBoundingClientRect().top + scrollY - 24);
  });
  await takeHere(page, taking, name);
}

/** Without scrolling to the top. */
async function takeHere(page: Page, { folder }: Taking, name: string): Promise<void> {
  // Fonts and the picture of the percentages have been drawn by then.
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${folder}/guide-${name}.png` });
}

async function takeDoors(computer: Computer, taking: Taking): Promise<void> {
  const page = computer.page();
  await page.goto(taking.server.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await take(page, taking, 'doors');
}

async function takeAuditor(computer: Computer, taking: Taking): Promise<void> {
  const { authority, made, server } = taking;
  const [place] = made.teams;
  if (place === undefined) throw new Error('The made-up authority has no team.');
  const auditor = await authority.addPerson('Noor Auditor (made up)', [grant('auditor')]);
  for (const reference of ['104881', '118340', '120619']) await authority.allocate(reference, auditor, place);
  const first = computer.page();
  await join(first, auditor.link);
  await expectOnServer(first);
  await take(first, taking, 'first-day');
  await lookRound(first).getByRole('button', { name: 'Skip' }).click();
  await computer.close();
  const page = await computer.open();
  await openAt(page, server.url);
  await openAudit(page, '104881');
  await page.keyboard.press('2');
  await readThrough(page);
  await take(page, taking, 'read-through');
}

async function takeTeamLead(computer: Computer, taking: Taking): Promise<void> {
  const { authority, made } = taking;
  const lead = await authority.addPerson('Robin Lead (made up)', [grant('team-lead', [made.assessment, made.help])]);
  const page = computer.page();
  await join(page, lead.link);
  await expectOnServer(page);
  await openPercentages(page);
  await lookRound(page).getByRole('button', { name: 'Skip' }).click();
  await figure(page, 'Assessment Service', /inadequate, /).click();
  await page.getByRole('table').waitFor();
  await page.getByText('Download as CSV', { exact: true }).first().click();
  await take(page, taking, 'behind-a-figure');
}

async function takeQaLead(computer: Computer, taking: Taking): Promise<void> {
  const qaLead = await taking.authority.addPerson('Kit Quality (made up)', [grant('qa-lead')]);
  const page = computer.page();
  await join(page, qaLead.link);
  await expectOnServer(page);
  await openOrganisation(page);
  await take(page, taking, 'organisation');
  await page.getByRole('tab', { name: 'People' }).click();
  await take(page, taking, 'people');
  await openAllocate(page);
  await take(page, taking, 'allocate');
  await openImports(page);
  await chooseFile(page, csv('Assessment tracker.csv', tracker));
  await takeFrom(page, taking, { heading: 'Graded columns', name: 'import' });
}

/** What a team leader might keep: two words for one grade, a blank, and a label that is no grade. */
const tracker = `Date,Service,Team,Case reference,Auditor,Voice of the child,Overall
03/02/2026,Assessment Service,Assessment Team 1,104772,Made Up,Good,Good
10/02/2026,Assessment Service,Assessment Team 2,104881,Made Up,RI,Requires improvement
17/02/2026,Early Help,Early Help North,118203,Made Up,Good,good
24/02/2026,Early Help,Early Help South,118340,Made Up,see notes,Inadequate
03/03/2026,Assessment Service,Assessment Team 1,120554,Made Up,,Outstanding
`;

async function takeAlone(computer: Computer, taking: Taking): Promise<void> {
  const page = computer.page();
  await page.goto(taking.server.url);
  await keepCode(page, await setUpAlone(page));
  await openThisLaptop(page);
  await page.getByRole('button', { name: 'Save a backup file' }).click();
  await takeFrom(page, taking, { heading: 'Backup file', name: 'backup' });
}
