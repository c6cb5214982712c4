/**
 * `npm run pictures`: takes the pictures of the README from the real app on a made-up authority, and one of every screen,
 * wide and narrow, into test-results/pictures to look at.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { earlyHelp } from '../../src/domain/tools/early-help.ts';
import { assessmentService } from '../../src/domain/tools/assessment-service.ts';
import type { Tool } from '../../src/domain/tool.ts';
import { newId, type Edit } from '../server/client.ts';
import { join } from './pages/doors.ts';
import { grant, setUpAuthority, type Made, type MadeAuthority } from './support/authority.ts';
import { newComputer, type Computer } from './support/computer.ts';
import { startCouncilServer } from './support/council-server.ts';

const everyScreen = 'test-results/pictures';
const forReadme = 'docs/pictures';

/** The same numbers at each run: a small linear congruential generator. */
function repeatable(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** A submitted audit of one month, with grades drawn around a service's level. */
function submittedAudit(
  below: (n: number) => number,
  {
    tool,
    service,
    team,
    auditor,
    monthsAgo,
    level,
  }: { tool: Tool; service: Made; team: Made; auditor: Made; monthsAgo: number; level: number },
): Edit[] {
  const id = newId();
  const grades = tool.scale.grades.map(({ id: grade }) => grade);
  const draw = (): string => grades[Math.min(3, Math.max(0, level + below(3) - 1))] ?? 'good';
  const at = Date.now() - monthsAgo * 30 * 86_400_000 - below(20) * 86_400_000;
  const sections = tool.sections.map((section): Edit => {
    const value = {
      grade: draw(),
      notApplicable: false,
      notApplicableReason: '',
      evidence: 'Made up.',
      rationale: 'Made up.',
    };
    return { record: id, kind: 'audit', unit: `section:${section.id}`, value };
  });
  const place = { tool: tool.id, service: service.id, team: team.id, auditor: auditor.id, moderator: null };
  const chosen = draw();
  return [
    {
      record: id,
      kind: 'audit',
      unit: 'case',
      value: { reference: String(100_000 + below(90_000)), initials: null, ageBand: null, header: {} },
    },
    {
      record: id,
      kind: 'audit',
      unit: 'allocation',
      value: {
        ...place,
        due: null,
        selection: 'random',
        cycle: null,
        extendedTo: null,
        extensionApprover: null,
        extensionReason: '',
        exempt: false,
        exemptionApprover: null,
        exemptionReason: '',
      },
    },
    ...sections,
    { record: id, kind: 'audit', unit: 'overall', value: { suggested: chosen, chosen, rule: 'median', reason: '' } },
    { record: id, kind: 'audit', unit: 'submitted', value: { by: auditor.id, at, reason: '' } },
  ];
}

async function fill(authority: MadeAuthority) {
  const below = repeatable(7);
  const assessment = await authority.addService('Assessment Service');
  const help = await authority.addService('Early Help');
  const teams = [
    {
      service: assessment,
      team: await authority.addTeam(assessment, 'Assessment Team 1'),
      tool: assessmentService,
      level: 2,
    },
    {
      service: assessment,
      team: await authority.addTeam(assessment, 'Assessment Team 2'),
      tool: assessmentService,
      level: 1,
    },
    { service: help, team: await authority.addTeam(help, 'Early Help North'), tool: earlyHelp, level: 1 },
    { service: help, team: await authority.addTeam(help, 'Early Help South'), tool: earlyHelp, level: 1 },
  ];
  // The lead QA person is an auditor too here, so that one hand may write every audit.
  const { person } = authority.qaLead.session;
  await authority.write({
    record: person,
    kind: 'person',
    unit: 'roles',
    value: { grants: [grant('qa-lead'), grant('auditor')] },
  });
  const self = { id: person, name: authority.qaLead.session.name };
  for (let n = 0; n < 64; n += 1) {
    const at = teams[n % teams.length];
    if (at === undefined) continue;
    await authority.write(...submittedAudit(below, { ...at, auditor: self, monthsAgo: below(6) }));
  }
  return { teams, assessment, help };
}

async function shoot(page: Page, name: string, paths: readonly string[] = []): Promise<void> {
  await page.waitForTimeout(600);
  for (const path of [`${everyScreen}/${name}.png`, ...paths])
    await page.screenshot({ path, fullPage: path.startsWith(everyScreen) });
}

const server = await startCouncilServer();
const computers: Computer[] = [];
try {
  mkdirSync(everyScreen, { recursive: true });
  mkdirSync(forReadme, { recursive: true });
  const authority = await setUpAuthority(server);
  const { teams, assessment, help } = await fill(authority);
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
    const page = auditors.page();
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
    await shoot(page, `${width}-audit-form`, width === 1440 ? [`${forReadme}/audit-form.png`] : []);
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
    await shoot(page, `${width}-percentages`, width === 1440 ? [`${forReadme}/percentages.png`] : []);
    await page
      .getByLabel('Group by')
      .selectOption({ label: 'Section' })
      .catch(() => undefined);
    await shoot(page, `${width}-percentages-sections`);
    await page.getByRole('link', { name: 'This laptop' }).click();
    await shoot(page, `${width}-this-laptop`);
  }
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
