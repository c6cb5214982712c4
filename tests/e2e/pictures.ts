/**
 * `npm run pictures`: takes the pictures of the README and of the guide from the real app on a made-up authority, and one of
 * every screen, wide and narrow, into test-results/pictures to look at.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { join, openAt } from './pages/doors.ts';
import { lookRound } from './pages/first-run.ts';
import { grant, setUpAuthority } from './support/authority.ts';
import { newComputer, type Computer } from './support/computer.ts';
import { startCouncilServer } from './support/council-server.ts';
import { pictureSize, takeGuidePictures } from './support/guide-pictures.ts';
import { fillForPictures } from './support/picture-authority.ts';

const everyScreen = 'test-results/pictures';
const forDocs = 'docs/pictures';

/** A picture of the whole screen to look at, and, under `docs`, one for the documents. */
async function shoot(page: Page, name: string, docs: string | null = null): Promise<void> {
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${everyScreen}/${name}.png`, fullPage: true });
  if (docs === null) return;
  const wide = page.viewportSize();
  await page.setViewportSize(pictureSize);
  // Past the bar of the product, which every picture would show: what the screen is about.
  if (docs === 'audit-form') await page.evaluate(() => scrollTo(0, 130));
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${forDocs}/${docs}.png` });
  if (wide !== null) await page.setViewportSize(wide);
}

const server = await startCouncilServer();
const computers: Computer[] = [];
try {
  mkdirSync(everyScreen, { recursive: true });
  mkdirSync(forDocs, { recursive: true });
  const authority = await setUpAuthority(server);
  const made = await fillForPictures(authority);
  const { teams, assessment, help } = made;
  const auditor = await authority.addPerson('Ali Auditor (made up)', [
    grant('auditor'),
    grant('team-lead', [assessment, help]),
  ]);
  const qaLead = await authority.addPerson('Sam Quality (made up)', [grant('qa-lead')]);
  const first = teams[0];
  if (first === undefined) throw new Error('No team was made.');
  for (const reference of ['104772', '118203', '120554']) await authority.allocate(reference, auditor, first);

  for (const width of [1440, 320]) {
    const auditors = await newComputer({ width, height: width === 320 ? 800 : 1000 });
    computers.push(auditors);
    let page = auditors.page();
    const link =
      width === 1440
        ? auditor.link
        : (await authority.addPerson('Al Narrow (made up)', [grant('auditor'), grant('team-lead', [assessment, help])]))
            .link;
    if (width === 320) {
      await page.goto(link);
      await shoot(page, `${width}-join`);
    }
    await join(page, link);
    await page
      .getByText(/On the council’s server at/)
      .first()
      .waitFor();
    await shoot(page, `${width}-my-audits`);
    // Shown round, and known to keep work: the screens as they are from the second day on.
    await lookRound(page).getByRole('button', { name: 'Skip' }).click();
    await auditors.close();
    page = await auditors.open();
    await openAt(page, server.url);
    if (width === 1440) {
      await page.getByRole('link', { name: '104772' }).click();
    } else {
      await page.goto(`${server.url}/new`);
      await page.getByLabel('Passphrase', { exact: true }).fill('a made-up passphrase');
      await page.getByRole('button', { name: 'Unlock', exact: true }).click();
      await page.getByRole('heading', { name: 'Start an audit' }).waitFor();
      await shoot(page, `${width}-start`);
      await page.getByLabel('Case reference').fill('130011');
      await page.getByLabel('Assessment Service', { exact: true }).check();
      await page.getByLabel('Service', { exact: true }).selectOption({ label: 'Assessment Service' });
      await page.getByLabel('Team', { exact: true }).selectOption({ label: 'Assessment Team 1' });
      await page.getByLabel('Random sample', { exact: true }).check();
      await page.getByRole('button', { name: 'Start grading' }).click();
    }
    await page.getByRole('heading', { level: 2, name: 'Allocation and start' }).waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('e');
    await page.keyboard.insertText(
      'Allocated on the day of the referral to a worker with experience of neglect. The manager’s note sets out three questions for the assessment (case note 12 March).',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.keyboard.insertText(
      'Prompt, purposeful start. Not outstanding: the change of worker in week two is not explained to the child.',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.press('3');
    await page.keyboard.press('n');
    await page.keyboard.press('2');
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    await page.evaluate(() => scrollTo(0, 0));
    await shoot(page, `${width}-audit-form`, width === 1440 ? 'audit-form' : null);
    if (width === 320) await page.getByRole('button', { name: /^1 of/ }).click();
    await page.getByRole('button', { name: 'Read through and submit' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Read through and submit' }).waitFor();
    await shoot(page, `${width}-check`);
    await page.getByRole('link', { name: 'Percentages' }).click();
    await page.getByRole('table', { name: /The figures by/ }).waitFor();
    await page
      .getByLabel('What to count')
      .selectOption({ label: 'Overall grades' })
      .catch(() => page.getByLabel('Overall grades').check());
    await shoot(page, `${width}-percentages`, width === 1440 ? 'percentages' : null);
    await page
      .getByLabel('Group by')
      .selectOption({ label: 'Section' })
      .catch(() => undefined);
    await shoot(page, `${width}-percentages-sections`);
    await page.getByRole('link', { name: 'This laptop' }).click();
    await shoot(page, `${width}-this-laptop`);
  }
  await takeGuidePictures({ server, authority, made, folder: forDocs });
  for (const width of [1440, 320]) {
    const lead = await newComputer({ width, height: 1000 });
    computers.push(lead);
    const page = lead.page();
    const link =
      width === 1440 ? qaLead.link : (await authority.addPerson('Sue Narrow (made up)', [grant('qa-lead')])).link;
    await join(page, link);
    await page
      .getByText(/On the council’s server at/)
      .first()
      .waitFor();
    for (const name of ['Allocate', 'Organisation']) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await shoot(page, `${width}-${name.toLowerCase()}`);
    }
    await page.keyboard.press('Control+Alt+l');
    await page.getByRole('button', { name: 'Unlock', exact: true }).waitFor();
    await shoot(page, `${width}-unlock`);
  }
} finally {
  for (const computer of computers) await computer.remove();
  await server.remove();
}
