/** Work of one person alone joins a council's server: every name is said in turn, by keyboard, and a lead sees the figures. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { expect } from '@playwright/test';
import { aloneLaptop, fileOfAlone } from '../store/backup/alone.ts';
import { newInspector } from './support/accessible.ts';
import { grant } from './support/authority.ts';
import { test } from './support/fixtures.ts';
import { filePassphrase, heading, linesOf, openBackupFile, toBringIn } from './pages/backup.ts';
import { join } from './pages/doors.ts';
import { press, tabTo } from './pages/keys.ts';
import { auditRow, openMyAudits } from './pages/my-audits.ts';
import { countWhat, openPercentages, readTable } from './pages/percentages.ts';
import { expectOnServer, openThisLaptop } from './pages/this-laptop.ts';

const folder = mkdtempSync(joinPath(tmpdir(), 'plumbline-join-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Saved on a laptop of one person alone: six audits, two services, a tool of their own, an import. */
async function savedAlone(): Promise<string> {
  const path = joinPath(folder, 'alone.plumbline');
  const file = await fileOfAlone(await aloneLaptop(), {
    passphrase: filePassphrase,
    iterations: 600_000,
    chunk: 65_536,
  });
  writeFileSync(path, Buffer.from(await file.arrayBuffer()));
  return path;
}

test('An auditor brings their own work in by keyboard, is asked for every name, and their lead sees the figures', async ({
  authority,
  computer,
}) => {
  const assessment = await authority.addService('Assessment');
  await authority.addTeam(assessment, 'Team 1');
  const alex = await authority.addPerson('Alex Auditor (made up)', [grant('auditor')]);
  const lee = await authority.addPerson('Lee Lead (made up)', [grant('team-lead', [assessment])]);
  const path = await savedAlone();
  const inspector = newInspector();

  const page = (await computer()).page();
  await join(page, alex.link);
  await toBringIn(page);
  await inspector.look(page, 'choosing a file');
  await page.getByLabel('Backup file', { exact: true }).setInputFiles(path);
  await tabTo(page, page.getByLabel('Passphrase of the file', { exact: true }));
  await page.keyboard.type(filePassphrase);
  await page.keyboard.press('Enter');

  await expect(heading(page, 'What is in this file')).toBeFocused();
  await expect(page.getByText('6 audits, 3 of them submitted; 1 import')).toBeVisible();
  await inspector.look(page, 'what is in a file');
  await press(page, page.getByRole('button', { name: 'Continue' }), 'Enter');

  await expect(heading(page, 'Which services are these?')).toBeFocused();
  await expect(page.getByLabel('Assessment', { exact: true })).toHaveValue(assessment.id);
  await press(page, page.getByRole('button', { name: 'Continue' }), 'Enter');
  await expect(page.getByRole('alert')).toContainText('Say what “Of nobody else” is here');
  await inspector.look(page, 'services of a file, one not said');
  await press(page, page.getByRole('alert').getByRole('link'), 'Enter');
  await expect(page.getByLabel('Of nobody else', { exact: true })).toBeFocused();
  await page.keyboard.type('Leave it out');
  await press(page, page.getByRole('button', { name: 'Continue' }), 'Space');

  await expect(heading(page, 'Which teams are these?')).toBeFocused();
  await expect(page.getByLabel('Alone, Of nobody else', { exact: true })).toHaveCount(0);
  await expect(page.getByLabel('Team 1, Assessment', { exact: true })).toHaveText(/Team 1/);
  await press(page, page.getByRole('button', { name: 'Continue' }), 'Enter');

  await expect(heading(page, 'Which audit tools are these?')).toBeFocused();
  await expect(page.getByLabel('Own tool', { exact: true }).getByRole('option')).toHaveText([
    'Choose from the list',
    'Leave it out, with everything that names it',
  ]);
  await tabTo(page, page.getByLabel('Own tool', { exact: true }));
  await page.keyboard.type('Leave');
  await press(page, page.getByRole('button', { name: 'Continue' }), 'Enter');

  await expect(heading(page, 'Check what comes in')).toBeFocused();
  await expect(page.getByText('Nothing has been written yet.')).toBeVisible();
  expect(await linesOf(page, 'Comes in')).toEqual([['Audits', '3']]);
  expect(await linesOf(page, 'Does not come in')).toEqual([
    ['1 service', 'You left it out.'],
    ['1 team', 'You left it out.'],
    ['1 audit tool', 'You left it out.'],
    ['1 import', 'Its audit tool was left out, or is not known here.'],
    ['2 audits', 'Its audit tool was left out, or is not known here.'],
    ['1 audit', 'Its service was left out.'],
  ]);
  await inspector.look(page, 'check of what comes in');
  await press(page, page.getByRole('button', { name: 'Bring it in' }), 'Enter');

  await expect(heading(page, 'The file has been brought in')).toBeFocused();
  await inspector.look(page, 'a file brought in');
  await expectOnServer(page);
  await openMyAudits(page);
  await expect(auditRow(page, 'C-1')).toContainText('1 of 9 sections');

  await openThisLaptop(page);
  await expect(page.getByRole('heading', { name: 'Left out of a file' })).toBeVisible();
  await expect(page.getByText('of the other service')).toBeVisible();
  await inspector.look(page, 'this laptop with what was left out');
  await page.getByRole('button', { name: 'Remove from this laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from this laptop' }).click();
  await expect(page.getByRole('heading', { name: 'Left out of a file' })).toHaveCount(0);

  const lead = (await computer()).page();
  await join(lead, lee.link);
  await openPercentages(lead);
  await countWhat(lead, 'Section grades');
  await expect.poll(async () => (await readTable(lead)).at(-1)?.['Counted']).toBe('2');
  inspector.expectNothingWrong(6);
});

test('Another council’s file, and another person’s of this council, are refused before anything is asked', async ({
  authority,
  computer,
}) => {
  const alex = await authority.addPerson('Alex Auditor (made up)', [grant('auditor')]);
  const theirs = await aloneLaptop();
  const write = async (name: string, who: object): Promise<string> => {
    const path = joinPath(folder, name);
    const file = await fileOfAlone(theirs, { passphrase: filePassphrase, who: { ...whoBase, ...who } as never });
    writeFileSync(path, Buffer.from(await file.arrayBuffer()));
    return path;
  };
  const whoBase = {
    ...{ is: 'who', content: 1, home: 'server', authorityName: 'Elsewhere', name: 'Ola', email: 'o@example.test' },
    ...{ authority: theirs.authority, person: theirs.person, madeMs: 1_750_000_000_000 },
  };
  const page = (await computer()).page();
  await join(page, alex.link);
  await toBringIn(page);
  await openBackupFile(page, await write('council.plumbline', {}));
  await expect(page.getByRole('alert').first()).toContainText('belongs to another council’s server');
  await openBackupFile(page, await write('person.plumbline', { authority: authority.qaLead.session.authority }));
  await expect(page.getByRole('alert').first()).toContainText('holds somebody else’s work');
});
